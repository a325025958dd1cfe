package countinghouse.metering.meter;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class MeterEvaluatorTest {
    private static final long AT = 1_800_000_123_456L;

    private final MeterEvaluator evaluator = CountingSchedule.standard().evaluatorAt(0);

    @Test
    void shouldCountABillableViewForItsVideo() {
        ViewEvent view = viewBuilder().setViewDuration(42).build();
        assertThat(contributions(EventType.VIEW, view))
                .containsExactlyInAnyOrder(
                        "views {\"video_id\":\"v-1\"} 1",
                        "billable_views {\"video_id\":\"v-1\"} 1",
                        "unique_viewers {\"video_id\":\"v-1\"} UniqueItem[text=u-1]",
                        "watch_seconds {\"video_id\":\"v-1\"} 42");
    }

    @Test
    void shouldCountAnExcludedViewUnderItsReason() {
        ViewEvent view = viewBuilder().setPrefetch(true).build();
        assertThat(contributions(EventType.VIEW, view))
                .containsExactlyInAnyOrder(
                        "views {\"video_id\":\"v-1\"} 1",
                        "unique_viewers {\"video_id\":\"v-1\"} UniqueItem[text=u-1]",
                        "excluded_views {\"exclusion_reason\":\"prefetch\"} 1");
    }

    @Test
    void shouldCountAdsForTheAdvertiserAndNameThePayee() {
        AdEvent ad = AdEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("advertiser")
                .setOccurredAtMs(AT)
                .setAdId("ad")
                .setVideoId("v-1")
                .setPayee("creator")
                .setRevenue(new BigDecimal("0.020000000"))
                .build();
        assertThat(contributions(EventType.AD, ad))
                .containsExactlyInAnyOrder(
                        "ad_impressions {\"payee\":\"creator\",\"video_id\":\"v-1\"} 1",
                        "ad_revenue {\"payee\":\"creator\",\"video_id\":\"v-1\"} 0.02");
    }

    @Test
    void shouldCountTicketsByState() {
        TicketEvent.Builder ticket = TicketEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("organiser")
                .setOccurredAtMs(AT)
                .setTicketId("t")
                .setOfferingId("show")
                .setPrice(new BigDecimal("12.500000000"));
        assertThat(contributions(EventType.TICKET, ticket.setState("paid").build()))
                .containsExactlyInAnyOrder(
                        "tickets_sold {\"offering_id\":\"show\"} 1", "ticket_revenue {\"offering_id\":\"show\"} 12.5");
        assertThat(contributions(EventType.TICKET, ticket.setState("served").build()))
                .containsExactly("tickets_served {\"offering_id\":\"show\"} 1");
        assertThat(contributions(EventType.TICKET, ticket.setState("created").build()))
                .isEmpty();
    }

    @Test
    void shouldCountJobSecondsExactlyFromMilliseconds() {
        JobEvent job = JobEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("customer")
                .setOccurredAtMs(AT)
                .setState("succeeded")
                .setJobId("j")
                .setWorkflowId("w")
                .setDurationMs(1_234L)
                .build();
        assertThat(contributions(EventType.JOB, job))
                .containsExactlyInAnyOrder(
                        "jobs_completed {\"workflow_id\":\"w\"} 1", "job_seconds {\"workflow_id\":\"w\"} 1.234");
    }

    @Test
    void shouldMeterACustomTypeByConfigurationAlone() {
        CustomEvent answer = custom("quiz.answer.submitted", Map.of("quiz_id", "q-\"1\""));
        assertThat(contributions(EventType.CUSTOM, answer))
                .containsExactly("quiz_answers {\"quiz_id\":\"q-\\\"1\\\"\"} 1");
        assertThat(contributions(EventType.CUSTOM, custom("other", Map.of()))).isEmpty();
    }

    @Test
    void shouldNameALongDimensionByItsBeginningAndItsHash() {
        CustomEvent answer = custom("quiz.answer.submitted", Map.of("quiz_id", "q".repeat(129)));
        assertThat(contributions(EventType.CUSTOM, answer).get(0))
                .startsWith("quiz_answers {\"quiz_id\":\"" + "q".repeat(32) + "#")
                .hasSizeLessThan(160);
    }

    private List<String> contributions(EventType type, SpecificRecordBase record) {
        Event event = new AvroEvents(type).event(record);
        List<String> contributions = new ArrayList<>();
        evaluator.contributions(event, (meter, account, dimensions, cellMs, contribution) -> {
            assertThat(account).isEqualTo(event.account());
            assertThat(cellMs)
                    .isEqualTo(AT - AT % meter.aggregation().cellWidth().toMillis());
            contributions.add(meter.slug() + " " + dimensions + " "
                    + (contribution instanceof Quantity quantity ? Decimals.text(quantity.number()) : contribution));
        });
        return contributions;
    }

    private static ViewEvent.Builder viewBuilder() {
        return ViewEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("creator")
                .setOccurredAtMs(AT)
                .setVideoId("v-1")
                .setUserId("u-1");
    }

    private static CustomEvent custom(String type, Map<String, String> data) {
        return CustomEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("host")
                .setOccurredAtMs(AT)
                .setType(type)
                .setData(data)
                .build();
    }
}
