package countinghouse.ingestion.validity;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.ingestion.source.LabelledView;
import countinghouse.ingestion.source.TrafficClass;
import countinghouse.ingestion.source.TrafficMix;
import countinghouse.ingestion.validity.ValidityReport.ClassLine;
import countinghouse.kit.http.Json;
import countinghouse.metering.schedule.CountingSchedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidityTest {
    private static final long SEED = 20260;
    private static final int EVENTS = 30_000;

    @Test
    void shouldReachTheAimsOnTrafficThatNoThresholdWasChosenOn() {
        assertThat(Validity.SEEDS_OF_CHOICE).doesNotContain(SEED);

        ValidityReport report = Validity.report(SEED, EVENTS, TrafficMix.REPORTING, CountingSchedule.standard());

        assertThat(report.listedPrecision()).isGreaterThanOrEqualTo(new BigDecimal("0.999"));
        assertThat(report.listedRecall()).isGreaterThanOrEqualTo(new BigDecimal("0.99"));
        assertThat(report.sharedNetworkFalsePositives()).isLessThanOrEqualTo(new BigDecimal("0.001"));
        assertThat(report.accuracy()).isGreaterThanOrEqualTo(new BigDecimal("0.95"));
        assertThat(line(report, "duplicate-exact").billed())
                .isEqualTo(line(report, "duplicate-exact").billable());
        assertThat(line(report, "duplicate-retimed").billed())
                .isEqualTo(line(report, "duplicate-retimed").billable());
        BigDecimal money =
                report.classes().stream().map(ClassLine::billedMinusTrue).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(report.billedMinusTrue()).isEqualByComparingTo(money);
    }

    @Test
    void shouldFindLessWhenARuleIsSwitchedOff() {
        ValidityReport all = Validity.report(SEED, EVENTS, TrafficMix.REPORTING, CountingSchedule.standard());

        Map<String, String> classByRule = Map.of(
                "- { id: ua-list }", "declared-crawler",
                "- { id: ip-datacentre }", "datacentre-replay",
                "- { id: prefetch }", "prefetch",
                "- { id: self-view }", "self-view",
                "- { id: repeat, per: viewer-item, within: PT90S, atMost: 1 }", "rapid-refresh",
                "- { id: rate-day, per: viewer, within: PT24H, atMost: 250 }", "undeclared-crawler");
        classByRule.forEach(
                (rule, label) -> assertThat(line(without(rule), label).recall())
                        .as("recall of %s without %s", label, rule)
                        .isLessThan(line(all, label).recall()));
    }

    @Test
    void shouldPlantEveryClassAndTellNoneOfThemInTheEvents() {
        List<LabelledView> views = Validity.views(SEED, EVENTS, TrafficMix.REPORTING);

        assertThat(views.stream().map(LabelledView::label).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(TrafficClass.values());
        assertThat(views).isEqualTo(Validity.views(SEED, EVENTS, TrafficMix.REPORTING));
        // A prefetch says so itself: that is what its rule reads.
        assertThat(views.stream().filter(view -> view.label() != TrafficClass.PREFETCH))
                .noneMatch(view -> (Json.text(view.data()) + view.id() + view.source())
                        .toUpperCase(Locale.ROOT)
                        .contains(view.label().name()));
    }

    @Test
    void shouldPrintTheReportAndWriteTheLabelsBesideIt(@TempDir Path folder) throws IOException {
        Path labels = folder.resolve("labels.jsonl");
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new ValidityReportCommand()).setOut(new PrintWriter(out));

        assertThat(command.execute("--events", "2000", "--labels", labels.toString()))
                .isZero();
        assertThat(out.toString()).contains("shared-nat", "too-short", "listed invalid traffic", "seeds [1, 2, 3]");
        assertThat(Files.readAllLines(labels, StandardCharsets.UTF_8)).hasSizeGreaterThan(1_800);

        StringWriter json = new StringWriter();
        assertThat(new CommandLine(new ValidityReportCommand())
                        .setOut(new PrintWriter(json))
                        .execute("--events", "2000", "--seed", "5", "--json"))
                .isZero();
        assertThat(Json.mapper().readTree(json.toString()).get("seed").asLong()).isEqualTo(5);
    }

    private static ValidityReport without(String rule) {
        String rules = shipped("/rules/view-rules-v1.yaml");
        assertThat(rules).contains(rule);
        return Validity.report(
                SEED,
                EVENTS,
                TrafficMix.REPORTING,
                CountingSchedule.of(Map.of("rules/view-rules-v1.yaml", rules.replace(rule, ""))));
    }

    private static String shipped(String name) {
        try (InputStream text = CountingSchedule.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassLine line(ValidityReport report, String label) {
        return report.classes().stream()
                .filter(line -> line.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
