package countinghouse.billing.api;

import countinghouse.billing.invoice.LineJson;
import countinghouse.billing.invoice.PeriodLine;
import countinghouse.billing.report.DailyQuantity;
import countinghouse.billing.report.ReportLevel;
import countinghouse.billing.report.UsageReport;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Usage reports as the API and the commands show them; the level decides what is there. */
public final class UsageReportView {
    private UsageReportView() {}

    /** A report as JSON. */
    public static Map<String, Object> of(UsageReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", report.account());
        json.put("period", report.period());
        json.put("from", report.range().from());
        json.put("to", report.range().to());
        json.put("tier", report.tier().label());
        json.put("level", report.level().label());
        json.put("generation", report.generation().number());
        json.put("closedThrough", report.generation().closedThrough());
        json.put("status", report.closed() ? "closed" : "estimate");
        json.put(
                "lines",
                report.lines().stream().map(line -> line(line, report.level())).toList());
        if (report.level() != ReportLevel.LIMITED) {
            json.put("currency", report.currency());
            json.put("asInvoiced", Map.of("amount", sum(report.lines(), PeriodLine::invoicedAmount)));
            json.put("asKnownNow", Map.of("amount", sum(report.lines(), PeriodLine::knownAmount)));
            json.put("difference", sum(report.lines(), PeriodLine::difference));
        }
        if (report.level() == ReportLevel.FULL) {
            json.put("days", report.days().stream().map(UsageReportView::day).toList());
        }
        return json;
    }

    private static Map<String, Object> line(PeriodLine line, ReportLevel level) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", line.known().item());
        json.put("description", line.known().description());
        json.put("from", line.known().range().from());
        json.put("to", line.known().range().to());
        line.known().metered().ifPresent(metered -> json.put("meter", metered.meter()));
        Map<String, Object> invoiced = new LinkedHashMap<>();
        Map<String, Object> known = new LinkedHashMap<>();
        line.invoicedQuantity().ifPresent(quantity -> invoiced.put("quantity", Decimals.text(quantity)));
        line.known().metered().ifPresent(metered -> known.put("quantity", Decimals.text(metered.quantity())));
        if (level == ReportLevel.FULL || level == ReportLevel.MONTHLY_SUMMARY) {
            invoiced.put("amount", line.invoicedAmount().toPlainString());
            known.put("amount", line.knownAmount().toPlainString());
            json.put("difference", line.difference().toPlainString());
        }
        json.put("asInvoiced", invoiced);
        json.put("asKnownNow", known);
        if (level == ReportLevel.FULL) {
            json.put("content", LineJson.write(line.known()));
        }
        if (level == ReportLevel.LIMITED) {
            line.known().details().stream()
                    .filter(detail -> detail.reference().startsWith("blocked-overage"))
                    .findFirst()
                    .ifPresent(blocked -> json.put("blocked", Decimals.text(blocked.quantity())));
        }
        return json;
    }

    private static Map<String, Object> day(DailyQuantity day) {
        return Map.of(
                "day", day.day().toString(),
                "meter", day.meter(),
                "n", day.n(),
                "quantity", Decimals.text(day.quantity()));
    }

    private static String sum(List<PeriodLine> lines, Function<PeriodLine, BigDecimal> amount) {
        return lines.stream()
                .map(amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }
}
