package countinghouse.serving.batchview;

import countinghouse.serving.scope.Accounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/**
 * Asks once for all who want the same of different accounts at about the same time (ADR 0146). While a statement is under way, what is asked
 * gathers for the next one, and statements for the same begin no more often than a pace: a lone reader waits for nobody, and the more ask, the
 * less each costs (ADR 0163).
 */
final class GatheredReads implements AutoCloseable {
    /** Accounts of one statement: more would keep the first of them waiting. */
    private static final int MOST_ACCOUNTS = 256;

    private static final int STATEMENTS_AT_A_TIME = 2;
    /** A statement costs as much as ten accounts in it, so some that come within this time are worth waiting for. */
    private static final Duration PACE = Duration.ofMillis(2);

    private final BiFunction<Long, BatchQuery, List<BatchRow>> reading;
    private final ExecutorService threads = Executors.newFixedThreadPool(STATEMENTS_AT_A_TIME, task -> {
        Thread thread = new Thread(task, "gathered-reads");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Question, Map<String, CompletableFuture<List<BatchRow>>>> waiting = new LinkedHashMap<>();
    private final long paceNanos;
    private int underWay;
    /** Whether a thread waits until it may begin: whatever comes is for it. */
    private boolean resting;

    private Question lastQuestion;
    private long lastBegunNanos;

    /** What is asked of each account, of one generation. */
    private record Question(long generation, BatchQuery ofNobody) {}

    private record Statement(Question question, Map<String, CompletableFuture<List<BatchRow>>> answers) {}

    /** @param reading the rows that a generation has for a query; blocks */
    GatheredReads(BiFunction<Long, BatchQuery, List<BatchRow>> reading) {
        this(reading, PACE);
    }

    GatheredReads(BiFunction<Long, BatchQuery, List<BatchRow>> reading, Duration pace) {
        this.reading = reading;
        this.paceNanos = pace.toNanos();
    }

    /** Whether a query can be asked together with others. */
    static boolean canGather(BatchQuery query) {
        return !query.accounts().all() && query.accounts().names().size() == 1;
    }

    /** The rows of a query about one account; fails as the reading does. */
    CompletableFuture<List<BatchRow>> read(long generation, BatchQuery query) {
        String account = query.accounts().names().iterator().next();
        Question question = new Question(generation, query.of(Accounts.only(Set.of()), query.byAccount()));
        boolean startsStatement;
        CompletableFuture<List<BatchRow>> answer;
        synchronized (waiting) {
            answer = waiting.computeIfAbsent(question, first -> new LinkedHashMap<>())
                    .computeIfAbsent(account, first -> new CompletableFuture<>());
            startsStatement = underWay < STATEMENTS_AT_A_TIME && !resting;
            if (startsStatement) {
                underWay++;
            }
        }
        if (startsStatement) {
            threads.execute(this::readWhatWaits);
        }
        return answer;
    }

    private void readWhatWaits() {
        for (Statement next = next(); next != null; next = next()) {
            ask(next);
        }
    }

    private Statement next() {
        long rest = beginRest();
        if (rest > 0) {
            LockSupport.parkNanos(rest);
        }
        synchronized (waiting) {
            resting = resting && rest == 0;
            if (resting) {
                // What waits is for the other one.
                underWay--;
                return null;
            }
            Iterator<Map.Entry<Question, Map<String, CompletableFuture<List<BatchRow>>>>> questions =
                    waiting.entrySet().iterator();
            if (!questions.hasNext()) {
                underWay--;
                return null;
            }
            Map.Entry<Question, Map<String, CompletableFuture<List<BatchRow>>>> longestWaiting = questions.next();
            lastQuestion = longestWaiting.getKey();
            lastBegunNanos = System.nanoTime();
            Map<String, CompletableFuture<List<BatchRow>>> taken = new LinkedHashMap<>();
            Iterator<Map.Entry<String, CompletableFuture<List<BatchRow>>>> accounts =
                    longestWaiting.getValue().entrySet().iterator();
            while (accounts.hasNext() && taken.size() < MOST_ACCOUNTS) {
                Map.Entry<String, CompletableFuture<List<BatchRow>>> account = accounts.next();
                taken.put(account.getKey(), account.getValue());
                accounts.remove();
            }
            if (longestWaiting.getValue().isEmpty()) {
                questions.remove();
            }
            return new Statement(longestWaiting.getKey(), taken);
        }
    }

    /** How long to wait before the next statement; 0 if it may begin now, or if another thread waits already. */
    private long beginRest() {
        synchronized (waiting) {
            if (resting || waiting.isEmpty()) {
                return 0;
            }
            var longestWaiting = waiting.entrySet().iterator().next();
            long rest = lastBegunNanos + paceNanos - System.nanoTime();
            if (rest <= 0
                    || !longestWaiting.getKey().equals(lastQuestion)
                    || longestWaiting.getValue().size() >= MOST_ACCOUNTS) {
                return 0;
            }
            resting = true;
            return rest;
        }
    }

    private void ask(Statement statement) {
        BatchQuery each = statement.question.ofNobody;
        Map<String, List<BatchRow>> rows = new HashMap<>();
        try {
            BatchQuery together = each.of(Accounts.only(statement.answers.keySet()), true);
            for (BatchRow row : reading.apply(statement.question.generation, together)) {
                rows.computeIfAbsent(row.account(), first -> new ArrayList<>(1))
                        .add(each.byAccount() ? row : row.ofNobody());
            }
        } catch (RuntimeException e) {
            statement.answers.values().forEach(answer -> answer.completeExceptionally(e));
            return;
        }
        statement.answers.forEach((account, answer) -> answer.complete(rows.getOrDefault(account, List.of())));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
