package countinghouse.serving.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StreamLimitTest {
    @Test
    void shouldServeAsManyAsAskedForWhereFilesSuffice() {
        assertThat(StreamLimit.of(10_000, 20_000)).isEqualTo(10_000);
        assertThat(StreamLimit.of(10_000, 10_512)).isEqualTo(10_000);
        assertThat(StreamLimit.of(100)).as("on this machine").isEqualTo(100);
    }

    @Test
    void shouldServeFewerWhereTheyDoNotAndSayHowToGetMore() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(StreamLimit.class);
        logger.addAppender(log);
        try {
            assertThat(StreamLimit.of(10_000, 4_096)).isEqualTo(3_584);
            assertThat(StreamLimit.of(10_000, 256)).isEqualTo(128);
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .first()
                .asString()
                .contains("4096 files", "3584 live streams", "ulimit -n", "10512", "serving.live-streams");
    }
}
