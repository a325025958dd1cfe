package countinghouse.metering.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.metering.history.HistoryRules;
import countinghouse.metering.identity.Sha256;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.meter.MeterYaml;
import countinghouse.metering.network.NetworkList;
import countinghouse.metering.rules.ViewRules;
import countinghouse.metering.rules.ViewRulesYaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code counting.yaml} and the documents that it names. */
final class ScheduleYaml {
    /** The effective-from of the first version. */
    static final String BEGINNING = "beginning";

    /** A schedule may do without the list of networks; its pins are then as they were before there was one. */
    private static final String NETWORKS = "networks";

    private static final List<String> DOCUMENTS = List.of("meters", "rules", "userAgents", NETWORKS);
    private static final Set<String> KEYS =
            Set.of("version", "effectiveFrom", "meters", "rules", "userAgents", NETWORKS);

    private final CountingDocuments documents;
    private final List<CountingVersion> versions = new ArrayList<>();
    private final Map<String, String> named = new TreeMap<>();

    private ScheduleYaml(CountingDocuments documents) {
        this.documents = documents;
    }

    static CountingSchedule read(CountingDocuments documents) {
        ScheduleYaml reader = new ScheduleYaml(documents);
        reader.list().forEach(reader::add);
        return new CountingSchedule(reader.versions);
    }

    private JsonNode list() {
        String text = documents
                .find(CountingDocuments.SCHEDULE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The configuration has no document '%s'".formatted(CountingDocuments.SCHEDULE)));
        JsonNode list;
        try {
            list = new YAMLMapper().readTree(text).path("versions");
        } catch (JsonProcessingException e) {
            throw invalid("is no YAML: %s".formatted(e.getOriginalMessage()), e);
        }
        if (!list.isArray() || list.isEmpty()) {
            throw invalid("has no 'versions'", null);
        }
        return list;
    }

    private void add(JsonNode node) {
        int number = versions.size() + 1;
        if (node.path("version").asInt() != number) {
            throw invalid(
                    "lists version '%s' where %d must stand: number them from 1 without gaps"
                            .formatted(node.path("version").asText(), number),
                    null);
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw invalid("has an unknown key '%s' in version %d".formatted(key, number), null);
            }
        });
        long effectiveFromMs = effectiveFrom(node, number);
        StringBuilder content = new StringBuilder();
        for (String key : DOCUMENTS) {
            if (node.has(key)) {
                named.put(key, document(number, key, node.get(key).asText()));
            }
            if (!named.containsKey(key) && key.equals(NETWORKS)) {
                continue;
            }
            if (!named.containsKey(key)) {
                throw invalid("gives version %d no '%s'".formatted(number, key), null);
            }
            content.append(key).append('\n').append(named.get(key)).append('\n');
        }
        VersionPin pin =
                new VersionPin(number, effectiveFromMs, HexFormat.of().formatHex(Sha256.of(content.toString())));
        try {
            CountingVersion version = new CountingVersion(
                    pin,
                    meters(named.get("meters")),
                    ViewRulesYaml.read(named.get("rules"), named.get("userAgents")),
                    named.containsKey(NETWORKS) ? NetworkList.read(named.get(NETWORKS)) : NetworkList.NONE);
            requireCompatible(version);
            versions.add(version);
        } catch (IllegalArgumentException e) {
            throw invalid("has a faulty version %d: %s".formatted(number, e.getMessage()), e);
        }
    }

    private static MeterCatalog meters(String yaml) {
        try {
            return MeterYaml.read(new ByteArrayInputStream(yaml.getBytes(UTF_8)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the meters are no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String document(int number, String key, String name) {
        return documents
                .find(name)
                .orElseThrow(() -> invalid(
                        "names '%s' as '%s' of version %d, and there is no such document".formatted(name, key, number),
                        null));
    }

    private long effectiveFrom(JsonNode node, int number) {
        String text = node.path("effectiveFrom").asText();
        boolean isFirst = number == 1;
        if (isFirst != text.equals(BEGINNING)) {
            throw invalid(
                    "makes version %d effective from '%s'; the first version, and no other, is effective from the %s"
                            .formatted(number, text, BEGINNING),
                    null);
        }
        if (isFirst) {
            return VersionPin.BEGINNING;
        }
        long effectiveFromMs;
        try {
            effectiveFromMs = Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw invalid(
                    "makes version %d effective from '%s', which is no instant such as 2030-01-31T00:00:00Z"
                            .formatted(number, text),
                    e);
        }
        long previousMs = versions.get(number - 2).pin().effectiveFromMs();
        if (effectiveFromMs <= previousMs) {
            throw invalid(
                    "makes version %d effective from %s, not after version %d".formatted(number, text, number - 1),
                    null);
        }
        return effectiveFromMs;
    }

    /** Rows of all versions are merged, and windows of all versions are one window. */
    private void requireCompatible(CountingVersion added) {
        for (CountingVersion earlier : versions) {
            for (Meter meter : added.meters().meters()) {
                earlier.meters().meter(meter.slug()).ifPresent(before -> requireSameKind(before, meter));
            }
            requireSameLookBack(earlier.rules(), added.rules());
        }
    }

    private static void requireSameKind(Meter before, Meter after) {
        if (before.aggregation() != after.aggregation() || !before.eventType().equals(after.eventType())) {
            throw new IllegalArgumentException(
                    "the meter '%s' was %s of %s and is %s of %s; give the new meter another slug"
                            .formatted(
                                    before.slug(),
                                    before.aggregation(),
                                    before.eventType(),
                                    after.aggregation(),
                                    after.eventType()));
        }
    }

    private static void requireSameLookBack(ViewRules before, ViewRules after) {
        HistoryRules earlier = before.history();
        HistoryRules later = after.history();
        if (!earlier.isEmpty() && !later.isEmpty() && earlier.lookBackMs() != later.lookBackMs()) {
            throw new IllegalArgumentException("the look-back of history rules was %d ms and is %d ms; it cannot change"
                    .formatted(earlier.lookBackMs(), later.lookBackMs()));
        }
    }

    private static IllegalArgumentException invalid(String what, Exception cause) {
        return new IllegalArgumentException("%s %s".formatted(CountingDocuments.SCHEDULE, what), cause);
    }
}
