package countinghouse.speed.topology;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.speed.dedup.DedupMemory;
import countinghouse.speed.state.CommitHook;
import countinghouse.speed.state.StateOf;
import countinghouse.speed.topology.DeathPlan.Step;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The real processor, killed as a plan says; in the wrong variant it is flushed by a punctuator instead of by the commit. */
final class MortalProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration PUNCTUATION = Duration.ofMillis(200);

    /** Who calls the flush. */
    enum FlushedBy {
        COMMIT,
        PUNCTUATOR
    }

    private final CountingProcessor processor;
    private final DeathPlan plan;
    private final FlushedBy flushedBy;

    private MortalProcessor(DeathPlan plan, FlushedBy flushedBy) {
        this.plan = plan;
        this.flushedBy = flushedBy;
        processor = SpeedTopology.processor(
                CountingSchedule.standard(),
                new FixedSchemas(),
                new SpeedMetrics(new SimpleMeterRegistry()),
                MeteredAmounts.untold(),
                Tracing.off());
    }

    static Topology topology(CountingConfig counting, DeathPlan plan, FlushedBy flushedBy) {
        return SpeedTopology.around(
                counting, new DedupMemory(1 << 20, Path.of("unused")), () -> new MortalProcessor(plan, flushedBy));
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        processor.init(withMortalCounts(context));
        CommitHook hook = StateOf.in(context.getStateStore(SpeedTopology.TICK), CommitHook.class);
        if (flushedBy == FlushedBy.COMMIT) {
            hook.connect(this::flush);
        } else {
            hook.connect(() -> {});
            context.schedule(PUNCTUATION, PunctuationType.WALL_CLOCK_TIME, now -> {
                flush();
                context.commit();
            });
        }
    }

    /** The context, but a write of a count may kill: that of the ids has happened by then. */
    @SuppressWarnings("unchecked")
    private ProcessorContext<byte[], byte[]> withMortalCounts(ProcessorContext<byte[], byte[]> context) {
        KeyValueStore<?, ?> counts = context.getStateStore(SpeedTopology.COUNTS);
        KeyValueStore<?, ?> mortal = proxy(KeyValueStore.class, counts, (method, arguments) -> {
            if (method.equals("put")) {
                plan.reach(Step.MID_FLUSH);
            }
            return null;
        });
        return proxy(
                ProcessorContext.class,
                context,
                (method, arguments) ->
                        method.equals("getStateStore") && arguments[0].equals(SpeedTopology.COUNTS) ? mortal : null);
    }

    /** Answers instead of the real object unless it answers null. */
    @FunctionalInterface
    private interface Answer {
        Object of(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Object real, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object own = answer.of(method.getName(), arguments);
                    try {
                        return own == null ? method.invoke(real, arguments) : own;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void flush() {
        processor.flush();
        plan.reach(Step.AFTER_FLUSH);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        plan.reach(Step.BEFORE_PROCESS);
        processor.process(record);
        plan.reach(Step.AFTER_PROCESS);
    }

    @Override
    public void close() {
        processor.close();
    }
}
