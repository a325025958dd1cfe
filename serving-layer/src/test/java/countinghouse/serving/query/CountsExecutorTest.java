package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

class CountsExecutorTest {
    @Test
    void shouldSayThatCountsAreUnavailableWhileTheProcessStops() {
        Vertx vertx = Vertx.vertx();
        try {
            CountsExecutor executor = new CountsExecutor(vertx);
            executor.close();

            Future<Integer> read = executor.read(() -> 1);

            assertThat(read.cause())
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.error())
                            .isEqualTo(ServingError.COUNTS_UNAVAILABLE));
        } finally {
            vertx.close().await();
        }
    }
}
