package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import java.util.List;

/**
 * A document that is to be stored.
 *
 * @param account whose
 * @param range event time that it covers
 * @param sequence of the period's documents
 * @param voided void documents that had this place before
 * @param draft its lines
 * @param segments the plans that rated them
 */
record NewDocument(
        String account, TimeRange range, int sequence, long voided, DocumentDraft draft, List<PlanSegment> segments) {}
