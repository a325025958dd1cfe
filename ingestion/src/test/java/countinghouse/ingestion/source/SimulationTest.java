package countinghouse.ingestion.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.ingestion.source.SentEvent.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final SimulatedDay DAY =
            SimulatedDay.endingAtLastFullHour(Clock.fixed(Instant.parse("2026-11-21T08:59:00Z"), ZoneOffset.UTC));

    @Test
    void shouldSendExactlyTheWantedNumberOfEventsTheSameForTheSameSeed() {
        List<SentEvent> first = all(Sources.simulation(7, 5_000, DAY));

        assertThat(first).hasSize(5_000).isEqualTo(all(Sources.simulation(7, 5_000, DAY)));
        assertThat(first).isNotEqualTo(all(Sources.simulation(8, 5_000, DAY)));
    }

    @Test
    void shouldDoToEventsWhatItPromises() {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        all(Sources.simulation(42, 50_000, DAY)).forEach(sent -> kinds.merge(sent.kind(), 1, Integer::sum));

        assertThat(kinds.get(Kind.DUPLICATE)).isBetween(800, 1_200);
        assertThat(kinds.get(Kind.LATE)).isBetween(350, 650);
        assertThat(kinds.get(Kind.FUTURE)).isBetween(150, 350);
        assertThat(kinds.get(Kind.MALFORMED)).isBetween(150, 350);
    }

    @Test
    void shouldKeepRegularEventsInTheDayAndTheOthersOutOfIt() {
        for (SentEvent sent : all(Sources.simulation(3, 50_000, DAY))) {
            Instant time = sent.event().time();
            switch (sent.kind()) {
                case REGULAR -> assertThat(time).isAfterOrEqualTo(DAY.from()).isBefore(DAY.to());
                case LATE ->
                    assertThat(time).isBefore(DAY.from()).isAfter(DAY.to().minus(Duration.ofDays(34)));
                case FUTURE -> assertThat(time).isAfter(DAY.to().plus(Duration.ofHours(25)));
                case DUPLICATE, MALFORMED -> assertThat(sent.json()).isNotBlank();
            }
        }
    }

    @Test
    void shouldRepeatOnlyWhatItSentBeforeAndNeverReuseAnId() {
        Set<String> sent = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (SentEvent event : all(Sources.simulation(5, 20_000, DAY))) {
            if (event.kind() == Kind.DUPLICATE) {
                assertThat(sent).contains(event.json());
            } else {
                sent.add(event.json());
                assertThat(ids.add(event.event().id())).isTrue();
            }
        }
    }

    @Test
    void shouldPlayEverySystem() {
        for (String name : Sources.names()) {
            assertThat(all(Sources.simulation(name, 1, 500, DAY))).hasSize(500);
        }
        Set<String> types = all(Sources.simulation(1, 20_000, DAY)).stream()
                .map(sent -> sent.event().type())
                .collect(Collectors.toSet());
        assertThat(types)
                .contains(
                        "video.view",
                        "ad.impression",
                        "session.started",
                        "job.submitted",
                        "job.succeeded",
                        "job.failed",
                        "job.retried",
                        "job.dead_lettered",
                        "job.rejected",
                        "job.wait_timed_out",
                        "ticket.held",
                        "ticket.hold_expired",
                        "ticket.paid",
                        "ticket.created",
                        "ticket.called",
                        "ticket.served",
                        "ticket.no_show",
                        "quiz.answer.submitted");
    }

    @Test
    void shouldKnowEveryAccountThatItNames() {
        Set<String> known =
                Sources.accounts().stream().map(SourceAccount::account).collect(Collectors.toSet());

        assertThat(known).hasSameSizeAs(Sources.accounts());
        assertThat(all(Sources.simulation(2, 10_000, DAY)))
                .allSatisfy(sent -> assertThat(known).contains(sent.event().account()));
        assertThat(Sources.accounts()).extracting(SourceAccount::tier).contains(Tier.values());
    }

    @Test
    void shouldRetryJobsByTheTable() {
        assertThat(ErrorClass.TEMPORARY.backoff(3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(ErrorClass.NETWORK.backoff(3)).isEqualTo(Duration.ofSeconds(125));
        assertThat(ErrorClass.RESOURCE.backoff(5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(ErrorClass.AUTH.retries()).isZero();
    }

    @Test
    void shouldRefuseAnUnknownSource() {
        assertThatThrownBy(() -> Sources.simulation("weather", 1, 1, DAY))
                .hasMessage("There is no source 'weather'; the sources are [video, jobs, tickets, counter, quiz]");
    }

    private static List<SentEvent> all(Simulation simulation) {
        List<SentEvent> events = new ArrayList<>();
        simulation.forEachRemaining(events::add);
        return events;
    }
}
