package countinghouse.billing.books;

import countinghouse.billing.books.Books.Count;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.verify.EvidenceQuery;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.billing.verify.RawEvent;
import countinghouse.billing.verify.RawEventPage;
import countinghouse.billing.verify.RawUsage;
import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Raw events in memory: each count stands for one event with its value. */
public final class RecordedEvents implements EvidenceSource {
    private final List<Count> events = new ArrayList<>();

    public RecordedEvents(List<Count> events) {
        this.events.addAll(events);
    }

    /** Changes the raw archive behind everybody's back. */
    public void replace(int index, Count changed) {
        events.set(index, changed);
    }

    @Override
    public List<RawUsage> usage(ClosedGeneration generation, List<EvidenceQuery> queries) {
        return queries.stream().map(this::usage).toList();
    }

    @Override
    public RawEventPage events(ClosedGeneration generation, EvidenceQuery query, String after, int limit) {
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        List<Count> all = select(query);
        List<RawEvent> page = all.subList(from, Math.min(all.size(), from + limit)).stream()
                .map(count -> new RawEvent(
                        "events.job",
                        0,
                        events.indexOf(count),
                        count.cell(),
                        count.cell(),
                        "event-" + events.indexOf(count),
                        "test",
                        count.account(),
                        new BigDecimal(count.value())))
                .toList();
        int next = from + page.size();
        return new RawEventPage(page, next < all.size() ? Optional.of(Integer.toString(next)) : Optional.empty());
    }

    private RawUsage usage(EvidenceQuery query) {
        long n = 0;
        BigDecimal value = BigDecimal.ZERO;
        Fingerprint fingerprint = Fingerprint.ZERO;
        MessageDigest digest = sha256();
        for (Count count : select(query)) {
            n += count.n();
            value = value.add(new BigDecimal(count.value()));
            fingerprint = fingerprint.plus(count.fingerprint());
            digest.update(count.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new RawUsage(n, value, fingerprint, HexFormat.of().formatHex(digest.digest()));
    }

    private List<Count> select(EvidenceQuery query) {
        return events.stream()
                .filter(count -> count.meter().equals(query.meter()))
                .filter(count -> query.accountDimension()
                        .map(dimension ->
                                count.dimensions().contains("\"%s\":\"%s\"".formatted(dimension, query.account())))
                        .orElse(count.account().equals(query.account())))
                .filter(count -> !count.cell().isBefore(query.range().from())
                        && count.cell().isBefore(query.range().to()))
                .toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {}
}
