package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.plan.PlanChange;
import countinghouse.billing.plan.PlanFile;
import countinghouse.billing.plan.PlanLoadReport;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.plan.PlanYaml;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plans}: shows the price list, and loads new versions of it. */
@Command(
        name = "plans",
        description = "The price list.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "load|show")
public final class PlansCommand implements Subcommand {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: load or show");
    }

    @Command(
            description = "Load the new plan versions of a file; shows what changes, from when on, and for whom.",
            mixinStandardHelpOptions = true)
    void load(
            @Parameters(paramLabel = "FILE", description = "YAML, as docs/guides/plans.md describes it.") Path file,
            @Option(names = "--dry-run", description = "Show what would change, and write nothing.") boolean dryRun,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        BillingSession.run(billing -> {
            PlanFile plans = read(file, billing);
            PlanLoadReport report = dryRun
                    ? billing.planLoads().compare(plans)
                    : billing.planLoads().load(plans, BillingSession.actor());
            if (json) {
                Output.print(out(), true, report.toJson());
            } else {
                print(report, dryRun);
            }
        });
    }

    @Command(description = "Show the plan versions that are in force or will be.", mixinStandardHelpOptions = true)
    void show(@Option(names = "--json", description = "Print JSON, with all prices.") boolean json) {
        BillingSession.run(billing -> {
            List<PlanVersion> versions = billing.plans().versions();
            if (json) {
                out().println(Json.text(Map.of(
                        "data", versions.stream().map(PlanVersion::toJson).toList())));
            } else {
                out().printf("%-16s %-8s %-9s %-22s %s%n", "PLAN", "TIER", "CURRENCY", "EFFECTIVE FROM", "ITEMS");
                versions.forEach(version -> out().printf(
                                "%-16s %-8s %-9s %-22s %d%n",
                                version.reference(),
                                version.tier().map(Tier::label).orElse("-"),
                                version.currency().code(),
                                version.effectiveFrom(),
                                version.items().size()));
            }
            out().flush();
        });
    }

    private void print(PlanLoadReport report, boolean dryRun) {
        report.changes().forEach(this::print);
        report.unchanged().forEach(plan -> out().printf("= %s is loaded already%n", plan));
        report.kept().forEach(plan -> out().printf("= %s is not in the file and stays as it is%n", plan));
        out().println(
                        report.changes().isEmpty()
                                ? "Nothing to load"
                                : dryRun
                                        ? "Nothing was written (dry run)"
                                        : "Loaded as load " + report.load().orElseThrow());
        out().flush();
    }

    private void print(PlanChange change) {
        out().printf(
                        "+ %s prices what begins at %s or later%s%n",
                        change.plan(),
                        change.effectiveFrom(),
                        change.before().map(" and takes over from "::concat).orElse(""));
        change.changes().forEach(part -> {
            out().printf("    %s%n", part.part());
            part.before().ifPresent(text -> out().printf("      - %s%n", text));
            part.after().ifPresent(text -> out().printf("      + %s%n", text));
        });
        out().printf(
                        "    concerns %d accounts%s%n",
                        change.affected().count(),
                        change.affected().examples().isEmpty()
                                ? ""
                                : ": "
                                        + String.join(", ", change.affected().examples())
                                        + (change.affected().count()
                                                        > change.affected()
                                                                .examples()
                                                                .size()
                                                ? ", ..."
                                                : ""));
    }

    private static PlanFile read(Path file, Billing billing) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return PlanYaml.read(yaml, billing.meters());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot read the plans in %s: %s".formatted(file, e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
