package countinghouse.batch.proof;

import countinghouse.batch.recompute.Conservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A proof as a table for people: a line per partition that has records. */
public final class ProofTable {
    private static final String LINE = "%-18s %9s %9s %9s %9s %9s %9s %9s %9s %6s %7s  %s";

    private ProofTable() {}

    /** The lines of the table. */
    public static List<String> lines(Proof proof) {
        List<String> lines = new ArrayList<>();
        lines.add(LINE.formatted(
                "partition",
                "offsets",
                "log from",
                "open",
                "closed",
                "counted",
                "unmetered",
                "duplicate",
                "invalid",
                "undec.",
                "ticks",
                "verdict"));
        proof.partitions().stream()
                .filter(partition -> partition.nextOffset() > 0 || !partition.holds())
                .map(ProofTable::line)
                .forEach(lines::add);
        return lines;
    }

    private static String line(PartitionProof proof) {
        Conservation closed = proof.conservation() == null
                ? Conservation.none(proof.topic(), proof.partition())
                : proof.conservation();
        return String.format(
                Locale.ROOT,
                LINE,
                proof.topic() + "-" + proof.partition(),
                "0.." + proof.nextOffset(),
                proof.logStart(),
                proof.open(),
                closed.archived(),
                closed.counted(),
                closed.unmetered(),
                closed.duplicates(),
                closed.invalidTotal(),
                closed.undecodable(),
                closed.ticks(),
                proof.holds() ? "holds" : String.join("; ", proof.faults()));
    }
}
