package countinghouse.bench.flink;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/** How many events the key, an account and a cell, has by now: account, start of the cell in ms, count. */
final class RunningCount extends RichMapFunction<Tuple3<String, String, Long>, Tuple3<String, Long, Long>> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Long> count;

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public Tuple3<String, Long, Long> map(Tuple3<String, String, Long> ticket) throws IOException {
        Long before = count.value();
        long now = before == null ? 1 : before + 1;
        count.update(now);
        return Tuple3.of(ticket.f1, ticket.f2, now);
    }
}
