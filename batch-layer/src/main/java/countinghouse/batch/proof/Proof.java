package countinghouse.batch.proof;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.List;

/**
 * The zero-loss proof.
 *
 * @param number of the proof, as {@code published.proof} keeps it
 * @param generation whose conservation was proved; null if nothing is published
 * @param partitions of every event topic
 */
public record Proof(long number, Long generation, List<PartitionProof> partitions) {
    private static final int FAULTS_TOLD = 10;

    public boolean holds() {
        return partitions.stream().allMatch(PartitionProof::holds);
    }

    /** Records in the archive. */
    public long records() {
        return partitions.stream().mapToLong(PartitionProof::nextOffset).sum();
    }

    /**
     * This proof, if it holds.
     *
     * @throws CommandFailure (a check disagreed) with the places where it does not
     */
    public Proof orFail() {
        if (holds()) {
            return this;
        }
        List<String> faults = partitions.stream()
                .flatMap(partition -> partition.faults().stream())
                .toList();
        throw new CommandFailure(
                ExitCode.DISAGREED,
                "The archive is not what was sent: %s%s. Restore the records, then prove again (published.proof number %d has every place)"
                        .formatted(
                                String.join("; ", faults.subList(0, Math.min(FAULTS_TOLD, faults.size()))),
                                faults.size() > FAULTS_TOLD
                                        ? "; and %d more".formatted(faults.size() - FAULTS_TOLD)
                                        : "",
                                number));
    }
}
