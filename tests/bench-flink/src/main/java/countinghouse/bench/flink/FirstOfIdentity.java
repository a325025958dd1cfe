package countinghouse.bench.flink;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/** Lets the first event of the key, its identity, pass. */
final class FirstOfIdentity extends RichFilterFunction<Tuple3<String, String, Long>> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Boolean> seen;

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
    }

    @Override
    public boolean filter(Tuple3<String, String, Long> ticket) throws IOException {
        if (seen.value() != null) {
            return false;
        }
        seen.update(true);
        return true;
    }
}
