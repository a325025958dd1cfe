package countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.rating.example.ExampleReport;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.InputStream;
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
                        + "'params':{'policy':'MIDDLE_TIER'},'expected_amount':'1'}"
            })
    void shouldFailWhatTheEngineDoesNotKnow(String example) throws IOException {
        JsonNode node = Json.mapper().readTree("[" + example.replace('\'', '"') + "]");

        assertThat(ExampleReport.of(node).failures()).hasSize(1);
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
