package countinghouse.speed.projector;

import countinghouse.metering.meter.MeterCatalog;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.projector.RowBatch.Hash;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The rows of one epoch in Redis, as the projector writes them. Every write may be repeated, by this projector or by another one. */
final class RedisRows implements AutoCloseable {
    private static final String RUN_ID_FIELD = "run-id";
    private static final String OLDEST_BUCKET_FIELD = "oldest-bucket";
    private static final String EVERYTHING_HELD = "0";
    private static final int MAX_ROWS_PER_CALL = 500;

    private final RedisNodes nodes;
    private final long epoch;
    private final UnifiedJedis redis;
    private final MeterCatalog meters = MeterCatalog.standard();
    private final Map<LuaScript, String> scripts = new EnumMap<>(LuaScript.class);
    private final Set<String> knownAccounts = new HashSet<>();
    private String identity;

    private RedisRows(RedisNodes nodes, long epoch) {
        this.nodes = nodes;
        this.epoch = epoch;
        this.redis = nodes.client();
        this.identity = nodes.identity();
        for (LuaScript script : LuaScript.values()) {
            scripts.put(script, nodes.load(script.text()));
        }
        if (!redis.exists(RedisKeys.accounts(epoch))) {
            // Rows of a build that kept no totals would never be part of them.
            redis.set(RedisKeys.LAYOUT, RedisKeys.LAYOUT_TOTALS);
        }
        redis.setnx(RedisKeys.EPOCH, Long.toString(epoch));
        redis.setnx(RedisKeys.SPEED_FLOOR, EVERYTHING_HELD);
    }

    /**
     * Connects to Redis.
     *
     * @throws JedisException as every method does, if Redis does not answer or refuses
     */
    static RedisRows connect(URI url, long epoch) {
        RedisNodes nodes = RedisNodes.connect(url);
        try {
            return new RedisRows(nodes, epoch);
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    /** Where to go on in the counts topic; empty if these rows are not known to hold all that lies before. */
    Optional<Map<TopicPartition, Long>> storedOffsets() {
        Map<String, String> stored = new HashMap<>(redis.hgetAll(RedisKeys.projector(epoch)));
        stored.remove(OLDEST_BUCKET_FIELD);
        boolean kept = identity.equals(stored.remove(RUN_ID_FIELD)) && RedisNodes.isMarked(identity);
        if (!kept || stored.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        stored.forEach((partition, offset) -> offsets.put(
                new TopicPartition(Topics.usageCounts(epoch), Integer.parseInt(partition)), Long.valueOf(offset)));
        return Optional.of(offsets);
    }

    /** Forgets how far the rows reach, before they are written from the beginning again. */
    void forgetOffsets() {
        redis.del(RedisKeys.projector(epoch));
        nodes.mark();
        identity = nodes.identity();
    }

    /**
     * Makes sure that every row that was written is still there.
     *
     * @throws RowsLostException if that is not certain
     */
    void requireKept() {
        String now = nodes.identity();
        if (!now.equals(identity)) {
            throw new RowsLostException(
                    "Redis was replaced, promoted or flushed (it was %s and is %s)".formatted(identity, now));
        }
    }

    /** The epoch that readers use. */
    long readersEpoch() {
        return Long.parseLong(Optional.ofNullable(redis.get(RedisKeys.EPOCH)).orElse("0"));
    }

    /** Makes this epoch the one that readers use, unless that is a newer one. */
    void turnReadersHere() {
        redis.evalsha(scripts.get(LuaScript.RAISE_NUMBER), List.of(RedisKeys.EPOCH), List.of(Long.toString(epoch)));
    }

    /** How far the rows in Redis reach: {@code topic-partition} to the next offset of that source. */
    Map<String, Long> progress() {
        Map<String, Long> progress = new HashMap<>();
        redis.hgetAll(RedisKeys.progress(epoch))
                .forEach((source, reached) ->
                        progress.put(source, Long.valueOf(reached.substring(0, reached.indexOf('|')))));
        return progress;
    }

    /** Deletes everything of the epoch before, which no reader uses any more. */
    void deleteEpochBefore() {
        long before = epoch - 1;
        for (String account : redis.smembers(RedisKeys.accounts(before))) {
            for (Hash hash : hashesOf(account)) {
                redis.del(hash.key(before));
                redis.del(RedisKeys.totals(hash.account(), hash.meter(), before));
                redis.del(RedisKeys.dimensionTotals(hash.account(), hash.meter(), before));
                redis.del(RedisKeys.top(hash.account(), hash.meter(), before));
            }
        }
        redis.del(RedisKeys.accounts(before));
        redis.del(RedisKeys.progress(before));
        redis.del(RedisKeys.projector(before));
    }

    /** What {@code ch:state} says; empty if nothing. */
    String state() {
        return Optional.ofNullable(redis.get(RedisKeys.STATE)).orElse("");
    }

    /** Says that every row is there, if the state still is what it was. A projector that slept must not promise for others. */
    boolean sayLive(String stateBefore) {
        Object replaced = redis.evalsha(
                scripts.get(LuaScript.REPLACE_TEXT),
                List.of(RedisKeys.STATE),
                List.of(stateBefore, RedisKeys.STATE_LIVE));
        return Long.valueOf(1).equals(replaced);
    }

    void sayRebuilding(int percent) {
        redis.set(RedisKeys.STATE, RedisKeys.STATE_REBUILDING + "|" + percent);
    }

    /** Tells readers that rows below a bucket are about to be deleted. */
    void raiseFloor(long floorMs) {
        redis.evalsha(
                scripts.get(LuaScript.RAISE_NUMBER), List.of(RedisKeys.SPEED_FLOOR), List.of(Long.toString(floorMs)));
    }

    long floorMs() {
        return Long.parseLong(
                Optional.ofNullable(redis.get(RedisKeys.SPEED_FLOOR)).orElse(EVERYTHING_HELD));
    }

    /** The oldest bucket that ever had a row; empty if none is recorded. */
    Optional<Long> oldestBucketMs() {
        return Optional.ofNullable(redis.hget(RedisKeys.projector(epoch), OLDEST_BUCKET_FIELD))
                .map(Long::valueOf);
    }

    void recordOldestBucket(long bucketMs) {
        redis.hset(RedisKeys.projector(epoch), OLDEST_BUCKET_FIELD, Long.toString(bucketMs));
    }

    /** Writes the rows; when it returns, Redis holds them. */
    void write(RowBatch batch) {
        Set<String> newAccounts = new HashSet<>(batch.accounts());
        newAccounts.removeAll(knownAccounts);
        together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>();
            // Accounts first: a reader that finds an account must find its rows a moment later, not the other way
            // round.
            if (!newAccounts.isEmpty()) {
                replies.add(pipeline.sadd(RedisKeys.accounts(epoch), newAccounts.toArray(String[]::new)));
            }
            batch.rows().forEach((hash, rows) -> replies.addAll(mergeRows(pipeline, hash, rows)));
            return replies;
        });
        knownAccounts.addAll(newAccounts);
    }

    /** Records how far the rows reach; only after {@link #write} returned. */
    void record(Map<TopicPartition, Progress> progress, Map<TopicPartition, Long> nextOffsets) {
        Map<String, String> reached = new HashMap<>();
        progress.forEach(
                (source, made) -> reached.put(source.toString(), made.nextOffset() + "|" + made.runningMaximumMs()));
        Map<String, String> offsets = new HashMap<>();
        nextOffsets.forEach(
                (partition, offset) -> offsets.put(Integer.toString(partition.partition()), Long.toString(offset)));
        offsets.put(RUN_ID_FIELD, identity);
        together(pipeline -> {
            // Merged like rows: a projector that slept must not take progress back.
            List<Response<?>> replies = new ArrayList<>(mergeFields(pipeline, RedisKeys.progress(epoch), reached));
            replies.add(pipeline.hset(RedisKeys.projector(epoch), offsets));
            return replies;
        });
    }

    /** Up to which offset of a partition the rows are in Redis; 0 if that is not recorded. */
    long recordedOffset(TopicPartition partition) {
        String offset = redis.hget(RedisKeys.projector(epoch), Integer.toString(partition.partition()));
        return offset == null ? 0 : Long.parseLong(offset);
    }

    /** The accounts that Redis knows of one partition of the counts topic. */
    Set<String> accountsOf(int partition, int partitions) {
        Set<String> accounts = new HashSet<>();
        ScanParams page = new ScanParams().count(MAX_ROWS_PER_CALL);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> result = redis.sscan(RedisKeys.accounts(epoch), cursor, page);
            result.getResult().stream()
                    .filter(account -> Partitioning.partitionOf(account, partitions) == partition)
                    .forEach(accounts::add);
            cursor = result.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return accounts;
    }

    /** What some hashes hold; an absent one is empty. */
    Map<Hash, Map<String, String>> read(Set<Hash> hashes) {
        Map<Hash, Response<Map<String, String>>> replies = new HashMap<>();
        together(pipeline -> {
            hashes.forEach(hash -> replies.put(hash, pipeline.hgetAll(hash.key(epoch))));
            return List.copyOf(replies.values());
        });
        Map<Hash, Map<String, String>> found = new HashMap<>();
        replies.forEach((hash, reply) -> found.put(hash, reply.get()));
        return found;
    }

    /** Makes the totals of some hashes what their rows come to; returns how many were something else. */
    long recountTotals(Set<Hash> hashes) {
        List<Response<?>> replies = together(pipeline -> {
            List<Response<?>> calls = new ArrayList<>();
            hashes.forEach(hash -> RowTotals.of(hash, meters)
                    .ifPresent(totals -> calls.add(pipeline.evalsha(
                            scripts.get(LuaScript.RECOUNT_TOTALS), totals.keys(epoch), List.of(totals.kind())))));
            return calls;
        });
        return replies.stream()
                .filter(reply -> Long.valueOf(1).equals(reply.get()))
                .count();
    }

    /** Makes a hash what the topic says, unless somebody changed it meanwhile. */
    void repair(Hash hash, RowDifferences differences) {
        together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>(mergeRows(pipeline, hash, differences.missing()));
            differences.wrong().forEach((field, found) -> {
                String right = differences.right().getOrDefault(field, RowBatch.DELETED);
                replies.add(pipeline.evalsha(
                        scripts.get(LuaScript.REPLACE_FIELD), List.of(hash.key(epoch)), List.of(field, found, right)));
            });
            return replies;
        });
    }

    /** Forgets those accounts that have no rows any more. Only for the projector itself: who adds rows must know whom it forgot. */
    void forgetEmpty(Set<String> accounts) {
        Set<Hash> hashes = new HashSet<>();
        accounts.forEach(account -> hashes.addAll(hashesOf(account)));
        Set<String> empty = new HashSet<>(accounts);
        read(hashes).forEach((hash, rows) -> {
            if (!rows.isEmpty()) {
                empty.remove(hash.account());
            }
        });
        if (!empty.isEmpty()) {
            knownAccounts.removeAll(empty);
            redis.srem(RedisKeys.accounts(epoch), empty.toArray(String[]::new));
        }
    }

    /** Every hash that an account may have. */
    Set<Hash> hashesOf(String account) {
        Set<Hash> hashes = new HashSet<>();
        meters.meters().forEach(meter -> hashes.add(new Hash(account, meter.slug())));
        hashes.add(Hash.live(account, RedisKeys.LIVE_JOBS));
        hashes.add(Hash.live(account, RedisKeys.LIVE_WAITS));
        return hashes;
    }

    void announce(List<String> hints) {
        together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>();
            hints.forEach(hint -> replies.add(pipeline.publish(RedisKeys.LIVE_CHANNEL, hint)));
            return replies;
        });
    }

    private List<Response<?>> mergeRows(AbstractPipeline pipeline, Hash hash, Map<String, String> rows) {
        Optional<RowTotals> totals = RowTotals.of(hash, meters);
        return totals.isEmpty()
                ? mergeFields(pipeline, hash.key(epoch), rows)
                : inCalls(
                        rows,
                        totals.get().kind(),
                        arguments -> pipeline.evalsha(
                                scripts.get(LuaScript.MERGE_ROWS), totals.get().keys(epoch), arguments));
    }

    private List<Response<?>> mergeFields(AbstractPipeline pipeline, String key, Map<String, String> fields) {
        return inCalls(
                fields,
                null,
                arguments -> pipeline.evalsha(scripts.get(LuaScript.MERGE_FIELDS), List.of(key), arguments));
    }

    /** Sends fields with their values in calls of bounded size; each begins with the first argument, unless that is null. */
    private static List<Response<?>> inCalls(
            Map<String, String> fields, String first, Function<List<String>, Response<?>> call) {
        List<Response<?>> replies = new ArrayList<>();
        List<String> arguments = arguments(first);
        int fieldsInCall = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            arguments.add(field.getKey());
            arguments.add(field.getValue());
            fieldsInCall++;
            if (fieldsInCall == MAX_ROWS_PER_CALL) {
                replies.add(call.apply(arguments));
                arguments = arguments(first);
                fieldsInCall = 0;
            }
        }
        if (fieldsInCall > 0) {
            replies.add(call.apply(arguments));
        }
        return replies;
    }

    private static List<String> arguments(String first) {
        List<String> arguments = new ArrayList<>();
        if (first != null) {
            arguments.add(first);
        }
        return arguments;
    }

    /** Sends commands together; a pipeline hands refusals back as replies, and one of them fails the whole. */
    private List<Response<?>> together(Function<AbstractPipeline, List<Response<?>>> commands) {
        List<Response<?>> replies;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            replies = commands.apply(pipeline);
            pipeline.sync();
        }
        try {
            replies.forEach(Response::get);
            return replies;
        } catch (IllegalStateException e) {
            throw new JedisException("A node of Redis did not answer", e);
        }
    }

    @Override
    public void close() {
        nodes.close();
    }
}
