package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.ledger.LedgerExport;
import countinghouse.billing.ledger.LedgerHead;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.ledger.NotedRoot;
import countinghouse.billing.ledger.RootTopic;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: checks and exports the ledger of everything that billing did, and notes its root elsewhere. */
@Command(
        name = "audit",
        description = "The audit ledger.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "verify|export|root")
public final class AuditCommand implements Subcommand {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: verify, export or root");
    }

    @Command(description = "Check the chain of entries; names the first broken one.", mixinStandardHelpOptions = true)
    void verify(
            @Option(
                            names = "--root",
                            paramLabel = "HEX",
                            description = "A root noted earlier, e.g. on an invoice, that must be in the chain.")
                    List<String> roots,
            @Option(names = "--export", paramLabel = "FILE", description = "Check this export, without the database.")
                    Path export,
            @Option(names = "--published", description = "Compare with every root on the topic audit.roots too.")
                    boolean published,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        List<NotedRoot> noted = new ArrayList<>();
        if (roots != null) {
            roots.forEach(root -> noted.add(NotedRoot.of(root)));
        }
        if (export == null) {
            BillingSession.run(billing -> {
                addPublished(noted, published);
                report(billing.ledgerVerifier().verify(noted), noted.size(), json);
            });
        } else {
            BillingSession.explain(() -> {
                addPublished(noted, published);
                report(offline(export, noted), noted.size(), json);
            });
        }
    }

    @Command(
            description = "Write the whole ledger to a file that 'audit verify --export' checks anywhere.",
            mixinStandardHelpOptions = true)
    void export(
            @Parameters(paramLabel = "FILE", description = "Where to; replaced if it exists.") Path file,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        BillingSession.run(billing -> {
            billing.generationRecords().record();
            print(json, Map.of("file", file.toString()), export(billing, file));
        });
    }

    @Command(
            description = "Print the root of the ledger; note it where the database's owner cannot change it.",
            mixinStandardHelpOptions = true)
    void root(
            @Option(names = "--publish", description = "Publish it to the topic audit.roots.") boolean publish,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        BillingSession.run(billing -> {
            billing.generationRecords().record();
            LedgerHead head = billing.ledgerReader().head();
            if (publish) {
                topic().publish(head);
            }
            print(json, Map.of("published", publish), head);
        });
    }

    private static void addPublished(List<NotedRoot> noted, boolean published) {
        if (published) {
            noted.addAll(topic().published());
        }
    }

    private static RootTopic topic() {
        return new RootTopic(Settings.ofProcess().text("kafka.bootstrap-servers"), Clock.systemUTC());
    }

    private static LedgerHead export(Billing billing, Path file) {
        try {
            return billing.exportLedger(file);
        } catch (UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private static LedgerVerdict offline(Path export, List<NotedRoot> noted) {
        try {
            return LedgerExport.verify(export, noted);
        } catch (UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private static CommandFailure unusable(UncheckedIOException e) {
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "%s: %s".formatted(e.getMessage(), e.getCause().getMessage()),
                e);
    }

    private void print(boolean json, Map<String, ?> first, LedgerHead head) {
        Map<String, Object> result = new LinkedHashMap<>(first);
        result.put("entries", head.number());
        result.put("root", head.root());
        Output.print(spec.commandLine().getOut(), json, result);
    }

    private void report(LedgerVerdict verdict, int noted, boolean json) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ok", verdict.ok());
        result.put("entries", verdict.entries());
        result.put("root", verdict.root());
        result.put("rootsCompared", noted);
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
    }
}
