package countinghouse.billing.command;

import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit}: checks the ledger of everything that billing did. */
@Command(
        name = "audit",
        description = "The audit ledger.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "verify")
public final class AuditCommand implements Subcommand {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: verify");
    }

    @Command(description = "Check the chain of entries; names the first broken one.", mixinStandardHelpOptions = true)
    void verify(
            @Option(
                            names = "--root",
                            paramLabel = "HEX",
                            description = "A hash noted earlier that must be in the chain.")
                    String root,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        BillingSession.run(billing -> {
            LedgerVerdict verdict = billing.ledgerVerifier().verify(Optional.ofNullable(root));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("ok", verdict.ok());
            result.put("entries", verdict.entries());
            result.put("root", verdict.root());
            verdict.firstBroken().ifPresent(number -> result.put("firstBroken", number));
            verdict.problem().ifPresent(problem -> result.put("problem", problem));
            Output.print(spec.commandLine().getOut(), json, result);
            if (!verdict.ok()) {
                throw new CommandFailure(
                        ExitCode.DISAGREED,
                        "The ledger is broken at entry %d: %s"
                                .formatted(
                                        verdict.firstBroken().orElseThrow(),
                                        verdict.problem().orElseThrow()));
            }
        });
    }
}
