package countinghouse.batch.command;

import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.reconcile.ReconcileConfig;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;

/**
 * What the batch layer's commands are told.
 *
 * @param database PostgreSQL in the batch layer's own role
 * @param documents by which the deployment changes what is counted
 * @param minimumValidShare share of records that must keep each rule, 0..1, or the gate fails
 */
public record BatchConfig(
        KafkaConfig kafka,
        String registryUrl,
        DatabaseConfig database,
        IcebergConfig iceberg,
        CountingConfig counting,
        CountingDocuments documents,
        ReconcileConfig reconcile,
        double minimumValidShare) {
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
                share(settings.text("gate.minimum-valid-share", "0.99")));
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

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Told below, like any other text that is no share.
        }
        throw new ConfigurationException(
                "The setting 'gate.minimum-valid-share' is '%s'; it must be a number from 0 to 1".formatted(text));
    }
}
