package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.local.demo.ApiClient;
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

    @Test
    @Order(2)
    void shouldNoticeAChangedTruthValue() throws IOException {
        try (Tampering.Undo changed = tampering().changeTruth()) {
            assertProveFindsOnly("truth_mismatches");
        }
    }

    @Test
    @Order(3)
    void shouldNoticeAChangedRedisRow() {
        try (Tampering.Undo changed = tampering().changeRedisRow()) {
            assertProveFindsOnly("reconcile_mismatches");
        }
    }

    @Test
    @Order(4)
    void shouldNoticeAChangedArchivedRow() throws IOException {
        try (Tampering.Undo changed = tampering().changeArchivedRow()) {
            assertProveFindsOnly("lines_failed");
        }
    }

    @Test
    @Order(5)
    void shouldNoticeAChangedInvoiceLine() {
        try (Tampering.Undo changed = tampering().changeInvoiceLine()) {
            assertProveFindsOnly("lines_failed");
        }
    }

    @Test
    @Order(6)
    void shouldProveEverythingAgainOnceItIsAllPutBack() {
        Countinghouse.Ended proven = countinghouse.run("prove");
        assertThat(proven.status()).as(proven.toString()).isZero();
    }

    @Test
    @Order(7)
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
    @Order(8)
    void shouldVerifyAnInvoiceInAnEmptyPlatformRestoredFromABackup() throws IOException {
        boolean withTrino = TrinoInstallation.missing().isEmpty();
        if (withTrino) {
            assertThat(countinghouse.run("sql", "SELECT 1").error()).contains("up --with trino");
        }
        invoice = InvoiceProof.ofAnInvoice(countinghouse);
        BigDecimal before = views(null);

        new RestoreDrill(countinghouse, folder)
                .run(withTrino ? new String[] {"up", "--with", "trino"} : new String[] {"up"});

        invoice.assertStillHolds();
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(views(null))
                .isEqualByComparingTo(before));
    }

    @Test
    @Order(9)
    void shouldRunTrinoOnTheDataOfThePlatform() {
        TrinoInstallation.require();
        analysts = Analysts.of(countinghouse);
        analysts.assertComponentRuns();
    }

    @TestFactory
    @Order(10)
    Stream<DynamicTest> shouldAnswerAnalystsAsApiAndPostgresqlDo() throws IOException {
        assumeTrue(analysts != null, "there is no Trino");
        return analysts.questions();
    }

    @Test
    @Order(11)
    void shouldWriteAnswersInEveryFormat() {
        assumeTrue(analysts != null, "there is no Trino");
        analysts.assertFormats();
    }

    @Test
    @Order(12)
    void shouldShowAnalystsNoPersonalDataAndLetThemWriteNothing() {
        assumeTrue(analysts != null, "there is no Trino");
        analysts.assertOnlyReads();
        analysts.assertNoPersonalData();
    }

    @Test
    @Order(13)
    void shouldCountARealAccessLogTheSameLiveMergedAndAfterTheBatchHoweverOftenItIsImported() {
        OptionalTool.require(
                Optional.of(ACCESS_LOG).filter(Files::exists), "the real access log is not at " + ACCESS_LOG);
        BigDecimal before = views(null);
        importLog();
        assertLogIsCounted(before);
        runBatch();
        assertLogIsCounted(before);
        importLog();
        assertLogIsCounted(before);
        runBatch();
        assertLogIsCounted(before);
        assertThat(total("excluded_views", "presentations")).isPositive();
        Countinghouse.Ended back = countinghouse.run("rollback");
        assertThat(back.status()).as(back.toString()).isZero();
        assertLogIsCounted(before);
    }

    @Test
    @Order(14)
    void shouldStillShowAnalystsTheFirstGenerationAfterLaterOnes() {
        assumeTrue(analysts != null, "there is no Trino");
        if (!Files.exists(ACCESS_LOG)) {
            assertThat(countinghouse
                            .run("send", "--source", "video", "--count", "50")
                            .status())
                    .isZero();
            runBatch();
        }
        analysts.assertTimeTravel();
    }

    @Test
    @Order(15)
    void shouldShowTheWayOfATracedEventFromTheDoorToRedisInOneTrace() throws Exception {
        TracedEvent event = new TracedEvent(
                api(), countinghouse.run("token", "--role", "admin").output().trim());
        event.send();
        event.read();
        event.requireWholeWay(receiver);
    }

    /** After later generations, a rollback, and a restore. */
    @Test
    @Order(16)
    void shouldStillVerifyTheInvoiceNowThatItIsOld() {
        assertThat(countinghouse.run("generations", "--json").json().size()).isGreaterThan(1);
        invoice.assertStillHolds();
    }

    @Test
    @Order(17)
    void shouldStopAScheduledNightBeforePublishWhenAGateFails() throws Exception {
        int generations = countinghouse.run("generations", "--json").json().size();

        DagRuns.on(countinghouse, Files.createDirectories(folder.resolve("airflow")))
                .assertNightStopsAtTheGate(LocalDate.now(ZoneOffset.UTC));

        assertThat(countinghouse.run("generations", "--json").json()).hasSize(generations);
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

    private void assertLogIsCounted(BigDecimal before) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(views(null).subtract(before)).isEqualByComparingTo("9519");
            assertThat(views("presentations")).isEqualByComparingTo("2224");
            assertThat(views("root")).isEqualByComparingTo("573");
        });
    }

    private BigDecimal views(String account) {
        return total("views", account);
    }

    private BigDecimal total(String meter, String account) {
        String token = countinghouse.run("token", "--role", "analyst").output().trim();
        String query = account == null ? "" : "?subject=" + account;
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode row : new ApiClient(api(), token)
                .get("/api/v1/meters/" + meter + "/query" + query)
                .get("data")) {
            total = total.add(row.get("value").decimalValue());
        }
        return total;
    }

    private URI api() {
        return URI.create(
                countinghouse.run("status", "--json").json().get("api").asText());
    }

    private void assertProveFindsOnly(String figure) {
        Path file = folder.resolve("proof.json");
        Countinghouse.Ended proven = countinghouse.run("prove", "--report", file.toString());
        assertThat(proven.status()).as(proven.toString()).isEqualTo(1);
        assertThat(proven.error()).contains("Not proven: " + figure);
    }

    private Tampering tampering() {
        return new Tampering(countinghouse.state());
    }

    private long number(String name) {
        return report.get(name).asLong();
    }
}
