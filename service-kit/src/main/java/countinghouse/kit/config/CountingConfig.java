package countinghouse.kit.config;

import java.time.Duration;

/**
 * How this deployment counts. The bucket width is fixed for the life of a deployment and stored with its data.
 *
 * @param bucketWidth width of an ingest bucket
 * @param speedHorizon how far back the speed layer looks for duplicates
 * @param batchHorizon how far back the batch layer looks for duplicates
 */
public record CountingConfig(Duration bucketWidth, Duration speedHorizon, Duration batchHorizon) {
    public static CountingConfig from(Settings settings) {
        CountingConfig config = new CountingConfig(
                settings.duration("counting.bucket-width", Duration.ofHours(1)),
                settings.duration("counting.speed-horizon", Duration.ofHours(48)),
                settings.duration("counting.batch-horizon", Duration.ofDays(36)));
        if (config.bucketWidth.toMillis() <= 0 || Duration.ofDays(1).toMillis() % config.bucketWidth.toMillis() != 0) {
            throw new ConfigurationException("The setting 'counting.bucket-width' is '%s'; it must divide a day evenly"
                    .formatted(config.bucketWidth));
        }
        return config;
    }
}
