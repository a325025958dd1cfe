package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.testing.tool.OptionalTool;
import countinghouse.testing.tracing.SpanReceiver;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** One demo, kept, and everything that must be true of it; then what must be found when somebody changes a number behind its back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(PlayedDayExtension.class)
class WholePathTest {
    private static final Path ACCESS_LOG =
            Path.of("").toAbsolutePath().getParent().resolveSibling("shared").resolve("data/access.log");

    private Path folder;
    private SpanReceiver receiver;
    private Countinghouse countinghouse;
    private Analysts analysts;
    private InvoiceProof invoice;
    private Countinghouse.Ended demo;
    private JsonNode report;

    @BeforeAll
    void lookAt(PlayedDay day) {
        folder = day.folder();
        countinghouse = day.countinghouse();
        demo = day.demo();
        report = day.report();
        receiver = day.receiver();
    }

    @AfterAll
    void stop() {
        if (analysts != null) {
            analysts.close();
        }
    }

    @Test
    @Order(1)
    void shouldProveEveryNumberOfASimulatedDay() {
        assertThat(demo.output()).contains("Everything agrees.");
        assertThat(number("events_sent")).isEqualTo(3000).isEqualTo(number("accepted") + number("quarantined"));
        assertThat(number("archived")).isEqualTo(number("accepted") + number("ads_exploded") + number("ticks"));
        assertThat(number("archived"))
                .isEqualTo(number("counted")
                        + number("unmetered")
                        + number("duplicates")
                        + number("invalid")
                        + number("ticks"));
        assertThat(report.get("total_during_publish_min")).isEqualTo(report.get("total_before_publish"));
        assertThat(report.get("total_during_publish_max")).isEqualTo(report.get("total_before_publish"));
        assertThat(report.get("total_after_publish")).isEqualTo(report.get("total_before_publish"));
        assertThat(number("reads_during_publish")).isGreaterThanOrEqualTo(20);
        assertThat(number("ticks"))
                .as("one for each of 12 partitions of 5 topics")
                .isEqualTo(60);
        assertThat(number("quarantined")).isPositive();
        assertThat(number("duplicates")).isPositive();
        assertThat(number("truth_rows_compared")).isPositive();
        assertThat(number("reconcile_rows")).isPositive();
        assertThat(number("lines_verified")).isPositive();
        assertThat(number("truth_mismatches") + number("reconcile_mismatches") + number("lines_failed"))
                .isZero();
        assertThat(report.get("audit_ok").asBoolean()).isTrue();
    }

    /** Each change is found by a figure of its own, and one proof takes long enough. */
    @Test
    @Order(2)
    void shouldNoticeAChangedTruthValueRedisRowAndArchivedRowByTheFigureOfEach() throws IOException {
        try (Tampering.Undo truth = tampering().changeTruth();
                Tampering.Undo row = tampering().changeRedisRow();
                Tampering.Undo record = tampering().changeArchivedRow()) {
            assertProveFindsOnly("reconcile_mismatches", "truth_mismatches", "lines_failed");
        }
    }

    @Test
    @Order(3)
    void shouldNoticeAChangedInvoiceLine() {
        try (Tampering.Undo changed = tampering().changeInvoiceLine()) {
            assertProveFindsOnly("lines_failed");
        }
    }

    @Test
    @Order(4)
    void shouldProveEverythingAgainOnceItIsAllPutBack() {
        Countinghouse.Ended proven = countinghouse.run("prove");
        assertThat(proven.status()).as(proven.toString()).isZero();
    }

    @Test
    @Order(5)
    void shouldVerifyTheLedgerAndListWhatWasMade() {
        assertThat(countinghouse.run("audit", "verify").status()).isZero();
        String root = countinghouse
                .run("audit", "root", "--publish", "--json")
                .json()
                .get("root")
                .asText();
        Countinghouse.Ended compared = countinghouse.run("audit", "verify", "--published", "--root", root);
        assertThat(compared.status()).as(compared.toString()).isZero();
        assertThat(countinghouse.run("generations", "--json").json()).hasSize(1);
        assertThat(countinghouse.run("invoices", "--json").status()).isZero();
        assertThat(countinghouse.run("status", "--json").json().get("state").asText())
                .isEqualTo("running");
    }

    /** Both need the platform to be started again, so that one start does for both. */
    @Test
    @Order(6)
    void shouldVerifyAnInvoiceInAnEmptyPlatformRestoredFromABackup() throws IOException {
        boolean withTrino = TrinoInstallation.missing().isEmpty();
        if (withTrino) {
            assertThat(countinghouse.run("sql", "SELECT 1").error()).contains("up --with trino");
        }
        invoice = InvoiceProof.ofAnInvoice(countinghouse);
        BigDecimal before = MeterTotals.of(countinghouse).of("views");

        new RestoreDrill(countinghouse, folder)
                .run(withTrino ? new String[] {"up", "--with", "trino"} : new String[] {"up"});

        invoice.assertStillHolds();
        MeterTotals restored = MeterTotals.of(countinghouse);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(restored.of("views"))
                .isEqualByComparingTo(before));
    }

    @Test
    @Order(7)
    void shouldRunTrinoOnTheDataOfThePlatform() {
        TrinoInstallation.require();
        analysts = Analysts.of(countinghouse);
        analysts.assertComponentRuns();
    }

    @TestFactory
    @Order(8)
    Stream<DynamicTest> shouldAnswerAnalystsAsApiAndPostgresqlDo() throws IOException {
        assumeTrue(analysts != null, "there is no Trino");
        return analysts.questions();
    }

    @Test
    @Order(9)
    void shouldWriteAnswersInEveryFormat() {
        assumeTrue(analysts != null, "there is no Trino");
        analysts.assertFormats();
    }

    @Test
    @Order(10)
    void shouldShowAnalystsNoPersonalDataAndLetThemWriteNothing() {
        assumeTrue(analysts != null, "there is no Trino");
        analysts.assertOnlyReads();
        analysts.assertNoPersonalData();
    }

    @Test
    @Order(11)
    void shouldCountARealAccessLogTheSameLiveMergedAndAfterTheBatchHoweverOftenItIsImported() {
        OptionalTool.require(
                Optional.of(ACCESS_LOG).filter(Files::exists), "the real access log is not at " + ACCESS_LOG);
        MeterTotals totals = MeterTotals.of(countinghouse);
        BigDecimal before = totals.of("views");
        importLog();
        assertLogIsCounted(totals, before);
        runBatch();
        assertLogIsCounted(totals, before);
        importLog();
        assertLogIsCounted(totals, before);
        Countinghouse.Ended back = countinghouse.run("rollback");
        assertThat(back.status()).as(back.toString()).isZero();
        assertLogIsCounted(totals, before);
        runBatch();
        assertLogIsCounted(totals, before);
        assertThat(totals.of("excluded_views", "presentations")).isPositive();
    }

    @Test
    @Order(12)
    void shouldStillShowAnalystsTheFirstGenerationAfterLaterOnes() {
        assumeTrue(analysts != null, "there is no Trino");
        requireALaterGeneration();
        analysts.assertTimeTravel();
    }

    @Test
    @Order(13)
    void shouldShowTheWayOfATracedEventFromTheDoorToRedisInOneTrace() throws Exception {
        TracedEvent event = new TracedEvent(
                api(), countinghouse.run("token", "--role", "admin").output().trim());
        event.send();
        event.read();
        event.requireWholeWay(receiver);
    }

    /** After later generations, and a restore; with the access log, after a rollback too. */
    @Test
    @Order(14)
    void shouldStillVerifyTheInvoiceNowThatItIsOld() {
        requireALaterGeneration();
        invoice.assertStillHolds();
    }

    @Test
    @Order(15)
    void shouldStopAScheduledNightBeforePublishWhenAGateFails() throws Exception {
        int generations = countinghouse.run("generations", "--json").json().size();

        DagRuns.on(countinghouse, Files.createDirectories(folder.resolve("airflow")))
                .assertNightStopsAtTheGate(LocalDate.now(ZoneOffset.UTC));

        assertThat(countinghouse.run("generations", "--json").json()).hasSize(generations);
    }

    /** Where there is no access log, nothing has been published since the demo. */
    private void requireALaterGeneration() {
        if (countinghouse.run("generations", "--json").json().size() == 1) {
            Countinghouse.Ended sent = countinghouse.run("send", "--source", "video", "--count", "50");
            assertThat(sent.status()).as(sent.toString()).isZero();
            runBatch();
        }
    }

    private void runBatch() {
        Countinghouse.Ended batch = countinghouse.run("batch", "run");
        assertThat(batch.status()).as(batch.toString()).isZero();
    }

    private void importLog() {
        Countinghouse.Ended imported =
                countinghouse.run("import", "--format", "combined", ACCESS_LOG.toString(), "--shift-to-now");
        assertThat(imported.status()).as(imported.toString()).isZero();
    }

    private static void assertLogIsCounted(MeterTotals totals, BigDecimal before) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(totals.of("views").subtract(before)).isEqualByComparingTo("9519");
            assertThat(totals.of("views", "presentations")).isEqualByComparingTo("2224");
            assertThat(totals.of("views", "root")).isEqualByComparingTo("573");
        });
    }

    private URI api() {
        return URI.create(
                countinghouse.run("status", "--json").json().get("api").asText());
    }

    private void assertProveFindsOnly(String... figures) {
        Countinghouse.Ended proven = countinghouse.run("prove");
        assertThat(proven.status()).as(proven.toString()).isEqualTo(1);
        assertThat(proven.error().strip().replaceAll(" is [1-9]\\d* instead of 0", ""))
                .endsWith("Not proven: " + String.join("; ", figures));
    }

    private Tampering tampering() {
        return new Tampering(countinghouse.state());
    }

    private long number(String name) {
        return report.get(name).asLong();
    }
}
