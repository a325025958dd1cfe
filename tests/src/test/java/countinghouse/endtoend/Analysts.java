package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.local.demo.ApiClient;
import countinghouse.local.setup.DatabaseRole;
import countinghouse.local.state.Secrets;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.ComponentStatus;
import countinghouse.local.status.PlatformStatus;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What analysts do with a platform that runs Trino, and what they must not be able to do. */
final class Analysts implements AutoCloseable {
    private static final String FIRST_VIEWS = """
            SELECT sum(c.value) FROM counts.rows FOR VERSION AS OF 'gen-1' c
            JOIN billing.analysis.generation_days d
              ON d.generation = 1 AND d.run_number = c.run_number AND d.ingest_day = c.ingest_day
            WHERE c.meter = 'views'""";
    private static final String SERVED_VIEWS =
            "SELECT sum(value) FROM billing.analysis.served_counts WHERE meter = 'views'";
    private static final String FIRST_RECORDS = "SELECT count(*) FROM raw.view FOR VERSION AS OF 'gen-1'";
    private static final String RECORDS = "SELECT count(*) FROM raw.view";

    private final Countinghouse countinghouse;
    private final TrinoSession trino;
    private final TrinoSession somebody;
    private final Database owner;
    private final Database analyst;
    private final AnalystAnswers answers;
    private final String viewsBefore;
    private final String recordsBefore;

    private Analysts(Countinghouse countinghouse, Settings settings, ApiClient api) {
        this.countinghouse = countinghouse;
        this.trino = new TrinoSession(settings);
        this.somebody = new TrinoSession(settings.with(Map.of("trino.user", "somebody")));
        this.owner = Database.open(DatabaseConfig.from(settings, "owner.postgres"));
        this.analyst = Database.open(new DatabaseConfig(
                settings.text("owner.postgres.url"),
                DatabaseRole.ANALYST.user(),
                new Secrets(StateDirectory.at(countinghouse.state())).secret(DatabaseRole.ANALYST.secretName()),
                1));
        this.answers = new AnalystAnswers(api, owner);
        this.viewsBefore = trino.value(SERVED_VIEWS);
        this.recordsBefore = trino.value(RECORDS);
    }

    static Analysts of(Countinghouse countinghouse) {
        URI api = URI.create(
                countinghouse.run("status", "--json").json().get("api").asText());
        String token = countinghouse.run("token", "--role", "analyst").output().strip();
        Settings settings =
                Settings.ofFile(StateDirectory.at(countinghouse.state()).configuration());
        return new Analysts(countinghouse, settings, new ApiClient(api, token));
    }

    void assertComponentRuns() {
        assertThat(PlatformStatus.of(StateDirectory.at(countinghouse.state())).components())
                .filteredOn(component -> component.name().equals("trino"))
                .extracting(ComponentStatus::state)
                .containsExactly(ComponentStatus.RUNNING);
    }

    Stream<DynamicTest> questions() throws IOException {
        List<AnalystQuestion> questions = AnalystQuestion.all();
        assertThat(questions)
                .extracting(AnalystQuestion::number)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        return questions.stream()
                .map(question -> dynamicTest(question.toString(), () -> {
                    TrinoSession.Answer answer = trino.ask(question.sql());
                    assertThat(answer.columns()).isEqualTo(question.columns());
                    answers.check(question.number(), answer.rows());
                }));
    }

    /** Also that what the command cannot do is said in one line, with an exit code. */
    void assertFormats() {
        String sql = "SELECT 'a,b' AS name, CAST('12345678901234567890.123456789' AS decimal(38, 9)) AS amount;";
        assertThat(countinghouse.run("sql", sql).output().lines())
                .containsExactly(
                        "name                          amount",
                        "----  ------------------------------",
                        "a,b   12345678901234567890.123456789");
        assertThat(countinghouse.run("sql", "--format", "csv", sql).output())
                .isEqualTo("name,amount\r\n\"a,b\",12345678901234567890.123456789\r\n");
        JsonNode json = countinghouse.run("sql", "--format", "json", sql).json();
        assertThat(json.get(0).get("amount").decimalValue()).isEqualByComparingTo("12345678901234567890.123456789");
        Countinghouse.Ended wrong = countinghouse.run("sql", "SELECT * FROM raw.nothing");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.error().lines()).singleElement().asString().contains("nothing");
    }

    void assertOnlyReads() {
        for (String sql : List.of(
                "INSERT INTO counts.rows SELECT * FROM counts.rows",
                "DELETE FROM counts.rows",
                "UPDATE raw.view SET account = 'mine'",
                "DROP TABLE counts.rows",
                "CREATE TABLE counts.mine (a integer)",
                "CREATE SCHEMA mine",
                "CREATE VIEW counts.mine AS SELECT 1 AS a",
                "ALTER TABLE counts.rows EXECUTE expire_snapshots",
                "ALTER TABLE counts.rows EXECUTE remove_orphan_files(retention_threshold => '7d')",
                "CALL system.rollback_to_snapshot('counts', 'rows', 1)",
                "DELETE FROM billing.analysis.accounts",
                "CREATE TABLE billing.analysis.mine (a integer)")) {
            assertThatThrownBy(() -> trino.ask(sql)).as(sql).hasMessageContaining("Access Denied");
        }
        assertThat(trino.value("SELECT count(*) FROM counts.rows")).isNotEqualTo("0");
        assertThatThrownBy(() -> somebody.ask("SELECT 1")).hasMessageContaining("Access Denied");
        asAnalystInPostgresql("SELECT * FROM analysis.accounts");
        assertThatThrownBy(() -> asAnalystInPostgresql("DELETE FROM analysis.accounts"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> asAnalystInPostgresql("CREATE TABLE iceberg.mine (a int)"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> asAnalystInPostgresql("UPDATE iceberg.iceberg_tables SET metadata_location = ''"))
                .hasMessageContaining("permission denied");
    }

    void assertNoPersonalData() {
        assertThat(trino.ask("SELECT * FROM raw.view").columns())
                .contains("video_id")
                .doesNotContain("user_id", "session_id", "user_agent", "raw_value");
        assertThat(trino.ask("SELECT * FROM raw.ticket").columns())
                .contains("ticket_id")
                .doesNotContain("user_id");
        assertThat(trino.ask("SELECT * FROM raw.custom").columns())
                .contains("type")
                .doesNotContain("data");
        Set<String> networks = Set.of("loopback", "private", "public", "datacentre", "unknown", "null");
        assertThat(trino.ask("SELECT DISTINCT client_network FROM raw.view").rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(networks).contains(row.get(0)));
        for (String sql : List.of(
                "SELECT user_id FROM raw.view",
                "SELECT count(DISTINCT user_id) FROM raw.ticket",
                "SELECT data FROM raw.custom",
                "EXPLAIN SELECT count(*) FROM raw.view WHERE user_id = 'somebody'",
                "SELECT * FROM raw.\"view$files\"",
                "SELECT * FROM raw.\"view$partitions\"",
                "SELECT * FROM billing.billing.account",
                "SELECT * FROM system.runtime.queries",
                "SELECT * FROM TABLE(billing.system.query(query => 'SELECT name FROM billing.account'))")) {
            assertThatThrownBy(() -> trino.ask(sql)).as(sql).hasMessageMatching("(?s).*(Access Denied|not allowed).*");
        }
        assertThat(trino.ask("SELECT * FROM billing.analysis.accounts").columns())
                .doesNotContain("name");
        assertThatThrownBy(() -> asAnalystInPostgresql("SELECT name FROM billing.account"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> asAnalystInPostgresql("SELECT * FROM access.api_key"))
                .hasMessageContaining("permission denied");
    }

    /** After the import of a log and further batch runs. */
    void assertTimeTravel() {
        assertThat(trino.value(FIRST_VIEWS)).isEqualTo(viewsBefore).isNotEqualTo(trino.value(SERVED_VIEWS));
        assertThat(trino.value(FIRST_RECORDS)).isEqualTo(recordsBefore).isNotEqualTo(trino.value(RECORDS));
        assertThat(trino.ask("SELECT tag FROM billing.analysis.generations ORDER BY number")
                        .rows())
                .startsWith(List.of("gen-1"), List.of("gen-2"));
    }

    private void asAnalystInPostgresql(String sql) {
        analyst.jdbi().useHandle(handle -> handle.execute(sql));
    }

    @Override
    public void close() {
        analyst.close();
        owner.close();
    }
}
