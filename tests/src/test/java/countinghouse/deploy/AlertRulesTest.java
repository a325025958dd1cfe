package countinghouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is demanded of every alert; whether it is raised when it should is promtool's to judge. */
class AlertRulesTest {
    static List<AlertRule> alerts() {
        return AlertRule.all();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldAskOnlyForSeriesAndLabelsThatOurCodeExposes(AlertRule alert) {
        PromExpression expression = new PromExpression(alert.expression());
        assertThat(expression.unknownTo(RegisteredMeters.exposed())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldNameARunbookThatKnowsTheAlert(AlertRule alert) {
        assertThat(Repository.ROOT.resolve(alert.runbook())).isRegularFile();
        assertThat(Repository.text(Repository.ROOT.resolve(alert.runbook()))).contains(alert.name());
        assertThat(alert.severity()).isIn("critical", "warning", "info");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldBeSeenRaisedByATest(AlertRule alert) {
        assertThat(Repository.below(Repository.ROOT.resolve("deploy/prometheus/tests"), ".test.yml"))
                .as("a test of promtool that expects %s", alert.name())
                .anyMatch(file ->
                        Repository.text(file).matches("(?s).*alertname: " + alert.name() + "\\s+exp_alerts:.*"));
    }

    @Test
    void shouldCallNoTwoAlertsTheSame() {
        assertThat(alerts()).extracting(AlertRule::name).doesNotHaveDuplicates();
    }
}
