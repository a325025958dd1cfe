package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecords;
import countinghouse.batch.catalog.HistoryColumns;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.metering.history.HistoryJudge;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.history.HistoryView;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Judges the views of some days by history rules, before they are counted. It reads the few columns that the rules need, of the days and
 * of the look-back; Spark sorts them by viewer on disk, so memory holds one viewer's look-back at a time.
 */
final class HistoryPass {
    private final JavaSparkContext spark;
    private final PinnedSchedule schedule;
    private final long closedThroughMs;

    HistoryPass(JavaSparkContext spark, PinnedSchedule schedule, long closedThroughMs) {
        this.spark = spark;
        this.schedule = schedule;
        this.closedThroughMs = closedThroughMs;
    }

    /** The views of some days that history rules exclude, by partition. */
    Map<Integer, HistoryVerdicts> judge(Table views, long snapshotId, DayRange days) {
        CountingSchedule opened = schedule.open();
        if (!opened.hasHistoryRules()) {
            return Map.of();
        }
        List<DataFile> files =
                OffsetOrder.files(views, snapshotId, days.lookBackFrom(opened.historyLookBackMs()), days.toDay());
        if (files.isEmpty()) {
            return Map.of();
        }
        Table shipped = SerializableTable.copyOf(views);
        Reader reader = new Reader(schedule, closedThroughMs);
        ViewJudge judge = new ViewJudge(schedule, days.fromMs());
        int parallelism = spark.defaultParallelism();
        JavaPairRDD<byte[], Boolean> inOrder = spark.parallelize(files, files.size())
                .flatMapToPair(file -> reader.read(shipped, file))
                .repartitionAndSortWithinPartitions(new ByValue(parallelism), new BytesOrder());
        Map<Integer, HistoryVerdicts> verdicts = new TreeMap<>();
        inOrder.mapPartitions(judge::judge).collect().forEach(excluded -> verdicts.computeIfAbsent(
                        excluded.partition(), ignored -> new HistoryVerdicts())
                .exclude(excluded.offset(), excluded.rule()));
        return verdicts;
    }

    private record Excluded(int partition, long offset, int rule) implements Serializable {}

    private record Reader(PinnedSchedule schedule, long closedThroughMs) implements Serializable {
        Iterator<Tuple2<byte[], Boolean>> read(Table views, DataFile file) {
            CountingSchedule opened = schedule.open();
            int partition = OffsetOrder.partitionOf(file);
            List<Tuple2<byte[], Boolean>> found = new ArrayList<>();
            ArchivedRecords rows = new ArchivedRecords(views, EventType.VIEW, HistoryColumns.of(views), List.of(file));
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    while (next == found.size() && rows.hasNext()) {
                        found.clear();
                        next = 0;
                        take(rows.next());
                    }
                    if (next == found.size()) {
                        rows.close();
                    }
                    return next < found.size();
                }

                @Override
                public Tuple2<byte[], Boolean> next() {
                    return found.get(next++);
                }

                private void take(ArchivedRecord record) {
                    if (record.kind() == ArchivedRecord.Kind.EVENT && record.bucketMs() < closedThroughMs) {
                        opened.historyViews(
                                record.event(),
                                record.bucketMs(),
                                record.appendTimeMs(),
                                partition,
                                record.offset(),
                                record.identity(),
                                view -> found.add(new Tuple2<>(view.toBytes(), Boolean.TRUE)));
                    }
                }
            };
        }
    }

    private record ViewJudge(PinnedSchedule schedule, long fromMs) implements Serializable {
        Iterator<Excluded> judge(Iterator<Tuple2<byte[], Boolean>> inOrder) {
            HistoryJudge judge = new HistoryJudge(schedule.open()::historyAt);
            List<Excluded> excluded = new ArrayList<>();
            while (inOrder.hasNext()) {
                HistoryView view = HistoryView.ofBytes(inOrder.next()._1());
                int rule = judge.judge(view);
                if (rule != HistoryJudge.NONE && view.bucketMs() >= fromMs) {
                    excluded.add(new Excluded(view.partition(), view.offset(), rule));
                }
            }
            return excluded.iterator();
        }
    }

    /** Sends the views of one key and value to the same place; the value is a hash, so any of its bytes will do. */
    private static final class ByValue extends Partitioner {
        private static final int FIRST_BYTE_OF_VALUE = 1;

        private final int partitions;

        ByValue(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            byte[] view = (byte[]) key;
            int high = Byte.toUnsignedInt(view[FIRST_BYTE_OF_VALUE]);
            int low = Byte.toUnsignedInt(view[FIRST_BYTE_OF_VALUE + 1]);
            return ((high << Byte.SIZE) | low) % partitions;
        }
    }

    private static final class BytesOrder implements Comparator<byte[]>, Serializable {
        @Override
        public int compare(byte[] left, byte[] right) {
            return Arrays.compareUnsigned(left, right);
        }
    }
}
