package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.erasure.Erased;
import countinghouse.kit.command.CommandActor;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maintenance erase}. */
@Command(
        name = "erase",
        description =
                "Takes a person out of every archived view and ticket: another name stands there, the same in all of them, that nobody can compute. Counts, bills and proofs stay.",
        mixinStandardHelpOptions = true)
final class EraseCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @ArgGroup(multiplicity = "1")
    private PersonOption given;

    @Option(
            names = "--reference",
            paramLabel = "TEXT",
            description = "Of the request, for the audit ledger. It must not name the person.")
    private String reference;

    @Option(names = "--dry-run", description = "Only tell what there is.")
    private boolean dryRun;

    @Override
    public void run() {
        String person = given.value();
        if (!dryRun && (reference == null || reference.isBlank() || reference.contains(person))) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Give '--reference' the number of the request, which the audit ledger keeps; it must not name the person");
        }
        options.execute(session -> {
            Erased erased = dryRun
                    ? session.erasure().look(person)
                    : session.erasure().erase(person, reference, CommandActor.name());
            return new Result(line(erased), erased);
        });
    }

    private static String line(Erased erased) {
        String found = erased.number() != null
                ? "Erased from %,d records in %,d files (erasure %d)"
                        .formatted(erased.records(), erased.files(), erased.number())
                : "%,d records in %,d files are of the person".formatted(erased.records(), erased.files());
        return found
                + (erased.left() == 0 && erased.number() == null
                        ? ""
                        : "; files of before stay until 'maintenance expire' removes their snapshots");
    }
}
