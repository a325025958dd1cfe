package countinghouse.serving.query;

import countinghouse.kit.http.ZoneText;
import countinghouse.metering.meter.Aggregation;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.CountGroup;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.merge.MergedValue;
import countinghouse.serving.scope.TimeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to a meter query, as JSON in OpenMeter's shape or as CSV. */
final class MeterAnswer {
    private final CountQuery query;
    private final CountAnswer answer;
    private final Aggregation aggregation;

    MeterAnswer(CountQuery query, CountAnswer answer) {
        this.query = query;
        this.answer = answer;
        this.aggregation = query.meter().aggregation();
    }

    Reply json() {
        Map<String, Object> body = new LinkedHashMap<>();
        TimeRange range = query.range();
        body.put("meter", query.meter().slug());
        body.put("from", range.hasStart() ? Instant.ofEpochMilli(range.fromMs()) : null);
        body.put("to", range.hasEnd() ? Instant.ofEpochMilli(range.toMs()) : null);
        body.put("windowSize", query.windows() == null ? null : query.windows().size());
        body.put(
                "windowTimeZone",
                query.windows() == null ? null : ZoneText.of(query.windows().zone()));
        List<Map<String, Object>> rows = new ArrayList<>();
        groups().forEach(group -> rows.add(row(group)));
        body.put("data", rows);
        body.putAll(FreshnessFields.of(aggregation, answer));
        if (answer.groups().isEmpty()) {
            body.put("explanation", explanation());
        }
        return Reply.json(body);
    }

    Reply csv() {
        List<String> header = new ArrayList<>(List.of("from", "to"));
        header.addAll(columns());
        header.add("value");
        Csv csv = new Csv().line(header);
        groups().forEach(group -> csv.line(cells(group)));
        Map<String, String> headers = new LinkedHashMap<>();
        FreshnessFields.of(aggregation, answer)
                .forEach((name, value) -> headers.put("Countinghouse-" + name, String.valueOf(value)));
        return new Reply("text/csv; charset=utf-8", headers, csv.text());
    }

    private Map<String, Object> row(CountGroup group) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("value", value(group));
        row.put("windowStart", Instant.ofEpochMilli(group.startMs()));
        row.put("windowEnd", Instant.ofEpochMilli(group.endMs()));
        row.put("subject", group.account());
        row.put("customerId", null);
        row.put("groupBy", group.dimensions());
        return row;
    }

    private List<String> cells(CountGroup group) {
        List<String> cells = new ArrayList<>();
        cells.add(Instant.ofEpochMilli(group.startMs()).toString());
        cells.add(Instant.ofEpochMilli(group.endMs()).toString());
        for (String name : columns()) {
            cells.add(
                    name.equals(CountQuery.SUBJECT)
                            ? group.account()
                            : group.dimensions().get(name));
        }
        BigDecimal value = value(group);
        cells.add(value == null ? null : value.toPlainString());
        return cells;
    }

    /** The subject comes first, wherever it was asked for, as OpenMeter writes it. */
    private List<String> columns() {
        return query.groupBy().stream()
                .distinct()
                .sorted(Comparator.comparing(name -> !name.equals(CountQuery.SUBJECT)))
                .toList();
    }

    private BigDecimal value(CountGroup group) {
        return FreshnessFields.number(group.count().value(aggregation));
    }

    /** A question for a single number gets a number: no usage is a count of 0, not an absence. */
    private List<CountGroup> groups() {
        boolean single = query.windows() == null && query.groupBy().isEmpty();
        boolean zero = aggregation != Aggregation.MIN && aggregation != Aggregation.MAX;
        if (!answer.groups().isEmpty() || !single || !zero) {
            return answer.groups();
        }
        long startMs = query.range().hasStart() ? query.range().fromMs() : 0;
        long endMs = query.range().hasEnd()
                ? query.range().toMs()
                : answer.freshness().asOfMs();
        return List.of(new CountGroup(null, Map.of(), startMs, endMs, MergedValue.NONE));
    }

    private String explanation() {
        return "No usage of the meter '%s' has been counted for %s in this range"
                .formatted(
                        query.meter().slug(),
                        query.accounts().all()
                                ? "any account"
                                : "the accounts "
                                        + query.accounts().names().stream()
                                                .sorted()
                                                .toList());
    }
}
