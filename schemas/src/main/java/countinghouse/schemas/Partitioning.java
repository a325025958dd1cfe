package countinghouse.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * The fixed hash from account to partition. Partition counts never change (design.md, section 3), so every event of an
 * account, and every duplicate of it, is in one partition of its topic for ever.
 */
public final class Partitioning {
    private Partitioning() {}

    public static int partitionOf(String account, int partitions) {
        return partitionOf(account.getBytes(UTF_8), partitions);
    }

    /** The same for an account in UTF-8, as a record's key has it. */
    public static int partitionOf(byte[] account, int partitions) {
        return Utils.toPositive(Utils.murmur2(account)) % partitions;
    }
}
