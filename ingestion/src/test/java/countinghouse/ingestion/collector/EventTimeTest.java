package countinghouse.ingestion.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventTimeTest {
    @Property(tries = 5000)
    void shouldReadEveryTextAsThePlatformsParserDoes(@ForAll("times") String text) {
        assertThat(read(() -> EventTime.millis(text)))
                .as(text)
                .isEqualTo(read(() -> OffsetDateTime.parse(text).toInstant().toEpochMilli()));
    }

    @Provide
    Arbitrary<String> times() {
        Arbitrary<String> date = Combinators.combine(
                        Arbitraries.integers().between(1968, 2040),
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(0, 32))
                .as("%04d-%02d-%02d"::formatted);
        Arbitrary<String> time = Combinators.combine(
                        Arbitraries.integers().between(0, 24),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 60))
                .as("%02d:%02d:%02d"::formatted);
        Arbitrary<String> fraction = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().numeric().ofMaxLength(10).map(digits -> "." + digits),
                Arbitraries.of(".1x", "x12", ",5"));
        Arbitrary<String> zone = Arbitraries.of("Z", "Z", "Z", "z", "+00:00", "-05:30", "", "ZZ");
        Arbitrary<String> separator = Arbitraries.of("T", "T", "T", "t", " ");
        return Combinators.combine(date, separator, time, fraction, zone).as((d, s, t, f, z) -> d + s + t + f + z);
    }

    private interface Reading {
        long millis();
    }

    private static Optional<Long> read(Reading reading) {
        try {
            return Optional.of(reading.millis());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
