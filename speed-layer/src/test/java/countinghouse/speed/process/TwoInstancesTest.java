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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes share the partitions; whoever is killed, and whenever, the others take its partitions over and counts stay exact. */
class TwoInstancesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final boolean FULL = Boolean.getBoolean("countinghouse.full");
    private static final Pattern PROMOTED =
            Pattern.compile("The standby copy of (\\S+) holds (\\d+) of (\\d+): PROMOTED");
    private static final Pattern RESTORED = Pattern.compile("Restored (\\d+) entries of (\\S+) in");

    @TempDir
    Path directory;

    private final Map<String, Process> processes = new HashMap<>();
    private TestBroker broker;
    private Admin admin;
    private EventFeed feed;
    private CommittedCounts counts;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start(directory.resolve("kafka"));
        admin = broker.admin();
        feed = new EventFeed(broker.bootstrapServers());
        counts = new CommittedCounts(broker.bootstrapServers());
    }

    @AfterEach
    void stopAll() {
        processes.values().forEach(Process::destroyForcibly);
        counts.close();
        feed.close();
        admin.close();
        broker.close();
    }

    @Test
    void shouldMoveThePartitionsOfAKilledProcessToItsWarmCopyAndStayExact() throws Exception {
        start("one", 1);
        start("two", 1);
        feed.send(500);
        awaitWorkFor(Set.of("one", "two"));
        feed.send(2000);
        awaitExact();

        long maximumMs = System.currentTimeMillis() + Duration.ofMinutes(5).toMillis();
        feed.appendEverywhereAt(maximumMs);
        feed.send(2000);
        kill("one");
        feed.send(500);
        awaitExact();
        assertThatTheCopyWasWarm("two");
        // The clock of the broker was ahead for a moment, before the partitions moved.
        assertThat(counts.progress()).hasSize(TestBroker.PARTITIONS).allSatisfy((partition, progress) -> assertThat(
                        progress.runningMaximumMs())
                .isEqualTo(maximumMs));

        start("one", 1);
        feed.send(500);
        awaitExact();
    }

    @Test
    void shouldStayExactWhenAProcessIsKilledInTheMiddleOfARebalance() throws Exception {
        start("one", 0);
        start("two", 0);
        feed.send(500);
        awaitWorkFor(Set.of("one", "two"));
        int rounds = FULL ? 6 : 1;
        for (int round = 0; round < rounds; round++) {
            String joining = "three-" + round;
            feed.send(1000);
            start(joining, 0);
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> group().groupState() != GroupState.STABLE);
            // The one that has partitions to give away, and the one that was about to get them.
            String victim = round % 2 == 0 ? "one" : joining;
            kill(victim);
            feed.send(500);
            awaitExact();
            kill(joining);
            start("one", 0);
        }
        feed.send(500);
        awaitExact();
    }

    private void awaitExact() {
        await().atMost(PATIENCE).until(counts::coversAllViews);
        assertThat(counts.views()).isEqualTo(feed.truth());
    }

    /** The copy had nearly everything when its process took over, so nearly nothing was left to restore. */
    private void assertThatTheCopyWasWarm(String instance) throws Exception {
        String log = Files.readString(directory.resolve(instance + ".log"));
        List<MatchResult> promoted = PROMOTED.matcher(log).results().toList();
        assertThat(promoted).isNotEmpty();
        String afterwards = log.substring(promoted.get(0).start());
        Map<String, Long> restored = RESTORED.matcher(afterwards)
                .results()
                .collect(Collectors.toMap(match -> match.group(2), match -> Long.valueOf(match.group(1)), Long::sum));
        long held = promoted.stream()
                .mapToLong(match -> Long.parseLong(match.group(2)))
                .sum();
        assertThat(held).isGreaterThan(100);
        assertThat(restored.values().stream().mapToLong(Long::longValue).sum()).isLessThan(held / 2);
    }

    private void awaitWorkFor(Set<String> instances) {
        await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            ConsumerGroupDescription group = group();
            return group.groupState() == GroupState.STABLE
                    && group.members().stream()
                            .filter(member ->
                                    !member.assignment().topicPartitions().isEmpty())
                            .map(member -> instanceOf(member.groupInstanceId().orElse("")))
                            .collect(Collectors.toSet())
                            .equals(instances);
        });
    }

    /** Streams adds the number of its thread. */
    private static String instanceOf(String memberId) {
        return memberId.replaceFirst("-\\d+$", "");
    }

    private ConsumerGroupDescription group() throws Exception {
        return admin.describeConsumerGroups(List.of("speed"))
                .describedGroups()
                .get("speed")
                .get(10, TimeUnit.SECONDS);
    }

    private void kill(String instance) throws Exception {
        Process process = processes.remove(instance);
        if (process != null) {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void start(String instance, int standbyReplicas) throws Exception {
        if (processes.containsKey(instance)) {
            return;
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", broker.bootstrapServers(),
                "counting.bucket-width", "PT2S",
                "counting.speed-horizon", "PT10M",
                "speed.commit-interval-ms", "50",
                "speed.transaction-timeout", "PT3S",
                "speed.session-timeout", "PT3S",
                "speed.standby-replicas", Integer.toString(standbyReplicas)));
        settings.put("speed.instance-id", instance);
        settings.put("speed.state-directory", directory.resolve(instance).toString());
        processes.put(instance, SpeedMain.fork(settings, directory.resolve(instance + ".log")));
    }
}
