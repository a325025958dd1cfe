package countinghouse.batch.gate;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;

/**
 * What the gates demand.
 *
 * @param minimumValidShare share of records that must keep each rule that a single record may break, 0..1 (ADR 0033)
 * @param drift how far a day may differ from the days before it
 */
public record GateConfig(double minimumValidShare, DriftBand drift) {
    public static GateConfig from(Settings settings) {
        double share = number(settings, "gate.minimum-valid-share", "0.99");
        if (share < 0 || share > 1) {
            throw new ConfigurationException(
                    "The setting 'gate.minimum-valid-share' is '%s'; it must be a number from 0 to 1".formatted(share));
        }
        DriftBand drift = new DriftBand(
                number(settings, "gate.drift.warn-ratio", "2"),
                number(settings, "gate.drift.fail-ratio", "10"),
                settings.integer("gate.drift.minimum-events", 1_000),
                settings.integer("gate.drift.minimum-days", 3));
        if (drift.warnRatio() < 1 || drift.failRatio() < drift.warnRatio()) {
            throw new ConfigurationException(
                    "The settings 'gate.drift.warn-ratio' and 'gate.drift.fail-ratio' are '%s' and '%s'; they must be numbers from 1 up, the second not below the first"
                            .formatted(drift.warnRatio(), drift.failRatio()));
        }
        return new GateConfig(share, drift);
    }

    private static double number(Settings settings, String key, String byDefault) {
        String text = settings.text(key, byDefault);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException("The setting '%s' is '%s', which is no number".formatted(key, text));
        }
    }
}
