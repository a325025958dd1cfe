package countinghouse.publication;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.local.demo.ApiClient;
import countinghouse.publication.ExpectedTotals.Place;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Threads that read the totals of every account through the public API without a pause, and note each that cannot be right. */
final class TotalsReaders implements AutoCloseable {
    private static final int THREADS = 2;
    /** The same totals read from sums, and from rows in windows. */
    private static final List<String> FORMS = List.of("?groupBy=subject", "?groupBy=subject&windowSize=DAY");

    private final ApiClient api;
    private final ExpectedTotals expected;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong totals = new AtomicLong();
    private final AtomicLong exact = new AtomicLong();
    private final ReentrantReadWriteLock pause = new ReentrantReadWriteLock(true);
    private volatile long lastGeneration;
    private volatile boolean stopping;

    TotalsReaders(ApiClient api, ExpectedTotals expected) {
        this.api = api;
        this.expected = expected;
        for (int thread = 0; thread < THREADS; thread++) {
            threads.execute(this::readOn);
        }
    }

    /** Every total that was not the oracle's, and every answer that said it was not whole. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Totals read. */
    long totals() {
        return totals.get();
    }

    /** Totals read of which only one value was right. */
    long exact() {
        return exact.get();
    }

    /** The generation of the last answer; 0 if it had none. */
    long lastGeneration() {
        return lastGeneration;
    }

    /** Does something that readers are to see nothing of. */
    void unseen(Runnable action) {
        pause.writeLock().lock();
        try {
            action.run();
        } finally {
            pause.writeLock().unlock();
        }
    }

    private void readOn() {
        while (!stopping) {
            for (String meter : EventStream.METERS) {
                for (String form : FORMS) {
                    pause.readLock().lock();
                    try {
                        read(meter, form);
                    } catch (RuntimeException e) {
                        wrong.add("%s%s was not answered: %s".formatted(meter, form, e));
                    } finally {
                        pause.readLock().unlock();
                    }
                }
            }
        }
    }

    private void read(String meter, String form) {
        Map<Place, BigDecimal> atLeast = new HashMap<>();
        expected.all().keySet().stream()
                .filter(place -> place.meter().equals(meter))
                .forEach(place -> atLeast.put(place, expected.seen(place)));
        JsonNode answer = api.get("/api/v1/meters/" + meter + "/query" + form);
        Map<Place, BigDecimal> read = new HashMap<>();
        answer.get("data")
                .forEach(row -> read.merge(
                        new Place(meter, row.get("subject").asText()),
                        row.get("value").decimalValue(),
                        BigDecimal::add));
        lastGeneration = answer.path("generation").asLong();
        if (answer.get("partial").asBoolean()) {
            wrong.add("%s%s was partial: %s".formatted(meter, form, answer.get("missing")));
        }
        atLeast.keySet().forEach(place -> read.putIfAbsent(place, BigDecimal.ZERO));
        read.forEach((place, total) -> judge(place, form, atLeast.getOrDefault(place, BigDecimal.ZERO), total));
    }

    private void judge(Place place, String form, BigDecimal atLeast, BigDecimal total) {
        BigDecimal atMost = expected.sent(place);
        totals.incrementAndGet();
        if (atLeast.compareTo(atMost) == 0) {
            exact.incrementAndGet();
        }
        if (total.compareTo(atLeast) < 0 || total.compareTo(atMost) > 0) {
            wrong.add("%s%s was %s in generation %d, and can only be from %s to %s"
                    .formatted(place, form, total, lastGeneration, atLeast, atMost));
        } else {
            expected.see(place, total);
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
