package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.proof.Proof;
import countinghouse.batch.proof.ProofTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batch prove}. */
@Command(
        name = "prove",
        description = {
            "Reads the position of every archived record and proves that none is missing and none is there twice, that the"
                    + " log does not begin beyond the archive's end, and that the served generation accounts for every"
                    + " closed record. Shows a line per partition.",
            "Exits 1 and names the places if the proof does not hold."
        },
        mixinStandardHelpOptions = true)
final class ProveCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Override
    public void run() {
        options.execute(session -> {
            Proof proof = session.proof().prove();
            ProofTable.lines(proof).forEach(options::progress);
            proof.orFail();
            return new Result(
                    "All %,d archived records are there once%s (proof %d)"
                            .formatted(
                                    proof.records(),
                                    proof.generation() == null
                                            ? "; nothing is published yet"
                                            : ", and generation %d accounts for every closed one"
                                                    .formatted(proof.generation()),
                                    proof.number()),
                    proof);
        });
    }
}
