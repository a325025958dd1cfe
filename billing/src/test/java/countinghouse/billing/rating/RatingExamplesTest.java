package countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.rating.example.ExampleReport;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingExamplesTest {
    @Test
    void shouldRateEveryPublishedExampleToTheStatedAmount() throws IOException {
        ExampleReport report = ExampleReport.of(examples());

        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isEqualTo(75);
    }

    @Test
    void shouldFailExactlyTheExampleWhoseAmountWasAltered() throws IOException {
        JsonNode examples = examples();
        for (JsonNode example : examples) {
            JsonNode amount = example.get("expected_amount");
            ((ObjectNode) example).put("expected_amount", "123456.78");

            assertThat(ExampleReport.of(examples).failures()).singleElement().satisfies(failure -> assertThat(
                            failure.id())
                    .isEqualTo(example.path("id").asText()));
            ((ObjectNode) example).set("expected_amount", amount);
        }
    }

    @Test
    void shouldFailAnUnknownParameterOfEveryModel() throws IOException {
        JsonNode examples = examples();
        examples.forEach(example -> {
            ObjectNode params = example.has("params")
                    ? (ObjectNode) example.get("params")
                    : ((ObjectNode) example).putObject("params");
            params.put("surprise", "1");
        });

        assertThat(ExampleReport.of(examples).passed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'barter','quantity':'1','expected_amount':'1'}",
                "{'model':'per_unit','quantity':'1','expected_amount':'1'}",
                "{'model':'per_unit','quantity':true,'params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':['1'],'params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'unit','quantity':'1','params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':'1','params':[],'expected_amount':'0'}",
                "{'model':'per_unit','quantity':'1','params':{'unit_price':'1','rounding':'HALF_DOWN_2'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':'1','params':{'unit_price':'1','events':'2'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':'1','tiers':'1','params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'bucketed_unit','quantity':'1','params':{'unit_price':'1'},'expected_amount':'0'}",
                "{'model':'stairstep','quantity':'1','tiers':[{'flat_price':'1','unit_price':'2'}],'expected_amount':'1'}",
                "{'model':'capacity','quantity':{'x':'1'},'tiers':[{'limits':{'y':'2'},'price':'1'}],'expected_amount':'1'}",
                "{'model':'capacity','quantity':'1','tiers':[{'limits':{'y':'2'},'price':'1'}],'expected_amount':'1'}",
                "{'model':'capacity','quantity':{'x':'1'},'tiers':[{'limits':{'x':'2'},'price':'1','z':'1'}],'expected_amount':'1'}",
                "{'model':'delta_two_units','quantity':{'A':'1'},'params':{'previously_billed':'0'},"
                        + "'tiers':[{'unit':'A','x':'1','tiers':[{'unit_price':'1'}]}],'expected_amount':'1'}",
                "{'model':'delta_two_units','quantity':{'A':'1','B':'2'},'params':{'previously_billed':'0'},"
                        + "'tiers':[{'unit':'A','tiers':[{'unit_price':'1'}]}],'expected_amount':'1'}",
                "{'model':'delta_unit','quantity':'1','params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'delta_unit','quantity':{'billed':'1','cumulative':'2','x':'1'},'params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'min_commit','quantity':'1','params':{'unit_price':'1','minimum':'5','maximum':'4'},'expected_amount':'5'}",
                "{'model':'min_commit_prorated','quantity':'1','params':{'unit_price':'1','minimum':'5','days_used':'32',"
                        + "'days_in_period':'31'},'expected_amount':'5.16'}",
                "{'model':'prorated_graduated','quantity':{'event_units':'1','prorated_units':'1'},'tiers':[{'unit_price':'1'}],"
                        + "'expected_amount':'0'}",
                "{'model':'converted','quantity':'1','params':{'divide_by':'1'},'expected_amount':'1'}",
                "{'model':'min_commit_bucketed','quantity':['1'],'params':{'minimum':'1'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':'one','params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':'1','params':{'unit_price':'1','rounding':'DOWN'},'expected_amount':'1'}",
                "{'model':'per_unit','quantity':'1','params':{'unit_price':'1'},'expected_amount':'1','colour':'red'}",
                "{'model':'per_unit','quantity':'1','tiers':[{}],'params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'allowance','quantity':'1','params':{'free_units':'1','upsell':'x'},'expected_amount':'0'}",
                "{'model':'prorated_volume','quantity':'1','expected_amount':'0'}",
                "{'model':'split_graduated','quantity':'1','tiers':[{'unit_price':'1'}],'expected_amount':'1'}",
                "{'model':'min_commit','quantity':'1','params':{'unit_price':'1'},'expected_amount':'1'}",
                "{'model':'graduated','quantity':'9','tiers':[{'up_to':'5','unit_price':'1'}],'expected_amount':'9'}",
                "{'model':'graduated','quantity':'1','tiers':[],'expected_amount':'0'}",
                "{'model':'tiered_blocks','quantity':'1','tiers':[{'block_size':'1','block_price':'1'}],"
                        + "'params':{'policy':'MIDDLE_TIER'},'expected_amount':'1'}",
                "{'model':'tiered_blocks','quantity':'200','tiers':[{'block_size':'100','max_blocks':null,'block_price':'1'},"
                        + "{'block_size':'100','max_blocks':'10','block_price':'9'}],'params':{'policy':'TOP_TIER'},'expected_amount':'2'}",
                "{'model':'capacity','quantity':{'x':'1'},'tiers':[{'limits':{'x':'2'},'price':'1'},"
                        + "{'limits':{'x':'3','surprise':'1'},'price':'2'}],'expected_amount':'1'}"
            })
    void shouldFailWhatTheEngineDoesNotKnow(String example) throws IOException {
        JsonNode node = Json.mapper().readTree("[" + example.replace('\'', '"') + "]");

        assertThat(ExampleReport.of(node).failures()).hasSize(1);
    }

    @Test
    void shouldFailEverySlipInANameAnywhereBelowParametersAndTiers() throws IOException {
        ArrayNode slips = Json.mapper().createArrayNode();
        for (JsonNode example : examples()) {
            for (String part : List.of("params", "tiers")) {
                objectsBelow(example.path(part), "/" + part)
                        .forEach(pointer -> slipsAt(example, pointer).forEach(slips::add));
            }
        }

        ExampleReport report = ExampleReport.of(slips);

        assertThat(slips.size()).isGreaterThan(500);
        assertThat(report.passed()).isZero();
    }

    /** An example with a name too many at a place, and with each name there misspelt. */
    private static List<JsonNode> slipsAt(JsonNode example, String pointer) {
        List<JsonNode> slips = new ArrayList<>();
        JsonNode oneMore = example.deepCopy();
        ((ObjectNode) oneMore.at(pointer)).put("surprise", "1");
        slips.add(oneMore);
        example.at(pointer).fieldNames().forEachRemaining(name -> {
            JsonNode misspelt = example.deepCopy();
            ObjectNode object = (ObjectNode) misspelt.at(pointer);
            object.set(name + "x", object.remove(name));
            slips.add(misspelt);
        });
        return slips;
    }

    private static List<String> objectsBelow(JsonNode node, String pointer) {
        List<String> found = new ArrayList<>();
        if (node.isObject()) {
            found.add(pointer);
            node.properties()
                    .forEach(member -> found.addAll(objectsBelow(member.getValue(), pointer + "/" + member.getKey())));
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            found.addAll(objectsBelow(node.get(index), pointer + "/" + index));
        }
        return found;
    }

    @Test
    void shouldRateVariationsOfTheExamplesToTheAmountsWorkedOutByHand() throws IOException {
        JsonNode variations = read("/rating-variations.json");
        ExampleReport report = ExampleReport.of(variations);

        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isEqualTo(variations.size());
    }

    private static JsonNode examples() throws IOException {
        return read("/rating-examples.json");
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream file = RatingExamplesTest.class.getResourceAsStream(name)) {
            return Json.mapper().readTree(file);
        }
    }
}
