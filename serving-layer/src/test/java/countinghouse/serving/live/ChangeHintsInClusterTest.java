package countinghouse.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.RedisAddress;
import countinghouse.schemas.RedisKeys;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.redis.TestRedisCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeHintsInClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void shouldHearWhatIsPublishedAtAnyMaster(@TempDir Path directory) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (TestRedisCluster cluster = TestRedisCluster.start(directory);
                ChangeHints hints = new ChangeHints(new RedisAddress(cluster.url()))) {
            hints.add((account, meter) -> heard.add(account + "/" + meter));
            hints.connect();

            for (TestRedis master : cluster.masters()) {
                master.ask(redis -> redis.publish(RedisKeys.LIVE_CHANNEL, "an account " + master.port()));
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard)
                    .containsExactlyInAnyOrderElementsOf(cluster.masters().stream()
                            .map(master -> "an account/" + master.port())
                            .toList()));
        }
    }
}
