package countinghouse.speed.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PublishedManifestsTest {
    private static final TopicPartition VIEWS = new TopicPartition("events.view", 3);

    @Test
    void shouldGiveTheEndsOfEveryGenerationAndWhatReadersNeedAfterARollback() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Database database = Database.open(
                        new DatabaseConfig(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 2))) {
            PublishedManifests manifests = new PublishedManifests(database);
            assertThat(manifests.newestFirst()).isEmpty();
            assertThat(manifests.oldestNeededBucketMs()).isEmpty();

            Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
            publish(database, 1, null, 1_000_000, 10);
            assertThat(manifests.oldestNeededBucketMs()).isEmpty();
            publish(database, 2, 1L, 2_000_000, 20);

            assertThat(manifests.newestFirst())
                    .extracting(end -> end.nextOffset().get(VIEWS), end -> end.runningMaximumMs()
                            .get(VIEWS))
                    .containsExactly(tuple(20L, 2_000_000L), tuple(10L, 1_000_000L));
            assertThat(manifests.oldestNeededBucketMs()).hasValue(1_000_000);
        }
    }

    private static void publish(Database database, long number, Long parent, long closedThroughMs, long nextOffset) {
        String manifest = """
                {"endOffsets": {"events.view": {"3": %d}}, "runningMaxima": {"events.view": {"3": %d}}}""".formatted(nextOffset, closedThroughMs);
        database.jdbi().useHandle(handle -> {
            handle.createUpdate("""
                            INSERT INTO published.generation (number, parent, run_id, closed_through, manifest, published_by)
                            VALUES (:number, :parent, 'run-' || :number, to_timestamp(:seconds), CAST(:manifest AS jsonb), 'test')""")
                    .bind("number", number)
                    .bind("parent", parent)
                    .bind("seconds", closedThroughMs / 1000)
                    .bind("manifest", manifest)
                    .execute();
            handle.execute("UPDATE published.pointer SET generation = ?", number);
        });
    }
}
