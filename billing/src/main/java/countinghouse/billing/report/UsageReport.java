package countinghouse.billing.report;

import countinghouse.billing.TimeRange;
import countinghouse.billing.invoice.PeriodLine;
import countinghouse.billing.plan.Tier;
import countinghouse.billing.usage.ClosedGeneration;
import java.util.List;

/**
 * What an account used in a period: as invoiced beside as known now.
 *
 * @param account whose
 * @param period label of the period
 * @param range of it in the account's zone
 * @param tier at the end of the range, which decides the level
 * @param level how much is told
 * @param currency of every amount; empty if there is no line
 * @param generation as known now
 * @param closed whether the generation is closed through the range; otherwise it is an estimate
 * @param lines in the order of an invoice's
 * @param days in order; only at the full level
 */
public record UsageReport(
        String account,
        String period,
        TimeRange range,
        Tier tier,
        ReportLevel level,
        String currency,
        ClosedGeneration generation,
        boolean closed,
        List<PeriodLine> lines,
        List<DailyQuantity> days) {}
