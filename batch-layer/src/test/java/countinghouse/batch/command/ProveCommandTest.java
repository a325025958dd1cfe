package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.testing.ArchiveVandal;
import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.TestBatch;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.testing.broker.TestBrokerProcess;
import countinghouse.testing.command.CommandOutcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The zero-loss proof on a real broker, Iceberg catalog, PostgreSQL and Spark, with what it must find really done to them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProveCommandTest {
    private static final int EVENTS = 20;

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static TestBatch batch;
    private static int partition;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        batch = new TestBatch(platform);
        partition = Partitioning.partitionOf(EventFeed.ACCOUNT, TestBrokerProcess.PARTITIONS);
        batch.send(EVENTS);
        batch.publish("first");
        batch.send(EVENTS);
        batch.seal("second");
        assertThat(Batch.run("archive", "--run-id", "second").status()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        batch.close();
        platform.close();
    }

    @Test
    @Order(1)
    void shouldAccountForEveryRecordOnce() throws Exception {
        CommandOutcome proof = Batch.run("prove", "--json");

        assertThat(proof.status()).as(proof.errors()).isZero();
        assertThat(proof.errors()).contains("events.view-" + partition).contains("holds");
        assertThat(proof.json().at("/partitions")).isNotEmpty().allSatisfy(part -> {
            long closed = part.at("/conservation/archived").asLong();
            assertThat(part.get("nextOffset").asLong())
                    .isEqualTo(closed + part.get("open").asLong())
                    .isEqualTo(part.get("logEnd").asLong());
        });
        assertThat(platform.text("SELECT bool_and(holds) || ' ' || count(*) FROM published.proof WHERE number = "
                        + proof.json().get("number")))
                .isEqualTo("true " + EventType.values().length * TestBrokerProcess.PARTITIONS);
    }

    @Test
    @Order(2)
    void shouldNameTheRecordThatWasDeleted() {
        try (ArchiveVandal vandal = ArchiveVandal.leave(0, EventType.VIEW, partition, 3)) {
            assertThat(vandal).isNotNull();
            CommandOutcome proof = Batch.run("prove");

            assertThat(proof.status()).isEqualTo(1);
            assertThat(proof.errors())
                    .contains("events.view-%d: the record at offset 3 is missing".formatted(partition))
                    .contains("in closed buckets");
        }
        assertThat(Batch.run("prove").status()).isZero();
    }

    @Test
    @Order(3)
    void shouldNameTheRecordThatIsThereTwice() {
        try (ArchiveVandal vandal = ArchiveVandal.leave(2, EventType.TICKET, partition, 5)) {
            assertThat(vandal).isNotNull();
            CommandOutcome proof = Batch.run("prove");

            assertThat(proof.status()).isEqualTo(1);
            assertThat(proof.errors())
                    .contains("events.ticket-%d: the record at offset 5 is there twice".formatted(partition));
            assertThat(platform.text(
                            "SELECT count(*) FROM published.proof WHERE NOT holds AND topic = 'events.ticket'"))
                    .isEqualTo("1");
        }
        assertThat(Batch.run("prove").status()).isZero();
    }

    @Test
    @Order(4)
    void shouldNameTheRecordsThatRetentionTookBeforeTheyWereArchived() throws Exception {
        long archived = Long.parseLong(platform.text(
                "SELECT state -> 'archive' -> 'tables' -> 'job' -> 'nextOffsets' ->> '%d' FROM published.run WHERE run_id = 'second'"
                        .formatted(partition)));
        batch.send(EVENTS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(EventType.JOB.topic(), partition),
                            RecordsToDelete.beforeOffset(archived + 2)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }

        CommandOutcome proof = Batch.run("prove");

        assertThat(proof.status()).isEqualTo(1);
        assertThat(proof.errors())
                .contains("events.job-%d: retention has overtaken the archive, the records at offsets %d..%d are lost"
                        .formatted(partition, archived, archived + 1));
    }
}
