package countinghouse.batch.gate;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.functions;

/** {@link OffsetRuns} of a column, in SQL: what leaves a task is its runs, not its offsets. */
final class OffsetRunsFunction extends Aggregator<Long, OffsetRuns, byte[]> {
    static final String NAME = "offset_runs";
    private static final long serialVersionUID = 1;

    static void register(SparkSession spark) {
        spark.udf().register(NAME, functions.udaf(new OffsetRunsFunction(), Encoders.LONG()));
    }

    @Override
    public OffsetRuns zero() {
        return new OffsetRuns();
    }

    @Override
    public OffsetRuns reduce(OffsetRuns runs, Long offset) {
        runs.add(offset);
        return runs;
    }

    @Override
    public OffsetRuns merge(OffsetRuns one, OffsetRuns other) {
        return one.addAll(other);
    }

    @Override
    public byte[] finish(OffsetRuns runs) {
        return runs.bytes();
    }

    @Override
    public Encoder<OffsetRuns> bufferEncoder() {
        return Encoders.javaSerialization(OffsetRuns.class);
    }

    @Override
    public Encoder<byte[]> outputEncoder() {
        return Encoders.BINARY();
    }
}
