package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peer in Flink needs a class path that is complete only when everything is built; its answer is asked for, never its speed. */
class BenchFlinkTest {
    @TempDir
    private Path state;

    @Test
    void shouldCountInFlinkWhatTheOracleExpects() {
        Countinghouse.Ended ended = new Countinghouse(state)
                .run(
                        "bench",
                        "speed",
                        "--events",
                        "5000",
                        "--samples",
                        "1",
                        "--only",
                        "flink-hashmap,flink-rocksdb",
                        "--json",
                        "-");

        assertThat(ended.status()).as("%s", ended).isZero();
        JsonNode samples = ended.json().get("samples");
        assertThat(samples.findValuesAsText("contestant")).containsExactly("flink-hashmap", "flink-rocksdb");
    }
}
