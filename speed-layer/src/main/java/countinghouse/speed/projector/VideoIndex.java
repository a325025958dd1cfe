package countinghouse.speed.projector;

import countinghouse.schemas.VideoAccounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Lists which accounts have rows of a video (ADR 0161). Entries are only added, and whole days are dropped: so it does not matter who
 * adds them, in which order and how often, and nobody can take back what another one has added.
 */
final class VideoIndex {
    /** A power of two. */
    private static final int REMEMBERED = 1 << 16;

    private final RedisCalls calls;
    private final UnifiedJedis redis;
    private final long epoch;
    /** Some of those that Redis lists for certain, each at the place that its hash decides: they need not be sent again. */
    private final VideoRow[] listed = new VideoRow[REMEMBERED];

    private final Set<Long> listedDays = new HashSet<>();

    VideoIndex(RedisCalls calls, long epoch) {
        this.calls = calls;
        this.redis = calls.direct();
        this.epoch = epoch;
    }

    /** Lists what is not known to be listed; {@link #listed(Collection)} is to be told once Redis has confirmed it. */
    List<Response<?>> add(AbstractPipeline pipeline, Collection<VideoRow> rows) {
        Map<String, List<String>> entries = new HashMap<>();
        Set<Long> newDays = new HashSet<>();
        for (VideoRow row : rows) {
            String video = row.equals(listed[place(row)]) ? null : row.video();
            if (video != null) {
                entries.computeIfAbsent(VideoAccounts.key(row.day(), video, epoch), absent -> new ArrayList<>())
                        .add(VideoAccounts.entry(video, row.account()));
                newDays.add(row.day());
            }
        }
        newDays.removeAll(listedDays);
        List<Response<?>> replies = new ArrayList<>();
        if (!newDays.isEmpty()) {
            // Days first: an entry of a day that nobody knows of would never be dropped.
            replies.add(pipeline.sadd(
                    VideoAccounts.days(epoch),
                    newDays.stream().map(String::valueOf).toArray(String[]::new)));
        }
        entries.forEach((key, members) -> replies.add(pipeline.sadd(key, members.toArray(String[]::new))));
        return replies;
    }

    /** Lists rows that are in Redis, or will be. */
    void list(Collection<VideoRow> rows) {
        calls.together(pipeline -> add(pipeline, rows));
        listed(rows);
    }

    /** Remembers that Redis lists these. */
    void listed(Collection<VideoRow> rows) {
        for (VideoRow row : rows) {
            int place = place(row);
            // Of a row without a video nothing is sent, its day neither.
            if (!row.equals(listed[place]) && row.video() != null) {
                listedDays.add(row.day());
            }
            listed[place] = row;
        }
    }

    private static int place(VideoRow row) {
        int hash = row.hashCode();
        return (hash ^ hash >>> 16) & (REMEMBERED - 1);
    }

    /** Says that every row of the epoch is listed. */
    void sayComplete() {
        redis.sadd(VideoAccounts.days(epoch), VideoAccounts.COMPLETE);
    }

    /** Drops the days that lie below the floor entirely. The days themselves last: who is interrupted finds what is left. */
    void dropBelow(long floorMs) {
        long floorDay = VideoAccounts.dayOf(floorMs);
        drop(days().filter(day -> Long.parseLong(day) < floorDay).toArray(String[]::new));
    }

    /** Drops everything. */
    void drop() {
        drop(days().toArray(String[]::new));
        redis.unlink(VideoAccounts.days(epoch));
    }

    private Stream<String> days() {
        return redis.smembers(VideoAccounts.days(epoch)).stream().filter(day -> !day.equals(VideoAccounts.COMPLETE));
    }

    private void drop(String[] days) {
        if (days.length == 0) {
            return;
        }
        calls.together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>();
            for (String day : days) {
                // One by one: in a cluster they lie on different nodes.
                VideoAccounts.keys(Long.parseLong(day), epoch).forEach(key -> replies.add(pipeline.unlink(key)));
            }
            return replies;
        });
        redis.srem(VideoAccounts.days(epoch), days);
        listedDays.removeAll(List.of(days).stream().map(Long::valueOf).toList());
    }
}
