package countinghouse.local.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.local.Platform;
import countinghouse.local.component.PostgresServer;
import countinghouse.local.testing.SharedPlatform;
import countinghouse.testing.command.CommandOutcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Servers that are there, with a database of other names, a topic and a schema missing, and a setting that somebody changed. */
class SetupCommandTest {
    private static final String DATABASE = "deployed";
    private static final String MISSING_TOPIC = "audit.roots";

    private final Platform platform = SharedPlatform.components();

    @Test
    void shouldDoWhatIsMissingOnceAndSayIt() throws Exception {
        spoil();

        CommandOutcome announced = run(settings("first"), "--dry-run");
        assertThat(announced.output())
                .contains(
                        "would create role deployed_api\n",
                        "would create database deployed, owned by deployed_owner\n",
                        "would migrate schema billing\n",
                        "would create topic audit.roots (1 partitions, 1 replicas)\n",
                        "would set retention.ms of topic events.custom to 604800000 (was 1000)\n",
                        "would register the schema of events.custom-value\n");
        CommandOutcome done = run(settings("first"));
        assertThat(done.status()).as(done.toString()).isZero();
        assertThat(done.output().replace("done: ", "would ").replace("made", "to make"))
                .isEqualTo(announced.output());
        assertThat(run(settings("first")).output()).isEqualTo("Nothing to do: everything is there\n");
        assertEachRoleHasItsOwnRightsOnly();

        assertThat(run(settings("second")).output())
                .contains("done: set the password of role deployed_owner\n")
                .contains("9 changes made");
        assertThat(run(settings("second"), "--dry-run").output()).startsWith("Nothing to do");
    }

    @Test
    void shouldRefuseAnotherNumberOfPartitions() {
        Map<String, String> values = new HashMap<>(settings("first"));
        values.put("kafka.partitions", "6");
        CommandOutcome refused = run(values, "--dry-run");
        assertThat(refused.status()).isEqualTo(ExitCode.DISAGREED.status());
        assertThat(refused.errors()).contains("topic events.view has 12 partitions, and the settings say 6");
    }

    @Test
    void shouldNameTheServerThatRefuses() {
        Map<String, String> values = new HashMap<>(settings("first"));
        values.put("setup.postgres.password", "wrong");
        CommandOutcome refused = run(values);
        assertThat(refused.status()).isEqualTo(ExitCode.BAD_INPUT.status());
        assertThat(refused.errors())
                .contains("PostgreSQL could not be set up as postgres at jdbc:postgresql:")
                .doesNotContain("wrong");
    }

    private void spoil() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", platform.kafka().bootstrapServers()))) {
            admin.deleteTopics(List.of(MISSING_TOPIC)).all().get(30, TimeUnit.SECONDS);
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "events.custom"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !admin.listTopics().names().get().contains(MISSING_TOPIC));
        }
        HttpResponse<String> deleted = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(platform.registry().url() + "/subjects/events.custom-value"))
                                .DELETE()
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(deleted.statusCode()).isEqualTo(200);
    }

    private void assertEachRoleHasItsOwnRightsOnly() throws SQLException {
        try (Connection api = connect(DatabaseRole.API);
                Statement statement = api.createStatement()) {
            assertThat(statement.executeQuery("SELECT 1 FROM published.pointer").next())
                    .isTrue();
            assertThatThrownBy(() -> statement.execute("DELETE FROM published.run"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1 FROM billing.account"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection batch = connect(DatabaseRole.BATCH);
                Statement statement = batch.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO published.run (run_id) VALUES ('rights')"))
                    .isEqualTo(1);
        }
        try (Connection backup = connect(DatabaseRole.BACKUP);
                Statement statement = backup.createStatement()) {
            statement.executeQuery("SELECT 1 FROM billing.ledger, access.api_key");
            assertThatThrownBy(() -> statement.execute("DELETE FROM published.run"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection iceberg = connect(DatabaseRole.ICEBERG);
                Statement statement = iceberg.createStatement()) {
            statement.execute("CREATE TABLE iceberg.rights (id int)");
        }
        try (Connection analyst = connect(DatabaseRole.ANALYST);
                Statement statement = analyst.createStatement()) {
            statement.executeQuery("SELECT 1 FROM analysis.generations, iceberg.rights");
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1 FROM billing.account"))
                    .hasMessageContaining("permission denied");
        }
    }

    private Connection connect(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(url(DATABASE), user(role), password(role, "first"));
    }

    private Map<String, String> settings(String passwords) {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap-servers", platform.kafka().bootstrapServers());
        values.put("kafka.partitions", "12");
        values.put("kafka.replication-factor", "1");
        values.put("kafka.min-insync-replicas", "1");
        values.put("registry.url", platform.registry().url().toString());
        values.put("setup.postgres.url", url(PostgresServer.SUPERUSER));
        values.put("setup.postgres.user", PostgresServer.SUPERUSER);
        values.put("setup.postgres.password", superuserPassword());
        for (DatabaseRole role : DatabaseRole.values()) {
            values.put(role.settings() + ".url", url(DATABASE));
            values.put(role.settings() + ".user", user(role));
            values.put(role.settings() + ".password", password(role, passwords));
        }
        return values;
    }

    private String superuserPassword() {
        return platform.postgres().superuserPassword();
    }

    private String url(String database) {
        return platform.postgres().url(database);
    }

    private static String user(DatabaseRole role) {
        return DATABASE + "_" + role.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** With the characters that a statement must quote. */
    private static String password(DatabaseRole role, String passwords) {
        return passwords + "'\"\\%s" + role.name();
    }

    private static CommandOutcome run(Map<String, String> settings, String... options) {
        return CommandOutcome.countinghouse(
                new SetupCommand(() -> Settings.of(settings)),
                Stream.concat(Stream.of("setup"), Stream.of(options)).toArray(String[]::new));
    }
}
