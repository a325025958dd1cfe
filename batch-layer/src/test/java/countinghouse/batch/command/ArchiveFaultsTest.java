package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.testing.ArchivedPositions;
import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.CuttingProxy;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.NewerProducer;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to the archive's commit, on a real broker, PostgreSQL, Iceberg catalog and Spark: never a lost or repeated record. */
class ArchiveFaultsTest {
    private static final String COMMIT = "UPDATE iceberg_tables";
    private static final int EVENTS = 10;

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static EventFeed feed;
    private static int nextId;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        feed = new EventFeed(platform.bootstrapServers());
        sealed("begin");
        assertThat(archive("begin").status()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        feed.close();
        platform.close();
    }

    @Test
    void shouldFindTheCommitWhoseAnswerWasLost() throws IOException {
        sealed("answer-lost");
        CommandOutcome archive;
        try (CuttingProxy proxy = platform.proxyCatalog()) {
            proxy.loseTheAnswerTo(COMMIT);
            archive = archive("answer-lost");
            assertThat(proxy.hasActed()).isTrue();
        } finally {
            platform.directCatalog();
        }

        assertThat(archive.status()).as(archive.errors()).isZero();
        assertEveryRecordOnce();
    }

    @Test
    void shouldCommitInTheNextAttemptWhatWasLostBeforeItReachedTheCatalog() throws IOException {
        sealed("commit-lost");
        CommandOutcome archive;
        try (CuttingProxy proxy = platform.proxyCatalog()) {
            proxy.lose(COMMIT);
            archive = archive("commit-lost");
            assertThat(proxy.hasActed()).isTrue();
        } finally {
            platform.directCatalog();
        }
        assertThat(archive.status()).as(archive.errors()).isEqualTo(4);
        assertThat(archive.errors()).contains("may or may not have happened");

        CommandOutcome again = archive("commit-lost");
        assertThat(again.status()).as(again.errors()).isZero();
        assertEveryRecordOnce();
    }

    @Test
    void shouldRefuseTheCommitOfAnArchiverThatAnotherHasOvertaken() throws IOException {
        sealed("slow");
        sealed("fast");
        AtomicReference<CommandOutcome> fast = new AtomicReference<>();
        CommandOutcome slow;
        try (CuttingProxy proxy = platform.proxyCatalog()) {
            proxy.delay(COMMIT, () -> fast.set(withoutTheFence("fast")));
            slow = archive("slow");
        } finally {
            platform.directCatalog();
        }

        assertThat(fast.get().status()).as(fast.get().errors()).isZero();
        assertThat(slow.status()).isEqualTo(75);
        assertThat(slow.errors()).contains("Another archiver has moved the table on");
        assertEveryRecordOnce();
        assertThat(archive("slow").status()).isZero();
        assertEveryRecordOnce();
    }

    @Test
    void shouldArchiveAFieldThatAProducerHasAddedWithoutAStop() throws Exception {
        sealed("before-the-field");
        assertThat(archive("before-the-field").status()).isZero();
        try (NewerProducer producer = new NewerProducer(platform.bootstrapServers(), platform.registryUrl())) {
            producer.send("newer", Map.of("player_version", "9.1", "bitrate", 4_800L, "price", new BigDecimal("1.25")));
        }
        sealed("with-the-field");

        CommandOutcome archive = archive("with-the-field");

        assertThat(archive.status()).as(archive.errors()).isZero();
        assertThat(NewerProducer.archived("newer")).containsExactly("9.1 4800 1.250000000");
        assertThat(NewerProducer.archived("view-0")).containsOnly("null null null");
        assertEveryRecordOnce();
    }

    /** Archives although another process is at it, as if that one had lost its lock with its connection. */
    private static CommandOutcome withoutTheFence(String runId) {
        try {
            platform.directCatalog();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        platform.database().jdbi().useHandle(handle -> handle.createQuery(
                        "SELECT pg_terminate_backend(pid)::text FROM pg_locks WHERE locktype = 'advisory'")
                .mapTo(String.class)
                .list());
        return archive(runId);
    }

    private static void sealed(String runId) {
        feed.send(nextId, EVENTS);
        nextId += EVENTS;
        assertThat(Batch.run("seal", "--run-id", runId).status()).isZero();
    }

    private static CommandOutcome archive(String runId) {
        return Batch.run("archive", "--run-id", runId);
    }

    private static void assertEveryRecordOnce() throws IOException {
        assertThat(ArchivedPositions.all())
                .hasSizeGreaterThan(2 * EVENTS)
                .containsExactlyInAnyOrderElementsOf(ArchivedPositions.promised());
    }
}
