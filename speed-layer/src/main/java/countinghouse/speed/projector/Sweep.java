package countinghouse.speed.projector;

import countinghouse.speed.projector.RowBatch.Hash;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares Redis with the counts topic, one partition after the other, and repairs what differs. It reads the topic, then a hash in
 * Redis, then what the topic got meanwhile: so a row that Redis has and neither reading saw is one that nobody wrote, and a row
 * that Redis lacks although the projector has passed the first reading was lost.
 *
 * <p>It takes the heap of one partition's rows, and rests between hashes, so that it never competes with the projector.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int HASHES_AT_ONCE = 100;

    private final CountsTopic topic;
    private final RedisRows rows;
    private final ProjectedOffsets offsets;
    private final StateWords words;
    private final VideoIndex videos;
    private final Consumer<Set<String>> emptyAccounts;
    private final Duration rest;
    private final BooleanSupplier stopping;

    Sweep(
            CountsTopic topic,
            EpochInRedis redis,
            Consumer<Set<String>> emptyAccounts,
            Duration rest,
            BooleanSupplier stopping) {
        this.topic = topic;
        this.rows = redis.rows();
        this.offsets = redis.offsets();
        this.words = redis.words();
        this.videos = redis.videos();
        this.emptyAccounts = emptyAccounts;
        this.rest = rest;
        this.stopping = stopping;
    }

    /** One look at everything. Returns how many rows differed. */
    long run() throws InterruptedException {
        long differences = 0;
        List<TopicPartition> partitions = topic.partitions();
        for (TopicPartition partition : partitions) {
            if (stopping.getAsBoolean()) {
                return differences;
            }
            differences += sweep(partition, partitions.size());
        }
        offsets.requireKept();
        // What came since, the projector has listed.
        videos.sayComplete();
        videos.dropBelow(words.floorMs());
        return differences;
    }

    private long sweep(TopicPartition partition, int partitions) throws InterruptedException {
        RowBatch expected = new RowBatch();
        long readTo = readTo(partition, topic.beginnings().get(partition), expected);
        awaitProjected(partition, readTo);
        Map<Hash, Map<String, String>> found = rowsInRedis(partition, partitions, expected);
        RowBatch later = new RowBatch();
        readTo(partition, readTo, later);
        // Otherwise the projector writes everything again anyway, and this would only report what is known.
        offsets.requireKept();
        long differences = repair(expected, later, found);
        Set<Hash> withRows = new HashSet<>(found.keySet());
        withRows.removeIf(hash -> found.get(hash).isEmpty());
        differences += recount(withRows);
        emptyAccounts.accept(accountsWithoutRows(found));
        return differences;
    }

    /** Reads a partition from an offset to its end; returns where that was. */
    private long readTo(TopicPartition partition, long from, RowBatch batch) throws InterruptedException {
        long end = topic.ends().get(partition);
        topic.readOnly(partition, from);
        while (topic.position(partition) < end) {
            requireRunning();
            for (ConsumerRecord<byte[], byte[]> record : topic.poll()) {
                batch.add(record.key(), record.value());
            }
            // Redis may have been filled by a build that listed nothing, or have lost what was listed.
            videos.list(batch.takeVideoRows());
        }
        return topic.position(partition);
    }

    private void awaitProjected(TopicPartition partition, long offset) throws InterruptedException {
        while (offsets.recorded(partition) < offset) {
            requireRunning();
            Thread.sleep(rest.toMillis());
        }
    }

    private Map<Hash, Map<String, String>> rowsInRedis(TopicPartition partition, int partitions, RowBatch expected)
            throws InterruptedException {
        Set<Hash> hashes = new HashSet<>(expected.rows().keySet());
        rows.accountsOf(partition.partition(), partitions).forEach(account -> hashes.addAll(rows.hashesOf(account)));
        Map<Hash, Map<String, String>> found = new HashMap<>();
        Set<Hash> page = new HashSet<>();
        for (Hash hash : hashes) {
            page.add(hash);
            if (page.size() == HASHES_AT_ONCE) {
                requireRunning();
                found.putAll(rows.read(page));
                page.clear();
                Thread.sleep(rest.toMillis());
            }
        }
        found.putAll(rows.read(page));
        return found;
    }

    private long recount(Set<Hash> hashes) throws InterruptedException {
        long differences = 0;
        for (Hash hash : hashes) {
            requireRunning();
            long wrong = rows.recountTotals(Set.of(hash));
            if (wrong > 0) {
                LOG.warn("The totals of {} were not those of its rows", hash);
            }
            differences += wrong;
        }
        return differences;
    }

    private static Set<String> accountsWithoutRows(Map<Hash, Map<String, String>> found) {
        Set<String> empty = new HashSet<>();
        found.keySet().forEach(hash -> empty.add(hash.account()));
        found.forEach((hash, rows) -> {
            if (!rows.isEmpty()) {
                empty.remove(hash.account());
            }
        });
        return empty;
    }

    private long repair(RowBatch expected, RowBatch later, Map<Hash, Map<String, String>> found) {
        long differences = 0;
        for (Map.Entry<Hash, Map<String, String>> hash : found.entrySet()) {
            RowDifferences different = RowDifferences.between(
                    expected.rows().getOrDefault(hash.getKey(), Map.of()),
                    later.rows().getOrDefault(hash.getKey(), Map.of()),
                    hash.getValue());
            if (!different.isEmpty()) {
                LOG.warn("{} differs from the counts topic: {}", hash.getKey(), different);
                rows.repair(hash.getKey(), different);
                differences += different.size();
            }
        }
        return differences;
    }

    private void requireRunning() throws InterruptedException {
        if (stopping.getAsBoolean()) {
            throw new InterruptedException("The sweep was told to stop");
        }
    }
}
