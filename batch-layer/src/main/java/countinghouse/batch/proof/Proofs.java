package countinghouse.batch.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import countinghouse.batch.recompute.Conservation;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What generations account for, and what proofs came to, in PostgreSQL. */
public final class Proofs {
    private final Database database;

    public Proofs(Database database) {
        this.database = database;
    }

    /** Where a generation's records went, by partition. */
    Map<TopicPartition, Conservation> conservation(long generation) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT topic, partition, archived, counted, unmetered, duplicates, invalid, undecodable, ticks
                        FROM published.conservation WHERE generation = :generation""")
                .bind("generation", generation)
                .map((row, context) -> conservation(row))
                .collect(Collectors.toMap(part -> new TopicPartition(part.topic(), part.partition()), part -> part)));
    }

    /** Keeps a proof under the next number. */
    Proof keep(Long generation, List<PartitionProof> partitions) {
        return database.jdbi().inTransaction(handle -> {
            long number = handle.createQuery("SELECT nextval('published.proof_number')")
                    .mapTo(Long.class)
                    .one();
            insert(handle, number, generation, partitions);
            return new Proof(number, generation, partitions);
        });
    }

    private static void insert(Handle handle, long number, Long generation, List<PartitionProof> partitions) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO published.proof
                    (number, generation, topic, partition, next_offset, log_start, log_end, open, holds, faults)
                VALUES (:number, :generation, :topic, :partition, :nextOffset, :logStart, :logEnd, :open, :holds,
                    CAST(:faults AS jsonb))""");
        for (PartitionProof proof : partitions) {
            batch.bind("number", number)
                    .bind("generation", generation)
                    .bind("topic", proof.topic())
                    .bind("partition", proof.partition())
                    .bind("nextOffset", proof.nextOffset())
                    .bind("logStart", proof.logStart())
                    .bind("logEnd", proof.logEnd())
                    .bind("open", proof.open())
                    .bind("holds", proof.holds())
                    .bind("faults", Json.text(proof.faults()))
                    .add();
        }
        batch.execute();
    }

    private static Conservation conservation(ResultSet row) throws SQLException {
        return new Conservation(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("archived"),
                row.getLong("counted"),
                row.getLong("unmetered"),
                row.getLong("duplicates"),
                invalid(row.getString("invalid")),
                row.getLong("undecodable"),
                row.getLong("ticks"));
    }

    private static Map<String, Long> invalid(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<TreeMap<String, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("published.conservation has unreadable reasons '%s'".formatted(json), e);
        }
    }
}
