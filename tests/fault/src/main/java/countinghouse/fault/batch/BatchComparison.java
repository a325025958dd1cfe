package countinghouse.fault.batch;

import countinghouse.fault.load.Load;
import countinghouse.fault.log.EventLog;
import countinghouse.fault.oracle.ExpectedRow;
import countinghouse.fault.oracle.Oracle;
import countinghouse.fault.oracle.RowName;
import countinghouse.fault.report.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The archive, the published counts and the public answers beside what the log says. */
final class BatchComparison {
    /** The API may answer from rows that are a moment old. */
    private static final Duration ANSWERS_LIMIT = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Oracle oracle;
    private final Load load;
    private final EventLog log;
    private final ArchiveComparison archive;
    private final PublishedCounts published;
    private final Answers answers;

    BatchComparison(
            Oracle oracle, Load load, EventLog log, Archive archive, PublishedCounts published, Answers answers) {
        this.oracle = oracle;
        this.load = load;
        this.log = log;
        this.archive = new ArchiveComparison(archive);
        this.published = published;
        this.answers = answers;
    }

    /**
     * @param atLeast where the log ended before the run, which is what the run must have archived
     * @param ends of the log now, at which the load stands still
     */
    Comparison compare(Map<TopicPartition, Long> atLeast, Map<TopicPartition, Long> ends) {
        log.readUpTo(ends, record -> {
            load.acknowledged().seen(record);
            archive.add(record, oracle.content(record));
            oracle.count(record);
        });
        Map<String, String> expected = new HashMap<>();
        expectPublished(expected);
        Map<String, String> found = new HashMap<>(published.rows());
        for (String position : load.acknowledged().lost()) {
            expected.put(position, "acknowledged, so in the log");
        }
        Map<String, String> totals = totals();
        expected.putAll(totals);
        found.putAll(answers(totals));
        return archive.compare(atLeast).plus(Comparison.of(expected, found));
    }

    private void expectPublished(Map<String, String> expected) {
        long closedThroughMs = published.closedThrough().toEpochMilli();
        Map<String, ExpectedRow> rows = new HashMap<>();
        oracle.rows().forEach((name, row) -> {
            if (name.bucketMs() < closedThroughMs) {
                rows.computeIfAbsent(place(name), ignored -> new ExpectedRow()).add(row);
            }
        });
        rows.forEach((place, row) -> expected.put(place, row.text()));
    }

    private static String place(RowName name) {
        String day = Instant.ofEpochMilli(name.bucketMs())
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        return PublishedCounts.place(name.meter(), name.account(), name.cellMs(), day, name.dimensions());
    }

    private Map<String, String> totals() {
        Map<String, ExpectedRow> totals = new HashMap<>();
        oracle.rows().forEach((name, row) -> {
            if (!row.isEstimate()) {
                totals.computeIfAbsent(Answers.place(name.meter(), name.account()), ignored -> new ExpectedRow())
                        .add(row);
            }
        });
        return totals.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, total -> total.getValue()
                .value()));
    }

    private Map<String, String> answers(Map<String, String> totals) {
        TreeSet<String> meters = oracle.rows().entrySet().stream()
                .filter(row -> !row.getValue().isEstimate())
                .map(row -> row.getKey().meter())
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            Awaitility.await().atMost(ANSWERS_LIMIT).pollInterval(POLL).until(() -> answers.totals(meters)
                    .equals(totals));
        } catch (ConditionTimeoutException e) {
            // What they say in the end is compared in any case.
        }
        return answers.totals(meters);
    }
}
