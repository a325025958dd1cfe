package countinghouse.speed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.speed.testing.CommittedCounts;
import countinghouse.speed.testing.EventFeed;
import countinghouse.speed.testing.SpeedMain;
import countinghouse.testing.broker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share the partitions; kill -9 of one moves its partitions to the other, which has a warm copy of their state. */
class TwoInstancesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @Test
    @EnabledIfSystemProperty(named = "countinghouse.full", matches = "true")
    void shouldMoveThePartitionsOfAKilledProcessAndStayExact() throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                Admin admin = broker.admin();
                EventFeed feed = new EventFeed(broker.bootstrapServers());
                CommittedCounts counts = new CommittedCounts(broker.bootstrapServers())) {
            Process first = start(broker, "one");
            Process second = start(broker, "two");
            try {
                feed.send(500);
                await().ignoreExceptions().atMost(PATIENCE).until(() -> bothHaveWork(admin));
                feed.send(2000);
                await().atMost(PATIENCE).until(counts::coversAllViews);
                assertThat(counts.views()).isEqualTo(feed.truth());

                feed.send(2000);
                first.destroyForcibly();
                assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
                feed.send(500);
                await().atMost(PATIENCE).until(counts::coversAllViews);
                assertThat(counts.views()).isEqualTo(feed.truth());

                assertThat(Files.readString(directory.resolve("two.log"))).contains("The standby copy of speed-");

                first = start(broker, "one");
                feed.send(500);
                await().atMost(PATIENCE).until(counts::coversAllViews);
                assertThat(counts.views()).isEqualTo(feed.truth());
            } finally {
                first.destroyForcibly();
                second.destroyForcibly();
            }
        }
    }

    private static boolean bothHaveWork(Admin admin) throws Exception {
        ConsumerGroupDescription group = admin.describeConsumerGroups(List.of("speed"))
                .describedGroups()
                .get("speed")
                .get(10, TimeUnit.SECONDS);
        Map<String, Integer> partitions = group.members().stream()
                .collect(Collectors.toMap(
                        member -> member.groupInstanceId().orElse(""),
                        member -> member.assignment().topicPartitions().size()));
        return group.groupState() == GroupState.STABLE
                && partitions.size() == 2
                && partitions.values().stream().allMatch(count -> count > 0);
    }

    private Process start(TestBroker broker, String instance) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", broker.bootstrapServers(),
                "counting.bucket-width", "PT2S",
                "counting.speed-horizon", "PT10M",
                "speed.commit-interval-ms", "50",
                "speed.transaction-timeout", "PT5S",
                "speed.session-timeout", "PT6S",
                "speed.standby-replicas", "1"));
        settings.put("speed.instance-id", instance);
        settings.put("speed.state-directory", directory.resolve(instance).toString());
        return SpeedMain.fork(settings, directory.resolve(instance + ".log"));
    }
}
