package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.speed.projector.RowBatch.Hash;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveHintsTest {
    private static final Hash PAIR = new Hash("acme", "views");

    private final LiveHints hints = new LiveHints();

    @Test
    void shouldAnnounceAChangeAtOnce() {
        hints.changed(Set.of(PAIR));

        assertThat(hints.due(0)).containsExactly("acme views");
    }

    @Test
    void shouldAnnounceAPairAtMostFourTimesASecondAndOnceMoreAfterItsLastChange() {
        int announced = 0;
        for (long nowMs = 0; nowMs < 1000; nowMs += 10) {
            hints.changed(Set.of(PAIR));
            announced += hints.due(nowMs).size();
        }

        assertThat(announced).isEqualTo(4);
        assertThat(hints.due(1000)).containsExactly("acme views");
        assertThat(hints.due(2000)).isEmpty();
    }

    @Test
    void shouldNotHoldOnePairBackForAnother() {
        hints.changed(Set.of(PAIR));
        hints.due(0);
        hints.changed(Set.of(PAIR, new Hash("other", "views")));

        assertThat(hints.due(10)).containsExactly("other views");
    }
}
