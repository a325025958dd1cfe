package countinghouse.billing.verify;

import countinghouse.billing.TimeRange;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The published counts of the lines of some documents, read with one query per generation, range and dimension. */
final class PublishedLines {
    private final Map<Key, UsageQuantity> quantities = new HashMap<>();

    private PublishedLines() {}

    static PublishedLines read(ClosedUsage usage, List<Document> documents) {
        Map<Selection, Set<String>> accounts = new HashMap<>();
        Map<Selection, Set<String>> meters = new HashMap<>();
        for (Document document : documents) {
            document.lines().forEach(line -> line.content().metered().ifPresent(metered -> {
                Selection selection =
                        Selection.of(document, metered, line.content().range());
                accounts.computeIfAbsent(selection, absent -> new TreeSet<>()).add(document.account());
                meters.computeIfAbsent(selection, absent -> new TreeSet<>()).add(metered.meter());
            }));
        }
        PublishedLines lines = new PublishedLines();
        accounts.forEach((selection, names) -> usage.usage(
                        selection.generation(),
                        new UsageScope(
                                meters.get(selection),
                                Optional.of(names),
                                selection.accountDimension(),
                                selection.range()))
                .forEach(found -> lines.quantities.put(new Key(selection, found.account(), found.meter()), found)));
        return lines;
    }

    /** The published count of a line; none at all is a quantity of zero. */
    UsageQuantity of(Document document, MeteredEvidence metered, TimeRange range) {
        return quantities.getOrDefault(
                new Key(Selection.of(document, metered, range), document.account(), metered.meter()),
                UsageQuantity.none(document.account(), metered.meter()));
    }

    private record Selection(long generation, TimeRange range, Optional<String> accountDimension) {
        private static Selection of(Document document, MeteredEvidence metered, TimeRange range) {
            return new Selection(document.generation(), range, metered.accountDimension());
        }
    }

    private record Key(Selection selection, String account, String meter) {}
}
