package countinghouse.bench.flink;

import countinghouse.bench.speed.peer.PeerOptions;
import countinghouse.schemas.EventType;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The peer in Flink: each event once by keyed state, counted by account and cell, written to Redis when a checkpoint asks the sink to flush.
 * Set by Flink's guides to large state and to performance: tuples in place of general objects, object reuse, incremental checkpoints and
 * managed memory for RocksDB. Ids are never expired, which is less work than expiring them.
 */
public final class FlinkMain {
    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(1024);
    private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(128);

    private FlinkMain() {}

    public static void main(String[] arguments) throws Exception {
        PeerOptions options = PeerOptions.parse(arguments);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
        environment.setParallelism(1);
        environment.enableCheckpointing(options.flushIntervalMs(), CheckpointingMode.EXACTLY_ONCE);
        environment
                .fromSource(source(options), WatermarkStrategy.noWatermarks(), "tickets")
                .keyBy(ticket -> ticket.f0, Types.STRING)
                .filter(new FirstOfIdentity())
                .keyBy(ticket -> Tuple2.of(ticket.f1, ticket.f2), Types.TUPLE(Types.STRING, Types.LONG))
                .map(new RunningCount())
                .sinkTo(new RedisSink(options.redis(), options.application()));
        environment.execute(options.application());
    }

    private static KafkaSource<Tuple3<String, String, Long>> source(PeerOptions options) {
        return KafkaSource.<Tuple3<String, String, Long>>builder()
                .setBootstrapServers(options.bootstrapServers())
                .setTopics(EventType.TICKET.topic())
                .setGroupId(options.application())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new TicketSchema(options.registry()))
                .setProperty("partition.discovery.interval.ms", "-1")
                .setProperty("max.poll.records", "5000")
                .build();
    }

    private static Configuration configuration(PeerOptions options) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, options.variant());
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                options.folder().resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(5));
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
        return configuration;
    }
}
