package countinghouse.billing.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.Registration;
import countinghouse.billing.api.AccountView;
import countinghouse.billing.forecast.LiveCounts;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accounts}: who is billed, by which tier, and what was agreed with them. */
@Command(
        name = "accounts",
        description = "Accounts, their tiers and what was agreed with them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|usage|set|override")
public final class AccountsCommand implements Subcommand {
    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show, usage, set or override");
    }

    @Command(description = "List the registered accounts.", mixinStandardHelpOptions = true)
    void list() {
        BillingSession.run(billing -> {
            out().printf("%-32s %-9s %-24s %s%n", "ACCOUNT", "TIER", "TIME ZONE", "NAME");
            List<Account> page = billing.accounts().page("", PAGE);
            while (!page.isEmpty()) {
                page.forEach(account -> out().printf(
                                "%-32s %-9s %-24s %s%n",
                                account.account(),
                                account.tierAt(Instant.now())
                                        .map(tier -> tier.tier().label())
                                        .orElse("-"),
                                account.zone(),
                                account.name()));
                page = billing.accounts().page(page.get(page.size() - 1).account(), PAGE);
            }
            out().flush();
        });
    }

    @Command(description = "Show an account with its tiers and overrides.", mixinStandardHelpOptions = true)
    void show(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        BillingSession.run(billing -> Output.print(out(), json, AccountView.of(billing.requireAccount(account))));
    }

    @Command(
            description = "Show usage so far, its forecast, warnings, and a better tier if there is one. Amounts are"
                    + " estimates.",
            mixinStandardHelpOptions = true)
    void usage(
            @Parameters(paramLabel = "ACCOUNT") String name,
            @Option(names = "--period", paramLabel = "PERIOD", description = "This month if absent.") String period,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Settings settings = Settings.ofProcess();
        BillingSession.run(billing -> {
            try (UsageForecasts forecasts = new UsageForecasts(billing, LiveCounts.find(settings))) {
                Account account = billing.requireAccount(name);
                BillingPeriod chosen = period == null
                        ? BillingPeriod.current(billing.clock(), account.zone())
                        : BillingPeriod.parse(period);
                Output.print(
                        out(),
                        json,
                        forecasts.report(account, chosen.in(account.zone())).toJson());
            }
        });
    }

    @Command(
            description = "Register an account, or change its tier from an instant on.",
            mixinStandardHelpOptions = true)
    void set(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Option(names = "--tier", required = true, description = "vip, premium, pro or free.") String tier,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "INSTANT",
                            description = "The tier holds from here.")
                    Instant from,
            @Option(names = "--zone", defaultValue = "UTC", description = "Billing time zone; UTC if absent.")
                    String zone,
            @Option(names = "--name", description = "For people; the account's id if absent.") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        BillingSession.run(billing -> Output.print(
                out(),
                json,
                AccountView.of(billing.accounts()
                        .register(
                                new Registration(
                                        account, name == null ? account : name, Tier.of(tier), from, ZoneId.of(zone)),
                                BillingSession.actor()))));
    }

    @Command(
            description = "Agree prices and limits with one account, from an instant on.",
            mixinStandardHelpOptions = true)
    void override(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Option(
                            names = "--terms",
                            required = true,
                            paramLabel = "FILE",
                            description = "YAML or JSON with items and limits; {} ends what was agreed before.")
                    Path terms,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "INSTANT",
                            description = "The terms hold from here.")
                    Instant from,
            @Option(names = "--reason", required = true, description = "Why, for the audit.") String reason,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        BillingSession.run(billing -> Output.print(
                out(),
                json,
                AccountView.of(billing.overrides().agree(account, from, read(terms), reason, BillingSession.actor()))));
    }

    private static JsonNode read(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot read the terms in %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
