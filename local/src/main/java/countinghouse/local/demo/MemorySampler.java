package countinghouse.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The largest resident memory that this process and all its descendants had together. Zero where there is no {@code /proc}. */
final class MemorySampler implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final String RESIDENT = "VmRSS:";

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "memory-sampler");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong peakKib = new AtomicLong();

    /** Starts sampling once a second. */
    @SuppressWarnings("FutureReturnValueIgnored") // a sample that fails costs one sample
    static MemorySampler start() {
        MemorySampler sampler = new MemorySampler();
        sampler.executor.scheduleAtFixedRate(sampler::sample, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return sampler;
    }

    long peakMebibytes() {
        return peakKib.get() / 1024;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void sample() {
        ProcessHandle self = ProcessHandle.current();
        long kib = Stream.concat(Stream.of(self), self.descendants())
                .mapToLong(process -> residentKib(process.pid()))
                .sum();
        peakKib.accumulateAndGet(kib, Math::max);
    }

    private static long residentKib(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            // The process ended between the listing and the reading.
            return 0;
        }
    }
}
