package countinghouse.batch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import com.amazon.deequ.repository.ResultKey;
import countinghouse.batch.run.Run;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map$;

/** Days compared with what the metrics repository, in a real PostgreSQL, remembers of the days before them. */
class DriftTest {
    private static final LocalDate FIRST = LocalDate.of(2030, 1, 1);
    private static final long USUAL = 5_000;

    private static EmbeddedPostgres postgres;
    private static Database database;
    private final QualityMetrics metrics = new QualityMetrics(database);
    private final Drift drift = new Drift(new DayHistory(metrics), new DriftBand(2, 10, 1_000, 3));

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        database = Database.open(
                new DatabaseConfig(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 2));
        Migrations.migrate(database.dataSource(), "db/published", "published", Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        postgres.close();
    }

    @BeforeEach
    void rememberFiveUsualDays() {
        database.jdbi().useHandle(handle -> handle.execute("TRUNCATE published.quality_metric"));
        for (int day = 0; day < 5; day++) {
            assertThat(judge(day, USUAL + day, false).failures()).isEmpty();
        }
    }

    @Test
    void shouldFailOnADayThatIsFarFromTheDaysBefore() {
        assertThat(judge(5, USUAL / 11, false).failures())
                .singleElement()
                .asString()
                .contains("views of 2030-01-06 drifts: 454 events, median 5002 of the 5 days before");
        assertThat(judge(5, 0, false).failures()).hasSize(1);
        assertThat(judge(5, USUAL * 11, false).failures()).hasSize(1);
    }

    @Test
    void shouldWarnOfADayThatIsOnlyUnusualAndPassAUsualOne() {
        GateVerdict unusual = judge(5, USUAL * 3, false);
        assertThat(unusual.failures()).isEmpty();
        assertThat(unusual.warnings()).singleElement().asString().contains("15000 events");
        assertThat(judge(5, USUAL * 3 / 2, false).warnings()).isEmpty();
    }

    @Test
    void shouldNotGiveInToADayThatFailsForLong() {
        for (int night = 0; night < 10; night++) {
            assertThat(judge(5, 0, false).failures()).hasSize(1);
        }
        GateVerdict accepted = judge(5, 0, true);
        assertThat(accepted.failures()).isEmpty();
        assertThat(accepted.warnings()).singleElement().asString().endsWith("accepted");
    }

    @Test
    void shouldSayNothingOfSmallNumbersOrOfTheFirstDays() {
        GateVerdict small = drift.judge("raw", List.of(new DayFigures(FIRST.plusDays(5), Map.of("jobs", 900L))), false);
        assertThat(small.failures()).isEmpty();
        assertThat(drift.judge(
                                "another gate",
                                List.of(
                                        new DayFigures(FIRST, Map.of("views", USUAL)),
                                        new DayFigures(FIRST.plusDays(1), Map.of("views", 0L))),
                                false)
                        .failures())
                .isEmpty();
    }

    @Test
    void shouldGiveBackWhatItKeeps() {
        ResultKey key = GateKey.of("raw", new Run(1, "run"), 1_000);
        assertThat(metrics.loadByKey(key).isEmpty()).isTrue();
        DayHistory history = new DayHistory(metrics);
        history.remember("kept", List.of(new DayFigures(FIRST, Map.of("views", 7L, "it's \"odd\"", 0L))));
        assertThat(history.before("kept", FIRST.plusDays(1), 7))
                .isEqualTo(Map.of(FIRST, Map.of("views", 7L, "it's \"odd\"", 0L)));
        assertThat(history.before("kept", FIRST, 7)).isEmpty();

        history.remember("kept", List.of(new DayFigures(FIRST.plusDays(1), Map.of("views", 8L))));
        long secondDayMs = FIRST.plusDays(1).toEpochDay() * 86_400_000L;
        scala.collection.immutable.Map<String, String> none = Map$.MODULE$.empty();
        MetricsRepositoryMultipleResultsLoader kept =
                metrics.load().withTagValues(none.$plus(new Tuple2<>("day of gate", "kept")));
        assertThat(kept.get().size()).isEqualTo(2);
        assertThat(kept.after(secondDayMs).get().size()).isEqualTo(1);
        assertThat(kept.before(secondDayMs - 1).get().size()).isEqualTo(1);
        Analyzer<?, Metric<?>> views =
                kept.get().head().analyzerContext().metricMap().keysIterator().next();
        assertThat(kept.forAnalyzers(
                                List$.MODULE$.<Analyzer<?, Metric<?>>>empty().$colon$colon(views))
                        .get()
                        .head()
                        .analyzerContext()
                        .metricMap()
                        .size())
                .isEqualTo(1);
    }

    private GateVerdict judge(int day, long views, boolean isAccepted) {
        return drift.judge("raw", List.of(new DayFigures(FIRST.plusDays(day), Map.of("views", views))), isAccepted);
    }
}
