package countinghouse.billing.report;

import countinghouse.billing.plan.Tier;
import java.util.Locale;

/** How much a tier's usage report says (requirements.md 3.8). */
public enum ReportLevel {
    /** Every line with its working and evidence, and every day. */
    FULL,
    /** Every line with quantity and amount. */
    MONTHLY_SUMMARY,
    /** Every line with its quantity, and the sum of amounts. */
    BASIC,
    /** Every line with its quantity as known now, and what is blocked. */
    LIMITED;

    static ReportLevel of(Tier tier) {
        return switch (tier) {
            case VIP -> FULL;
            case PREMIUM -> MONTHLY_SUMMARY;
            case PRO -> BASIC;
            case FREE -> LIMITED;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
