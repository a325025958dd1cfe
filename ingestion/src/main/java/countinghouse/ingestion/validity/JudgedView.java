package countinghouse.ingestion.validity;

import countinghouse.ingestion.source.LabelledView;

/**
 * A view, and what the platform makes of it.
 *
 * @param view with its label
 * @param reason id of the rule that keeps it from being paid; null if it is paid
 */
record JudgedView(LabelledView view, String reason) {
    boolean isBilled() {
        return reason == null;
    }

    boolean isRight() {
        return isBilled() == view.billable();
    }
}
