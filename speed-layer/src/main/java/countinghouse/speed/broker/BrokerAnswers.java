package countinghouse.speed.broker;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Waits for what a broker answers.
 *
 * @param about what it is asked about, as messages say it
 * @param patience how long it may take
 */
public record BrokerAnswers(String about, Duration patience) {
    /** @throws KafkaException if the broker answers with a failure or not in time */
    public <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException failure) {
                throw failure;
            }
            throw new KafkaException("The broker could not be asked about " + about, e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(
                    "The broker did not answer about %s within %d s".formatted(about, patience.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while asking the broker about " + about, e);
        }
    }
}
