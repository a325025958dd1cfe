package countinghouse.speed.process;

import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.speed.projector.Projector;

/** The role {@code projector}: keeps the rows in Redis equal to those on the counts topic. */
public final class ProjectorRole implements ProcessRole {
    private static final String NAME = "projector";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        Settings settings = context.settings();
        Projector projector = Projector.start(
                KafkaConfig.from(settings).bootstrapServers(), settings.uri("redis.url"), context.metrics());
        context.health().register(NAME, projector::problem);
        return projector;
    }
}
