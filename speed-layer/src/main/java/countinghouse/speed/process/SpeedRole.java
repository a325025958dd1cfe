package countinghouse.speed.process;

import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.speed.epoch.ArchivedEnds;
import countinghouse.speed.epoch.PublishedManifests;
import countinghouse.speed.topology.MeteredAmounts;
import java.util.Optional;

/** The role {@code speed}: counts events into rows. */
public final class SpeedRole implements ProcessRole {
    private static final String NAME = "speed";

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
        Settings settings = context.settings();
        CountingConfig counting = CountingConfig.from(settings);
        CountingSchedule schedule = ConfigurationFolder.parse(
                settings, texts -> CountingSchedule.of(texts).requireAligned(counting.bucketWidth()));
        Optional<Database> database =
                settings.find("postgres.url").map(url -> Database.open(DatabaseConfig.from(settings)));
        ArchivedEnds archive =
                database.<ArchivedEnds>map(PublishedManifests::new).orElseGet(ArchivedEnds::none);
        SpeedApplication application = SpeedApplication.start(
                KafkaConfig.from(settings).bootstrapServers(),
                SpeedConfig.from(settings),
                counting,
                schedule,
                new HttpSchemaRegistry(settings.text("registry.url")),
                archive,
                context.metrics(),
                settings.flag("metrics.amounts", false)
                        ? MeteredAmounts.told(schedule.meters(), context.metrics())
                        : MeteredAmounts.untold(),
                context.tracing());
        context.health().register(NAME, application::problem);
        return () -> {
            application.close();
            database.ifPresent(Database::close);
        };
    }
}
