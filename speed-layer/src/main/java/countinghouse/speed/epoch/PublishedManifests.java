package countinghouse.speed.epoch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** The archive's ends in the manifests of the published generations. */
public final class PublishedManifests implements ArchivedEnds {
    private final Database database;

    public PublishedManifests(Database database) {
        this.database = database;
    }

    @Override
    public List<ArchivedEnd> newestFirst() {
        if (!isThere()) {
            return List.of();
        }
        return database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT manifest FROM published.generation ORDER BY number DESC")
                                .mapTo(String.class)
                                .list())
                .stream()
                .map(PublishedManifests::parse)
                .toList();
    }

    /** Before the schema exists, nothing can have been published. */
    private boolean isThere() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT to_regclass('published.generation') IS NOT NULL")
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public OptionalLong oldestNeededBucketMs() {
        if (!isThere()) {
            return OptionalLong.empty();
        }
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT parent.closed_through
                        FROM published.pointer p
                        JOIN published.generation g ON g.number = p.generation
                        JOIN published.generation parent ON parent.number = g.parent""")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(closedThrough -> OptionalLong.of(closedThrough.toInstant().toEpochMilli()))
                .orElse(OptionalLong.empty()));
    }

    static ArchivedEnd parse(String manifest) {
        try {
            JsonNode json = Json.mapper().readTree(manifest);
            return new ArchivedEnd(byPartition(json.path("endOffsets")), byPartition(json.path("runningMaxima")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A generation's manifest is no JSON; the rebuild needs its end offsets", e);
        }
    }

    /** {@code {"events.view": {"0": 12}}}. */
    private static Map<TopicPartition, Long> byPartition(JsonNode topics) {
        Map<TopicPartition, Long> values = new HashMap<>();
        topics.fields().forEachRemaining(topic -> topic.getValue()
                .fields()
                .forEachRemaining(partition -> values.put(
                        new TopicPartition(topic.getKey(), Integer.parseInt(partition.getKey())),
                        partition.getValue().asLong())));
        return values;
    }
}
