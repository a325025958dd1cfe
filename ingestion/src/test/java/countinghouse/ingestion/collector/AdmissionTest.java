package countinghouse.ingestion.collector;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.ingestion.collector.Admission.Place;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(2, 100);

    @Test
    void shouldBoundTheBytesThatAreHeld() {
        Place first = admission.enter(60).orElseThrow();
        assertThat(admission.enter(41)).isEmpty();
        first.answered();
        assertThat(admission.enter(41)).isPresent();
    }

    @Test
    void shouldBoundTheRequestsThatAreHeld() {
        assertThat(admission.enter(0)).isPresent();
        assertThat(admission.enter(0)).isPresent();
        assertThat(admission.enter(0)).isEmpty();
        assertThat(admission.requests()).isEqualTo(2);
    }

    @Test
    void shouldHoldAPlaceUntilTheLogHasLetGoEvenIfTheAnswerIsOut() {
        Place place = admission.enter(100).orElseThrow();
        place.appending();
        place.answered();
        assertThat(admission.enter(1)).isEmpty();
        place.appended();
        assertThat(admission.enter(100)).isPresent();
    }

    @Test
    void shouldGiveAPlaceBackOnce() {
        Place place = admission.enter(50).orElseThrow();
        place.answered();
        place.answered();
        assertThat(admission.enter(100)).isPresent();
        assertThat(admission.enter(1)).isEmpty();
    }
}
