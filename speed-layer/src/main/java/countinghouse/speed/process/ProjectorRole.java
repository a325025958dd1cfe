package countinghouse.speed.process;

import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.speed.projector.Projector;
import countinghouse.speed.projector.ProjectorConfig;

/** The role {@code projector}: keeps the rows in Redis equal to those on the counts topic. */
public final class ProjectorRole implements ProcessRole {
    private static final String NAME = "projector";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean hasCallers() {
        return false;
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        CountingSchedule schedule = ConfigurationFolder.parse(context.settings(), CountingSchedule::of);
        Projector projector = Projector.start(
                ProjectorConfig.from(context.settings()), schedule.meters(), context.metrics(), context.tracing());
        context.health().register(NAME, projector::problem);
        return projector;
    }
}
