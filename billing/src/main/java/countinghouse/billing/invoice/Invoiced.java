package countinghouse.billing.invoice;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier documents of the period charged for the same thing; an adjustment is the whole less this (ADR 0062).
 *
 * @param amount sum of their lines, at the currency's scale
 * @param lines the lines, as {@code DOCUMENT/N}
 */
public record Invoiced(BigDecimal amount, List<String> lines) {
    static final Invoiced NOTHING = new Invoiced(BigDecimal.ZERO, List.of());

    public Invoiced {
        lines = List.copyOf(lines);
    }

    /** What documents charged, by what their lines are about. */
    static Map<LineContent.Key, Invoiced> of(List<Document> before) {
        Map<LineContent.Key, Invoiced> invoiced = new HashMap<>();
        for (Document document : before) {
            for (DocumentLine line : document.lines()) {
                String name = "%s/%d".formatted(document.id(), line.n());
                invoiced.merge(line.content().key(), new Invoiced(line.amount(), List.of(name)), Invoiced::plus);
            }
        }
        return invoiced;
    }

    private Invoiced plus(Invoiced other) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        return new Invoiced(amount.add(other.amount), all);
    }
}
