package countinghouse.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.command.RollbackCommand;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.LossyProxy;
import countinghouse.batch.testing.Nights;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.testing.command.CommandOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is reached through a proxy that loses a COMMIT on its way, or the answer to it. What the first tests publish is rolled back last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostAcknowledgementTest {
    private static final int EVENTS = 10;

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static EventFeed feed;
    private static Nights nights;
    private static LossyProxy proxy;
    private static int sent;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        feed = new EventFeed(platform.bootstrapServers());
        nights = new Nights(platform);
        proxy = LossyProxy.before(platform.postgresPort());
        platform.set("postgres.url", "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(proxy.port()));
        platform.set("publish.outcome-patience", "PT2S");
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        feed.close();
        platform.close();
    }

    @AfterEach
    void letThrough() {
        proxy.letThrough();
    }

    @Test
    @Order(1)
    void shouldFindThatThePublishHappenedWhenTheAnswerIsLost() throws Exception {
        prepare("answered-never");
        int cuts = proxy.cuts();
        proxy.loseAnswerToCommit();

        CommandOutcome publish = nights.step("publish", "answered-never");

        assertThat(publish.status()).as(publish.errors()).isZero();
        assertThat(proxy.cuts()).isEqualTo(cuts + 1);
        assertThat(publish.json().get("generation").asLong()).isEqualTo(served());
        assertThat(generations("answered-never")).isEqualTo(1);
        assertThat(nights.step("publish", "answered-never").json()).isEqualTo(publish.json());
    }

    @Test
    @Order(2)
    void shouldFindThatNothingHappenedWhenTheCommitIsLost() {
        prepare("received-never");
        Long before = servedOrNull();
        proxy.loseCommit();

        CommandOutcome publish = nights.step("publish", "received-never");

        assertThat(publish.status()).as(publish.errors()).isEqualTo(75);
        assertThat(publish.errors()).contains("nothing was published");
        assertThat(generations("received-never")).isZero();
        assertThat(servedOrNull()).isEqualTo(before);
        assertThat(nights.step("publish", "received-never").status()).isZero();
        assertThat(generations("received-never")).isEqualTo(1);
    }

    @Test
    @Order(3)
    void shouldSayThatTheOutcomeIsUnknownOnlyWhileItCannotLook() {
        prepare("looked-up-later");
        proxy.refuseAfterCut();
        proxy.loseAnswerToCommit();

        CommandOutcome publish = nights.step("publish", "looked-up-later");
        proxy.letThrough();
        CommandOutcome again = nights.step("publish", "looked-up-later");

        assertThat(publish.status()).as(publish.errors()).isEqualTo(4);
        assertThat(publish.errors()).contains("may or may not have happened", "it will look");
        assertThat(again.status()).as(again.errors()).isZero();
        assertThat(generations("looked-up-later")).isEqualTo(1);
    }

    @Test
    @Order(4)
    void shouldFindWhatBecameOfARollback() throws Exception {
        long newer = served();

        proxy.loseCommit();
        CommandOutcome lost = CommandOutcome.countinghouse(new RollbackCommand(), "rollback");
        assertThat(lost.status()).as(lost.errors()).isEqualTo(75);
        assertThat(lost.errors()).contains("served as before");
        assertThat(served()).isEqualTo(newer);

        proxy.loseAnswerToCommit();
        CommandOutcome unanswered = CommandOutcome.countinghouse(new RollbackCommand(), "rollback", "--json");
        assertThat(unanswered.status()).as(unanswered.errors()).isZero();
        assertThat(unanswered.json().get("number").asLong()).isEqualTo(served()).isLessThan(newer);
    }

    private static void prepare(String runId) {
        feed.send(sent, EVENTS);
        sent += EVENTS;
        CommandOutcome run = nights.run(runId, "--without-publish");
        assertThat(run.status()).as(run.errors()).isZero();
    }

    private static long served() {
        return nights.number("SELECT generation FROM published.pointer");
    }

    private static Long servedOrNull() {
        return nights.number("SELECT coalesce(generation, 0) FROM published.pointer");
    }

    private static long generations(String runId) {
        return nights.number("SELECT count(*) FROM published.generation WHERE run_id = '%s'".formatted(runId));
    }
}
