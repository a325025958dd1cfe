package countinghouse.billing.command;

import countinghouse.billing.alert.AlertConfig;
import countinghouse.billing.alert.AlertService;
import countinghouse.billing.alert.Alerts;
import countinghouse.billing.api.AlertView;
import countinghouse.billing.forecast.LiveCounts;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts}: what was raised, what could not be delivered, and trying that again. */
@Command(
        name = "alerts",
        description = "Alerts and their deliveries.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|run|replay")
public final class AlertsCommand implements Subcommand {
    private static final int PAGE = 100;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, run or replay");
    }

    @Command(description = "List alerts, one JSON object per line.", mixinStandardHelpOptions = true)
    void list(@Option(names = "--dead", description = "Only those with a delivery that was given up.") boolean dead) {
        BillingSession.run(billing -> {
            Alerts alerts = new Alerts(billing.jdbi(), billing.clock());
            List<Alerts.AlertState> page = alerts.page(dead, Optional.empty(), "", PAGE);
            while (!page.isEmpty()) {
                page.forEach(state -> out().println(Json.text(AlertView.of(state))));
                page = alerts.page(
                        dead,
                        Optional.empty(),
                        page.get(page.size() - 1).alert().id(),
                        PAGE);
            }
            out().flush();
        });
    }

    @Command(
            name = "run",
            description = "Look at every account once, and deliver what is due.",
            mixinStandardHelpOptions = true)
    void runOnce(@Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        Settings settings = Settings.ofProcess();
        BillingSession.run(billing -> {
            try (UsageForecasts usage = new UsageForecasts(billing, LiveCounts.find(settings));
                    AlertService service = new AlertService(billing, usage, AlertConfig.from(settings))) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("raised", service.look());
                result.put("delivered", service.deliver());
                Output.print(out(), json, result);
            }
        });
    }

    @Command(
            description = "Try deliveries again that were given up: of one alert, or of all.",
            mixinStandardHelpOptions = true)
    void replay(
            @Parameters(paramLabel = "ID", arity = "0..1", description = "Of this alert; of all if absent.") String id,
            @Option(names = "--json", description = "Print the result as JSON.") boolean json) {
        BillingSession.run(billing -> Output.print(
                out(),
                json,
                Map.of(
                        "replayed",
                        new Alerts(billing.jdbi(), billing.clock())
                                .replay(Optional.ofNullable(id), BillingSession.actor()))));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
