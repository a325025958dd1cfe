package countinghouse.ingestion.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.ingestion.network.NetworkHash;
import countinghouse.kit.http.Json;
import countinghouse.metering.network.NetworkList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogViewsTest {
    private static final NetworkHash HASH = new NetworkHash("a key for pseudonyms in tests");
    private static final ClientNetworks NETWORKS = new ClientNetworks(HASH, () -> NetworkList.NONE);
    private static final String LINE =
            "83.149.9.216 - - [17/May/2015:10:05:03 +0000] \"GET /presentations/logstash/a.png?x=1 HTTP/1.1\" 200 203023"
                    + " \"http://semicomplete.com/\" \"Mozilla/5.0\"";

    @TempDir
    private Path folder;

    @Test
    void shouldTurnALineIntoAView() throws IOException {
        JsonNode event = event(LINE, Duration.ZERO);

        assertThat(event.path("type").asText()).isEqualTo("video.view");
        assertThat(event.path("subject").asText()).isEqualTo("presentations");
        assertThat(event.path("time").asText()).isEqualTo("2015-05-17T10:05:03Z");
        assertThat(event.path("data").path("video_id").asText()).matches("_presentations_logstash_a_png[0-9a-f]{8}");
        assertThat(event.path("data").path("user_agent").asText()).isEqualTo("Mozilla/5.0");
        assertThat(event.path("data").path("client_network").asText()).startsWith("public:");
        assertThat(event.path("data").has("view_duration")).isFalse();
        assertThat(event.toString()).doesNotContain("83.149.9.216");
    }

    @Test
    void shouldGiveTheSameEventForTheSameLine() throws IOException {
        assertThat(event(LINE, Duration.ZERO)).isEqualTo(event(LINE, Duration.ZERO));
        assertThat(event(LINE, Duration.ZERO).path("id"))
                .isNotEqualTo(
                        event(LINE.replace("203023", "203024"), Duration.ZERO).path("id"));
    }

    @Test
    void shouldMoveTimesByTheShift() throws IOException {
        assertThat(event(LINE, Duration.ofDays(1)).path("time").asText()).isEqualTo("2015-05-18T10:05:03Z");
    }

    @Test
    void shouldNameTheAccountByTheFirstPartOfThePath() {
        assertThat(LogViews.accountOf("/presentations/x/y")).isEqualTo("presentations");
        assertThat(LogViews.accountOf("/favicon.ico")).isEqualTo("favicon.ico");
        assertThat(LogViews.accountOf("/")).isEqualTo("root");
        assertThat(LogViews.accountOf("//x")).isEqualTo("root");
    }

    @Test
    void shouldKeepVideoIdsOfLongPathsWithinTheLimitAndApart() {
        String path = "/" + "a".repeat(500);
        assertThat(LogViews.videoIdOf(path)).hasSize(256).isNotEqualTo(LogViews.videoIdOf(path + "b"));
    }

    @Test
    void shouldTakeOnlyGetsThatWereAnswered() {
        assertThat(CombinedLogLine.parse(LINE))
                .hasValueSatisfying(line -> assertThat(line.isView()).isTrue());
        assertThat(CombinedLogLine.parse(LINE.replace(" 200 ", " 304 "))
                        .orElseThrow()
                        .isView())
                .isTrue();
        assertThat(CombinedLogLine.parse(LINE.replace(" 200 ", " 404 "))
                        .orElseThrow()
                        .isView())
                .isFalse();
        assertThat(CombinedLogLine.parse(LINE.replace("GET", "HEAD"))
                        .orElseThrow()
                        .isView())
                .isFalse();
        assertThat(CombinedLogLine.parse("no log line")).isEmpty();
        assertThat(CombinedLogLine.parse(LINE.replace("May", "Mai"))).isEmpty();
    }

    @Test
    void shouldReadAnAbsoluteTargetAndQuotesInTheUserAgent() {
        CombinedLogLine line = CombinedLogLine.parse(LINE.replace("/presentations", "http://example.org/presentations")
                        .replace("Mozilla/5.0", "Moz\\\"illa"))
                .orElseThrow();
        assertThat(line.path()).isEqualTo("/presentations/logstash/a.png");
        assertThat(line.userAgent()).isEqualTo("Moz\\\"illa");
    }

    @Test
    void shouldKeepTheShiftOfAFile() throws IOException {
        Instant newest = Instant.parse("2015-05-20T21:05:15Z");
        TimeShift first = new TimeShift(folder, at("2026-11-21T09:00:00Z"));
        TimeShift later = new TimeShift(folder, at("2026-11-25T09:00:00Z"));

        Duration shift = first.of("abc", newest);

        assertThat(newest.plus(shift)).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(later.of("abc", newest)).isEqualTo(shift);
        assertThat(later.of("def", newest)).isNotEqualTo(shift);
    }

    @Test
    void shouldFindTheKnownViewsOfARealLog() throws IOException {
        Path log = Stream.of("../../shared/data/access.log", "../../../shared/data/access.log")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        if (log == null) {
            System.out.println("Skipped: ../shared/data/access.log is not here, so its known counts cannot be checked");
        }
        assumeTrue(log != null, "../shared/data/access.log is not here");

        LogSurvey survey = LogSurvey.of(log);
        Set<String> ids = new HashSet<>();
        Map<String, Integer> views = new HashMap<>();
        try (Stream<String> events = LogSurvey.events(log, new LogViews(HASH, NETWORKS, Duration.ZERO))) {
            for (String json : events.toList()) {
                JsonNode event = Json.mapper().readTree(json);
                if (ids.add(event.path("id").asText())) {
                    views.merge(event.path("subject").asText(), 1, Integer::sum);
                }
            }
        }

        assertThat(survey.lines()).isEqualTo(10_000);
        assertThat(survey.unreadable()).isZero();
        assertThat(ids).hasSize(9_519);
        assertThat(views).containsEntry("presentations", 2_224).containsEntry("root", 573);
    }

    private static JsonNode event(String text, Duration shift) throws IOException {
        return Json.mapper()
                .readTree(new LogViews(HASH, NETWORKS, shift)
                        .event(text, CombinedLogLine.parse(text).orElseThrow()));
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
