package countinghouse.speed.state;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builders of the stores of heap state. */
public final class HeapStores {
    private static final String METRICS_SCOPE = "heap";

    private HeapStores() {}

    /** A change-logged store around a state of its own per task. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> logged(
            String name, Supplier<? extends RestorableState> state) {
        return builder(name, () -> new HeapStore<>(name, state.get()))
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** The store whose {@link CommitHook} runs before each commit that follows a put. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> tick(String name) {
        return builder(name, () -> new TickStore(name)).withCachingEnabled().withLoggingDisabled();
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(
            String name, Supplier<KeyValueStore<Bytes, byte[]>> innermost) {
        KeyValueBytesStoreSupplier supplier = new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return innermost.get();
            }

            @Override
            public String metricsScope() {
                return METRICS_SCOPE;
            }
        };
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray());
    }
}
