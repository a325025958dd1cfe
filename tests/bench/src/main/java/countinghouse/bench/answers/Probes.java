package countinghouse.bench.answers;

import countinghouse.kit.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Posts single events of accounts of their own when they are due, and asks for the account's total until it has the event. Asking every few
 * milliseconds can only overstate the time.
 */
final class Probes {
    private static final String METER = "tickets_served";
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);
    /** Of those that wait long each would ask as often as all that do not: a hundred of them would be the load that they wait for. */
    private static final int LOOKS_PER_WAIT = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MAX_MICROS = PATIENCE.toMillis() * 1000;
    private static final int STORED = 204;
    private static final int OK = 200;

    /** HTTP/2 would put every probe on one connection, which carries a hundred at a time. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI door;
    private final URI api;
    private final String producer;
    private final String analyst;

    Probes(URI door, URI api, String producer, String analyst) {
        this.door = door;
        this.api = api;
        this.producer = producer;
        this.analyst = analyst;
    }

    /**
     * What the probes saw.
     *
     * @param sent events, those of the warm-up included
     * @param sincePost from just before the POST until an answer had the event
     * @param sinceStored from its 204 on
     */
    record Seen(long sent, Histogram sincePost, Histogram sinceStored) {}

    /**
     * Probes.
     *
     * @param startNs when the first is due
     * @param countedFromNs what is sent earlier warms up
     */
    Seen run(int perSecond, int seconds, long startNs, long countedFromNs) {
        Histogram sincePost = new ConcurrentHistogram(MAX_MICROS, 3);
        Histogram sinceStored = new ConcurrentHistogram(MAX_MICROS, 3);
        ExecutorService probes = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        long total = (long) perSecond * seconds;
        try {
            for (long n = 0; n < total; n++) {
                long dueNs = startNs + n * 1_000_000_000 / perSecond;
                await(dueNs);
                String account = "probe-" + n;
                running.add(probes.submit(() -> {
                    long postedNs = System.nanoTime();
                    post(account);
                    long storedNs = System.nanoTime();
                    long seenNs = awaitAnswer(account, 1);
                    if (dueNs >= countedFromNs) {
                        sincePost.recordValue((seenNs - postedNs) / 1000);
                        sinceStored.recordValue((seenNs - storedNs) / 1000);
                    }
                    return null;
                }));
            }
            for (Future<?> probe : running) {
                probe.get();
            }
            return new Seen(total, sincePost, sinceStored);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A probe failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while probing", e);
        } finally {
            probes.shutdownNow();
        }
    }

    private void post(String account) throws IOException, InterruptedException {
        String event = """
                {"specversion":"1.0","type":"ticket.served","source":"bench/probe","id":"%s","subject":"%s","time":"%s",
                "data":{"ticket_id":"T1","offering_id":"passports"}}""".formatted(account, account, Instant.now());
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(door.resolve("/api/v1/events"))
                        .header("Authorization", "Bearer " + producer)
                        .header("Content-Type", "application/cloudevents+json")
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(event))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != STORED) {
            throw new IOException("The door answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    /** When an answer first had the total; an account's, or everybody's if there is none. */
    long awaitAnswer(String account, long total) throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        long endNs = startNs + PATIENCE.toNanos();
        long seen = total(account);
        while (seen != total) {
            if (seen > total || System.nanoTime() > endNs) {
                throw new WrongAnswerException("%s has %d tickets served, but the answer is %d"
                        .formatted(account == null ? "everybody" : account, total, seen));
            }
            long nowNs = System.nanoTime();
            await(nowNs + Math.max(LOOK_INTERVAL.toNanos(), (nowNs - startNs) / LOOKS_PER_WAIT));
            seen = total(account);
        }
        return System.nanoTime();
    }

    private long total(String account) throws IOException, InterruptedException {
        String path = "/api/v1/meters/%s/query%s".formatted(METER, account == null ? "" : "?subject=" + account);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .header("Authorization", "Bearer " + analyst)
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("The API answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        return Json.mapper().readTree(answer.body()).at("/data/0/value").asLong();
    }

    private static void await(long dueNs) {
        for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
