package countinghouse.ingestion.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.access.AccessRole;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.registry.TestRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A real door with a real broker and a registry behind it, and a producer's token to it. */
public final class OpenDoor implements AutoCloseable {
    private final TestBroker broker;
    private final TestRegistry registry;
    private final TestDoor door;
    private final String token;

    private OpenDoor(TestBroker broker, TestRegistry registry, Map<String, String> settings) {
        this.broker = broker;
        this.registry = registry;
        this.door = TestDoor.start(broker.bootstrapServers(), registry.url(), settings);
        this.token = door.token(AccessRole.PRODUCER);
    }

    public static OpenDoor start(Path folder) throws Exception {
        return start(folder, Map.of());
    }

    /** Starts with some more settings of the door. */
    public static OpenDoor start(Path folder, Map<String, String> settings) throws Exception {
        return new OpenDoor(TestBroker.start(folder), TestRegistry.start(), settings);
    }

    public TestBroker broker() {
        return broker;
    }

    public TestRegistry registry() {
        return registry;
    }

    public TestDoor door() {
        return door;
    }

    public String token() {
        return token;
    }

    /** Posts as the producer. */
    public HttpResponse<String> post(Map<String, String> headers, byte[] body) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return door.post(body, all);
    }

    /** What is in a topic under an account. */
    public List<ConsumerRecord<byte[], byte[]>> keyed(String topic, String account) {
        return TestLog.read(broker.bootstrapServers(), topic).stream()
                .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals(account))
                .toList();
    }

    @Override
    public void close() {
        door.close();
        registry.close();
        broker.close();
    }
}
