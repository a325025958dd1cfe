package countinghouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Trino's rules show of the archive. */
class TrinoRulesTest {
    /** Fields that say nothing about a person. A new field belongs here or into {@code rules.json}. */
    private static final Set<String> HARMLESS = Set.of(
            "ad_id",
            "attempt",
            "completed",
            "currency",
            "department",
            "device_type",
            "duration_ms",
            "error_class",
            "job_id",
            "offering_id",
            "payee",
            "prefetch",
            "price",
            "priority",
            "quality",
            "revenue",
            "revenue_eligible",
            "state",
            "ticket_class",
            "ticket_id",
            "type",
            "video_id",
            "video_length",
            "view_duration",
            "wait_seconds",
            "workflow_id");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldHideOrMaskEveryFieldThatIsNotHarmless(EventType type) throws IOException {
        Set<String> wanted = new TreeSet<>(Set.of("raw_value"));
        type.dataFields().stream()
                .map(Schema.Field::name)
                .filter(field -> !HARMLESS.contains(field))
                .forEach(wanted::add);
        assertThat(restricted(type.slug())).isEqualTo(wanted);
    }

    /** The columns of a type's archive that an analyst sees not at all or masked. */
    private static Set<String> restricted(String table) throws IOException {
        JsonNode rules = Json.mapper().readTree(Repository.text(Repository.ROOT.resolve("deploy/trino/rules.json")));
        Set<String> columns = new TreeSet<>();
        for (JsonNode rule : rules.get("tables")) {
            if (rule.get("schema").asText().equals("raw")
                    && table.matches(rule.get("table").asText())) {
                for (JsonNode column : rule.get("columns")) {
                    assertThat(column.path("allow").asBoolean(true)).isEqualTo(column.has("mask"));
                    columns.add(column.get("name").asText());
                }
            }
        }
        return columns;
    }
}
