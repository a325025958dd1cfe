package countinghouse.batch.command;

import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.gate.GateConfig;
import countinghouse.batch.reconcile.ReconcileConfig;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import java.time.Duration;

/**
 * What the batch layer's commands are told.
 *
 * @param database PostgreSQL in the batch layer's own role
 * @param documents by which the deployment changes what is counted
 * @param gate what the gates demand
 * @param outcomePatience how long to look for the outcome of a COMMIT that PostgreSQL did not answer
 */
public record BatchConfig(
        KafkaConfig kafka,
        String registryUrl,
        DatabaseConfig database,
        IcebergConfig iceberg,
        CountingConfig counting,
        CountingDocuments documents,
        ReconcileConfig reconcile,
        GateConfig gate,
        Duration outcomePatience) {
    private static final String OWN_ROLE = "batch.postgres";

    public static BatchConfig from(Settings settings) {
        CountingConfig counting = CountingConfig.from(settings);
        return new BatchConfig(
                KafkaConfig.from(settings),
                settings.text("registry.url"),
                databaseFrom(settings),
                IcebergConfig.from(settings),
                counting,
                documents(settings, counting),
                ReconcileConfig.from(settings),
                GateConfig.from(settings),
                settings.duration("publish.outcome-patience", Duration.ofSeconds(30)));
    }

    /** The batch layer's database: under {@code batch.postgres} where processes share a file, else under {@code postgres}. */
    public static DatabaseConfig databaseFrom(Settings settings) {
        boolean hasOwnRole = settings.find(OWN_ROLE + ".url").isPresent();
        return DatabaseConfig.from(settings, hasOwnRole ? OWN_ROLE : "postgres");
    }

    private static CountingDocuments documents(Settings settings, CountingConfig counting) {
        return ConfigurationFolder.parse(settings, texts -> {
            CountingDocuments documents = new CountingDocuments(texts);
            CountingSchedule.of(documents).requireAligned(counting.bucketWidth());
            return documents;
        });
    }

    /** This configuration with other documents of what is counted. */
    public BatchConfig counting(CountingDocuments others) {
        return new BatchConfig(
                kafka, registryUrl, database, iceberg, counting, others, reconcile, gate, outcomePatience);
    }
}
