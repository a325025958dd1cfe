package countinghouse.batch.gate;

import com.amazon.deequ.repository.ResultKey;
import countinghouse.batch.run.Run;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/** Under which key the metrics of a run's gate are kept. */
final class GateKey {
    private GateKey() {}

    static ResultKey of(String gate, Run run, long closedThroughMs) {
        Map<String, String> none = Map$.MODULE$.empty();
        return new ResultKey(
                closedThroughMs, none.$plus(new Tuple2<>("gate", gate)).$plus(new Tuple2<>("run", run.id())));
    }
}
