package countinghouse.speed.dedup;

import countinghouse.metering.identity.Identity;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** A chunk of identities: their bytes, one after the other. */
final class IdentityChunk {
    /** 400 kB: well below the 1 MB that a broker takes in one request. */
    static final int MAX_IDENTITIES = 25_000;

    private IdentityChunk() {}

    static byte[] encode(List<Identity> identities) {
        ByteBuffer buffer = ByteBuffer.allocate(identities.size() * Identity.BYTES);
        for (Identity identity : identities) {
            buffer.putLong(identity.high()).putLong(identity.low());
        }
        return buffer.array();
    }

    static void decode(byte[] bytes, Consumer<Identity> identities) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            identities.accept(new Identity(buffer.getLong(), buffer.getLong()));
        }
    }
}
