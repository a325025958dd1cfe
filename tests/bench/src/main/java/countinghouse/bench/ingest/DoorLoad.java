package countinghouse.bench.ingest;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Posts batches when they are due, whatever the door does; a batch that no connection is free for waits, and its wait counts. A batch that is
 * answered with anything but 204 is posted again until it is stored, and the refusals are counted.
 */
public final class DoorLoad {
    private static final long MAX_MICROS = 300_000_000;
    private static final int UNAVAILABLE = 503;
    private static final int STORED = 204;
    private static final long RETRY_NANOS = 50_000_000;

    private final URI door;
    private final String token;
    private final int connections;
    private final TicketBatches batches;

    public DoorLoad(URI door, String token, int connections, TicketBatches batches) {
        this.door = door;
        this.token = token;
        this.connections = connections;
        this.batches = batches;
    }

    /**
     * What a run of load saw.
     *
     * @param seconds from when the first batch was due until the last was answered
     * @param micros from when a batch was due until it was stored
     * @param refused answers 503
     */
    public record Seen(long events, double seconds, Histogram micros, long refused) {
        public double eventsPerSecond() {
            return events / seconds;
        }
    }

    /**
     * Sends batches {@code first} and up.
     *
     * @param eventsPerSecond 0 for all at once
     */
    public Seen run(long first, long count, double eventsPerSecond) {
        AtomicLong next = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        Histogram micros = new ConcurrentHistogram(MAX_MICROS, 3);
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        long start = System.nanoTime();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(senders.submit(() -> {
                    try (DoorConnection connection = new DoorConnection(door, token)) {
                        for (long batch = next.getAndIncrement(); batch < count; batch = next.getAndIncrement()) {
                            byte[] body = batches.body(first + batch);
                            long due = due(start, batch, eventsPerSecond);
                            await(due);
                            refused.addAndGet(store(connection, body));
                            micros.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - due) / 1000));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> sender : running) {
                sender.get();
            }
            return new Seen(count * batches.size(), (System.nanoTime() - start) / 1e9, micros, refused.get());
        } catch (ExecutionException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "The load failed (%s)".formatted(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while sending", e);
        } finally {
            senders.shutdownNow();
        }
    }

    private long due(long start, long batch, double eventsPerSecond) {
        return eventsPerSecond == 0 ? start : start + (long) (batch * batches.size() * 1e9 / eventsPerSecond);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long store(DoorConnection connection, byte[] body) throws IOException {
        long refused = 0;
        int status = connection.post(body);
        while (status == UNAVAILABLE) {
            refused++;
            LockSupport.parkNanos(RETRY_NANOS);
            status = connection.post(body);
        }
        if (status != STORED) {
            throw new IOException("a batch of valid events was answered with " + status);
        }
        return refused;
    }
}
