package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** Text of bytes that must be UTF-8; nothing is replaced. */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Whether the bytes are UTF-8; quick for those that are. */
    static boolean isValid(byte[] bytes) {
        // Decoding with replacement is intrinsic; only a text with a replacement character needs a closer look.
        return new String(bytes, UTF_8).indexOf(REPLACEMENT) < 0
                || decode(bytes).isPresent();
    }

    /** The text; empty if the bytes are none. */
    static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
