package countinghouse.speed.projector;

import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.VideoAccounts;
import countinghouse.speed.counts.FloorCodec;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.counts.ProgressCodec;
import countinghouse.speed.live.LiveCodec;
import countinghouse.speed.live.LiveKey;
import countinghouse.speed.trace.TraceEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What some records of the counts topic come to: the newest state of each row, by the hash it belongs to, and the newest progress. */
final class RowBatch {
    /** The rows of one account and meter share a hash in Redis, and so do the entries of one of an account's live views. */
    record Hash(String account, String meter) {
        private static final String LIVE = "@";

        static Hash live(String account, String view) {
            return new Hash(account, LIVE + view);
        }

        String key(long epoch) {
            return meter.startsWith(LIVE)
                    ? RedisKeys.live(account, meter.substring(LIVE.length()), epoch)
                    : RedisKeys.rows(account, meter, epoch);
        }

        /** The hash itself, first, and what may be kept beside it; all in one slot. */
        List<String> keys(long epoch) {
            return meter.startsWith(LIVE)
                    ? List.of(key(epoch))
                    : List.of(
                            key(epoch),
                            RedisKeys.totals(account, meter, epoch),
                            RedisKeys.dimensionTotals(account, meter, epoch),
                            RedisKeys.top(account, meter, epoch));
        }
    }

    /** Instead of a row's value: the row is deleted. */
    static final String DELETED = "";

    private final Map<Hash, Map<String, String>> rows = new LinkedHashMap<>();
    private final Map<TopicPartition, Progress> progress = new HashMap<>();
    private final List<String> traceparents = new ArrayList<>();
    private final Set<String> accounts = new LinkedHashSet<>();
    private final List<VideoRow> videoRows = new ArrayList<>();
    private long floorMs = Long.MIN_VALUE;
    private long oldestBucketMs = Long.MAX_VALUE;
    private int size;

    static RowBatch of(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        RowBatch batch = new RowBatch();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            batch.add(record.key(), record.value());
        }
        return batch;
    }

    /** Takes one record; later records of a row replace earlier ones. Kinds of entries that this build does not know are passed over. */
    void add(byte[] key, byte[] value) {
        if (RowCodec.isRow(key)) {
            addRow(RowCodec.decodeKey(key), value);
        } else if (LiveCodec.isLive(key)) {
            addLive(LiveCodec.decodeKey(key), value);
        } else if (ProgressCodec.isProgress(key) && value != null) {
            progress.put(ProgressCodec.decodeKey(key), ProgressCodec.decodeValue(value));
        } else if (FloorCodec.isFloor(key) && value != null) {
            floorMs = Math.max(floorMs, FloorCodec.decodeValue(value));
        } else if (TraceEntry.isTrace(key) && value != null) {
            traceparents.addAll(TraceEntry.decodeValue(value));
        }
    }

    private void addRow(RowKey key, byte[] value) {
        String text = DELETED;
        if (value == null) {
            floorMs = Math.max(floorMs, key.bucketMs() + 1);
        } else {
            text = RowText.value(RowCodec.decodeValue(value));
            oldestBucketMs = Math.min(oldestBucketMs, key.bucketMs());
            accounts.add(key.account());
            if (VideoAccounts.METERS.contains(key.meter())) {
                videoRows.add(VideoRow.of(key));
            }
        }
        rows.computeIfAbsent(new Hash(key.account(), key.meter()), ignored -> new LinkedHashMap<>())
                .put(RowText.field(key), text);
        size++;
    }

    private void addLive(LiveKey key, byte[] value) {
        String text = value == null ? DELETED : LiveCodec.decodeValue(value);
        rows.computeIfAbsent(Hash.live(key.account(), key.view()), ignored -> new LinkedHashMap<>())
                .put(key.field(), text);
        if (value != null) {
            accounts.add(key.account());
        }
        size++;
    }

    /** Per hash, field to value or {@link #DELETED}. */
    Map<Hash, Map<String, String>> rows() {
        return rows;
    }

    Map<TopicPartition, Progress> progress() {
        return progress;
    }

    /** The spans under which traced events were counted whose rows these are, or earlier ones. */
    List<String> traceparents() {
        return traceparents;
    }

    Set<String> accounts() {
        return accounts;
    }

    /** Which accounts have rows that are to be found by their video; some perhaps several times. */
    List<VideoRow> videoRows() {
        return videoRows;
    }

    /** The same; they are forgotten here. */
    List<VideoRow> takeVideoRows() {
        List<VideoRow> taken = List.copyOf(videoRows);
        videoRows.clear();
        return taken;
    }

    /** Every row below this bucket may be deleted, by these records or earlier ones; empty if they say nothing about it. */
    OptionalLong floorMs() {
        return floorMs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(floorMs);
    }

    /** The oldest bucket with a row; {@link Long#MAX_VALUE} if there are no rows. */
    long oldestBucketMs() {
        return oldestBucketMs;
    }

    /** How many records of rows the batch was made of. */
    int size() {
        return size;
    }
}
