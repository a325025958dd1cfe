package countinghouse.speed.projector;

import countinghouse.schemas.Partitioning;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.projector.RowBatch.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** The rows of one epoch in Redis, with their totals. Every write may be repeated, by this projector or by another one. */
final class RedisRows {
    private final RedisCalls calls;
    private final UnifiedJedis redis;
    private final AccountHashes hashes;
    private final VideoIndex videos;
    private final long epoch;
    private final Set<String> knownAccounts = new HashSet<>();

    RedisRows(RedisCalls calls, AccountHashes hashes, VideoIndex videos, long epoch) {
        this.calls = calls;
        this.redis = calls.direct();
        this.hashes = hashes;
        this.videos = videos;
        this.epoch = epoch;
    }

    /** Writes the rows; when it returns, Redis holds them. */
    void write(RowBatch batch) {
        Set<String> newAccounts = new HashSet<>(batch.accounts());
        newAccounts.removeAll(knownAccounts);
        calls.together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>();
            // Accounts first: a reader that finds an account must find its rows a moment later, not the other way
            // round.
            if (!newAccounts.isEmpty()) {
                replies.add(pipeline.sadd(RedisKeys.accounts(epoch), newAccounts.toArray(String[]::new)));
            }
            replies.addAll(videos.add(pipeline, batch.videoRows()));
            batch.rows().forEach((hash, rows) -> replies.addAll(mergeRows(pipeline, hash, rows)));
            return replies;
        });
        knownAccounts.addAll(newAccounts);
        videos.listed(batch.videoRows());
    }

    /** The accounts that Redis knows of one partition of the counts topic. */
    Set<String> accountsOf(int partition, int partitions) {
        Set<String> accounts = new HashSet<>();
        AccountPages.forEach(redis, epoch, page -> page.stream()
                .filter(account -> Partitioning.partitionOf(account, partitions) == partition)
                .forEach(accounts::add));
        return accounts;
    }

    /** Every hash that an account may have. */
    Set<Hash> hashesOf(String account) {
        return hashes.of(account);
    }

    /** What some hashes hold; an absent one is empty. */
    Map<Hash, Map<String, String>> read(Set<Hash> wanted) {
        Map<Hash, Response<Map<String, String>>> replies = new HashMap<>();
        calls.together(pipeline -> {
            wanted.forEach(hash -> replies.put(hash, pipeline.hgetAll(hash.key(epoch))));
            return List.copyOf(replies.values());
        });
        Map<Hash, Map<String, String>> found = new HashMap<>();
        replies.forEach((hash, reply) -> found.put(hash, reply.get()));
        return found;
    }

    /** Makes the totals of some hashes what their rows come to; returns how many were something else. */
    long recountTotals(Set<Hash> wanted) {
        List<Response<?>> replies = calls.together(pipeline -> {
            List<Response<?>> recounts = new ArrayList<>();
            wanted.forEach(hash -> hashes.totals(hash)
                    .ifPresent(totals -> recounts.add(
                            calls.run(pipeline, LuaScript.RECOUNT_TOTALS, hash.keys(epoch), List.of(totals.kind())))));
            return recounts;
        });
        return replies.stream()
                .filter(reply -> Long.valueOf(1).equals(reply.get()))
                .count();
    }

    /** Makes a hash what the topic says, unless somebody changed it meanwhile. */
    void repair(Hash hash, RowDifferences differences) {
        calls.together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>(mergeRows(pipeline, hash, differences.missing()));
            differences.wrong().forEach((field, found) -> {
                String right = differences.right().getOrDefault(field, RowBatch.DELETED);
                replies.add(calls.run(
                        pipeline, LuaScript.REPLACE_FIELD, List.of(hash.key(epoch)), List.of(field, found, right)));
            });
            return replies;
        });
    }

    /** Forgets those accounts that have no rows any more. Only for the projector itself: who adds rows must know whom it forgot. */
    void forgetEmpty(Set<String> accounts) {
        Set<Hash> all = new HashSet<>();
        accounts.forEach(account -> all.addAll(hashesOf(account)));
        Set<String> empty = new HashSet<>(accounts);
        read(all).forEach((hash, rows) -> {
            if (!rows.isEmpty()) {
                empty.remove(hash.account());
            }
        });
        if (!empty.isEmpty()) {
            knownAccounts.removeAll(empty);
            redis.srem(RedisKeys.accounts(epoch), empty.toArray(String[]::new));
        }
    }

    private List<Response<?>> mergeRows(AbstractPipeline pipeline, Hash hash, Map<String, String> rows) {
        Optional<RowTotals> totals = hashes.totals(hash);
        return totals.isEmpty()
                ? calls.mergeFields(pipeline, hash.key(epoch), rows)
                : RedisCalls.inCalls(
                        rows,
                        List.of(totals.get().kind()),
                        arguments -> calls.run(pipeline, LuaScript.MERGE_ROWS, hash.keys(epoch), arguments));
    }
}
