package countinghouse.ingestion.collector;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.Settings;
import countinghouse.testing.broker.TestBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    private static final int TOPICS = 8;
    private static final int PARTITIONS = 12;
    private static final int APPENDS = 40;

    @Test
    void shouldAppendToTopicsThatWereMadeAMomentAgo(@TempDir Path folder) throws Exception {
        try (TestBroker broker = TestBroker.start(folder);
                Admin admin = broker.admin();
                EventLog log = new EventLog(CollectorConfig.from(Settings.of(Map.of(
                        "kafka.bootstrap-servers", broker.bootstrapServers(), "registry.url", "http://127.0.0.1"))))) {
            List<CompletableFuture<Void>> appended = new ArrayList<>();
            for (int topic = 0; topic < TOPICS; topic++) {
                String name = "new-" + topic;
                admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
                for (int append = 0; append < APPENDS; append++) {
                    appended.add(log.append(IntStream.range(0, PARTITIONS)
                            .mapToObj(partition ->
                                    new ProducerRecord<byte[], byte[]>(name, partition, null, new byte[2_000]))
                            .toList()));
                }
            }

            CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(log.isInTrouble()).isFalse();
            assertThat(log.trouble()).isEmpty();
        }
    }
}
