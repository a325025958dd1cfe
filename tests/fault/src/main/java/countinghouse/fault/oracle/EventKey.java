package countinghouse.fault.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The oracle's own identity of an event: 16 bytes of SHA-256 over the length-prefixed texts topic, account, source and id. */
record EventKey(long high, long low) {
    String hex() {
        return "%016x%016x".formatted(high, low);
    }

    static EventKey of(RawEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : new String[] {event.topic(), event.account(), event.source(), event.id()}) {
                byte[] text = part.getBytes(UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
            return new EventKey(digest.getLong(), digest.getLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
