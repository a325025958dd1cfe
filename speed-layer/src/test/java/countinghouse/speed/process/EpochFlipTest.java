package countinghouse.speed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowText;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.epoch.ArchivedEnds;
import countinghouse.speed.projector.Projector;
import countinghouse.speed.projector.ProjectorConfig;
import countinghouse.speed.testing.EventFeed;
import countinghouse.speed.topology.MeteredAmounts;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The state is lost; readers stay with the old epoch's rows until the new epoch has all of them. */
class EpochFlipTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @Test
    void shouldTurnReadersToTheNewEpochOnlyWhenItHasCaughtUp() throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                TestRedis redis = TestRedis.start();
                Admin admin = broker.admin();
                EventFeed feed = new EventFeed(broker.bootstrapServers());
                Projector projector = projector(broker, redis);
                Jedis reader = redis.connect()) {
            try (SpeedApplication application = application(broker)) {
                feed.send(2000);
                await().atMost(PATIENCE).until(() -> views(reader, 1) == total(feed));
                assertThat(reader.get(RedisKeys.EPOCH)).isEqualTo("1");
                assertThat(application.problem()).isEmpty();
            }
            admin.deleteTopics(List.of(Topics.speedIds(1))).all().get(30, TimeUnit.SECONDS);
            // A broker that has not heard of it yet would still show the state as whole.
            await().atMost(PATIENCE).until(() -> !admin.listTopics()
                    .names()
                    .get(30, TimeUnit.SECONDS)
                    .contains(Topics.speedIds(1)));
            long before = total(feed);
            try (SpeedApplication application = application(broker)) {
                await().atMost(PATIENCE).until(() -> reader.get(RedisKeys.EPOCH).equals("2"));
                assertThat(views(reader, 2)).isGreaterThanOrEqualTo(before);
                feed.send(200);
                await().atMost(PATIENCE).until(() -> views(reader, 2) == total(feed));
                await().atMost(PATIENCE).until(() -> projector.problem().isEmpty());
                assertThat(application.problem()).isEmpty();
            }
        }
    }

    private static long total(EventFeed feed) {
        return feed.truth().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long views(Jedis reader, long epoch) {
        return reader.smembers(RedisKeys.accounts(epoch)).stream()
                .flatMap(account -> reader.hvals(RedisKeys.rows(account, "views", epoch)).stream())
                .mapToLong(text -> RowText.parseValue(text).n())
                .sum();
    }

    private static Projector projector(TestBroker broker, TestRedis redis) {
        ProjectorConfig config = ProjectorConfig.from(Settings.of(Map.of(
                "kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "redis.url",
                redis.url().toString())));
        return Projector.start(config, MeterCatalog.standard(), new SimpleMeterRegistry(), Tracing.off());
    }

    private SpeedApplication application(TestBroker broker) {
        SpeedConfig config = SpeedConfig.from(Settings.of(Map.of(
                "speed.commit-interval-ms", "50",
                "speed.transaction-timeout", "PT5S",
                "speed.state-directory", directory.resolve("streams").toString())));
        return SpeedApplication.start(
                broker.bootstrapServers(),
                config,
                new CountingConfig(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(2)),
                CountingSchedule.standard(),
                new FixedSchemas(),
                ArchivedEnds.none(),
                new SimpleMeterRegistry(),
                MeteredAmounts.untold(),
                Tracing.off());
    }
}
