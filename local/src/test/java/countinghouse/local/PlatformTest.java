package countinghouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import countinghouse.local.setup.DatabaseRole;
import countinghouse.local.status.ComponentStatus;
import countinghouse.local.status.PlatformStatus;
import countinghouse.local.testing.SharedPlatform;
import countinghouse.schemas.EventType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** It kills the components, so it comes after the tests of what uses them. */
@Order(Integer.MAX_VALUE)
class PlatformTest {
    private final Platform platform = SharedPlatform.components();

    @Test
    void shouldCreateEveryTopicOfTheCatalogue() throws Exception {
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .contains("events.view", "events.custom", "events.quarantine", "audit.roots");
            ConfigResource views = new ConfigResource(ConfigResource.Type.TOPIC, "events.view");
            var config = admin.describeConfigs(List.of(views))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .get(views);
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        }
    }

    @Test
    void shouldRegisterTheSchemasAndRefuseIncompatibleOnes() throws Exception {
        HttpResponse<String> subjects = get(platform.registry().url() + "/subjects");
        for (EventType type : EventType.values()) {
            assertThat(subjects.body()).contains(type.subject());
        }
        assertThat(get(platform.registry().url() + "/config").body()).contains("BACKWARD_TRANSITIVE");
    }

    @Test
    void shouldGiveEachRoleItsOwnRightsOnly() throws SQLException {
        try (Connection batch = connect(DatabaseRole.BATCH);
                Statement statement = batch.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO published.run (run_id) VALUES ('rights')"))
                    .isEqualTo(1);
        }
        try (Connection api = connect(DatabaseRole.API);
                Statement statement = api.createStatement()) {
            assertThat(statement.executeQuery("SELECT 1 FROM published.run").next())
                    .isTrue();
            assertThatThrownBy(() -> statement.execute("DELETE FROM published.run"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection iceberg = connect(DatabaseRole.ICEBERG);
                Statement statement = iceberg.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS iceberg.rights (id int)");
        }
    }

    @Test
    void shouldDescribeItselfInTheSettings() {
        assertThat(platform.settings().text("kafka.bootstrap-servers"))
                .isEqualTo(platform.kafka().bootstrapServers());
        assertThat(platform.settings().text("iceberg.warehouse"))
                .isEqualTo(platform.hdfs().uri() + "/warehouse");
        assertThat(platform.settings().duration("counting.bucket-width", Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldRunEachComponentInItsOwnProcessOnItsOwnPort() {
        List<ComponentStatus> components = platform.status().components();
        assertThat(components)
                .extracting(ComponentStatus::name)
                .containsExactlyInAnyOrder("kafka", "hdfs", "postgres", "registry", "redis");
        assertThat(new HashSet<>(components.stream().map(ComponentStatus::pid).toList()))
                .hasSize(5);
        assertThat(new HashSet<>(components.stream().map(ComponentStatus::port).toList()))
                .hasSize(5);
        assertThat(PlatformStatus.of(platform.state()).components()).isEqualTo(components);
    }

    @Test
    void shouldRefuseASecondPlatformInTheSameFolder() {
        PlatformOptions same = PlatformOptions.at(platform.state().root()).componentsOnly();
        assertThatThrownBy(() -> Platform.start(same))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("already runs")
                .hasMessageContaining("countinghouse down --state");
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenComponentsAreKilled() throws Exception {
        try (KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer());
                Connection batch = connect(DatabaseRole.BATCH);
                Statement statement = batch.createStatement()) {
            producer.send(new ProducerRecord<>("billing.alerts", "kept")).get(30, TimeUnit.SECONDS);
            statement.execute("INSERT INTO published.run (run_id) VALUES ('kept')");
        }
        try (RedisClient redis = redis()) {
            redis.set("kept", "yes");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> redis.info("persistence")
                    .contains("aof_pending_bio_fsync:0"));
        }
        int schemas = get(platform.registry().url() + "/subjects").body().length();

        for (String component : List.of("kafka", "postgres", "redis", "registry", "hdfs")) {
            platform.kill(component);
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            PlatformStatus.of(platform.state()).state())
                    .as("after the end of %s", component)
                    .isEqualTo(PlatformStatus.DEGRADED));
            platform.restart(component);
        }

        assertThat(PlatformStatus.of(platform.state()).state()).isEqualTo(PlatformStatus.RUNNING);
        try (RedisClient redis = redis();
                Connection batch = connect(DatabaseRole.BATCH);
                Statement statement = batch.createStatement()) {
            assertThat(redis.get("kept")).isEqualTo("yes");
            assertThat(statement
                            .executeQuery("SELECT 1 FROM published.run WHERE run_id = 'kept'")
                            .next())
                    .isTrue();
        }
        assertThat(get(platform.registry().url() + "/subjects").body()).hasSize(schemas);
        assertThat(endOfAlerts()).isEqualTo(1);
    }

    private long endOfAlerts() {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("billing.alerts", 0);
            return consumer.endOffsets(Set.of(partition), Duration.ofSeconds(30))
                    .get(partition);
        }
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", platform.kafka().bootstrapServers());
    }

    private Admin admin() {
        return Admin.create(client());
    }

    private RedisClient redis() {
        return RedisClient.create(platform.redis().url());
    }

    private Connection connect(DatabaseRole role) throws SQLException {
        return DriverManager.getConnection(platform.databaseUrl(), role.user(), platform.databasePassword(role));
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
