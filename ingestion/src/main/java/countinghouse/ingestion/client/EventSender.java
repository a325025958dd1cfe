package countinghouse.ingestion.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Sends CloudEvents to the platform in batches, several at a time. A batch whose outcome is not known is sent again word for word,
 * which is safe because the platform counts an id once.
 */
public final class EventSender implements AutoCloseable {
    private static final String PATH = "/api/v1/events";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int IN_FLIGHT = 4;

    private final Target target;
    private final ExecutorService workers = Executors.newFixedThreadPool(IN_FLIGHT);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * Where to send and how.
     *
     * @param baseUrl the platform's base URL
     * @param token of a principal with the role PRODUCER
     * @param batchSize events in a request, at most
     * @param eventsPerSecond 0 for as fast as possible
     * @param patience how long one batch is sent again before giving up
     */
    public record Target(URI baseUrl, String token, int batchSize, double eventsPerSecond, Duration patience) {
        /** As fast as possible, in batches of 500, with two minutes of patience. */
        public static Target of(URI baseUrl, String token) {
            return new Target(baseUrl, token, 500, 0, Duration.ofMinutes(2));
        }

        /** The same at a rate; a batch is then at most a tenth of a second's events. */
        public Target atRate(double rate) {
            int size = rate <= 0 ? batchSize : (int) Math.max(1, Math.min(batchSize, rate / 10));
            return new Target(baseUrl, token, size, rate, patience);
        }
    }

    public EventSender(Target target) {
        this.target = target;
    }

    /**
     * Sends every event; returns when all are answered.
     *
     * @param events CloudEvents in JSON
     * @param progress told the number of events answered so far, from several threads
     * @throws SendException if the platform refuses the requests, or cannot be reached for the time of patience
     */
    public SendResult send(Iterator<String> events, LongConsumer progress) {
        SendTally tally = new SendTally();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Semaphore slots = new Semaphore(IN_FLIGHT);
        Pace pace = new Pace(target.eventsPerSecond());
        Batches batches = new Batches(events, target.batchSize());
        while (batches.hasNext() && failure.get() == null) {
            Batches.Batch batch = batches.next();
            pace.await(batch.events());
            acquire(slots, 1);
            workers.execute(() -> {
                try {
                    progress.accept(deliver(batch, tally));
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                } finally {
                    slots.release();
                }
            });
        }
        acquire(slots, IN_FLIGHT);
        if (failure.get() != null) {
            throw failure.get();
        }
        return tally.result();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private long deliver(Batches.Batch batch, SendTally tally) {
        long deadline = System.nanoTime() + target.patience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String trouble;
            try {
                HttpResponse<String> response = http.send(request(batch), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 204) {
                    return tally.stored(batch.events());
                }
                JsonNode problem = problemOf(response);
                if (response.statusCode() == 400 && problem.has("quarantined")) {
                    return tally.partly(problem);
                }
                trouble = "%s answered %d: %s"
                        .formatted(
                                target.baseUrl(),
                                response.statusCode(),
                                problem.path("detail").asText("no detail"));
                if (response.statusCode() < 500) {
                    throw new SendException(trouble, false);
                }
            } catch (IOException e) {
                trouble = "Cannot reach %s (%s)".formatted(target.baseUrl(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SendException("Interrupted while sending; sending again is safe", true);
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw new SendException(
                        "%s; gave up after %d s. See that the platform runs (countinghouse status); sending again is safe"
                                .formatted(trouble, target.patience().toSeconds()),
                        true);
            }
            tally.retried();
            LockSupport.parkNanos(pause.toNanos());
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    private HttpRequest request(Batches.Batch batch) {
        return HttpRequest.newBuilder(target.baseUrl().resolve(PATH))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/cloudevents-batch+json")
                .header("Authorization", "Bearer " + target.token())
                .POST(HttpRequest.BodyPublishers.ofString(batch.body()))
                .build();
    }

    private static JsonNode problemOf(HttpResponse<String> response) {
        try {
            return Json.mapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode();
        }
    }

    private static void acquire(Semaphore slots, int permits) {
        slots.acquireUninterruptibly(permits);
    }
}
