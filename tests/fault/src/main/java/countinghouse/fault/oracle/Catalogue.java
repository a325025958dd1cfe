package countinghouse.fault.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The meters that ship with the platform, written again from the table of design.md section 3. */
final class Catalogue {
    private static final int MS_DIGITS = 3;

    private Catalogue() {}

    static List<Contribution> contributions(RawEvent event) {
        List<Contribution> all = new ArrayList<>();
        switch (event.name()) {
            case "video.view" -> {
                count(all, "views", event, "video_id");
                sum(all, "watch_seconds", event, "view_duration", 0, "video_id");
                TreeMap<String, String> video = dimensions(event, "video_id");
                all.add(new Contribution("unique_viewers", video, null, event.text("user_id")));
                String exclusion = Validity.exclusion(event);
                if (exclusion == null) {
                    count(all, "billable_views", event, "video_id");
                } else {
                    TreeMap<String, String> reason = new TreeMap<>();
                    reason.put("exclusion_reason", exclusion);
                    all.add(new Contribution("excluded_views", reason, BigDecimal.ONE, null));
                }
            }
            case "ad.impression" -> {
                count(all, "ad_impressions", event, "payee", "video_id");
                sum(all, "ad_revenue", event, "revenue", 0, "payee", "video_id");
            }
            case "ticket.paid" -> {
                count(all, "tickets_sold", event, "offering_id");
                sum(all, "ticket_revenue", event, "price", 0, "offering_id");
            }
            case "ticket.served" -> count(all, "tickets_served", event, "offering_id");
            case "ticket.no_show" -> count(all, "tickets_no_show", event, "offering_id");
            case "job.submitted" -> count(all, "jobs_submitted", event, "workflow_id");
            case "job.succeeded" -> {
                count(all, "jobs_completed", event, "workflow_id");
                sum(all, "job_seconds", event, "duration_ms", MS_DIGITS, "workflow_id");
            }
            case "job.failed" -> count(all, "jobs_failed", event, "workflow_id");
            case "quiz.answer.submitted" -> count(all, "quiz_answers", event, "quiz_id");
            default -> {
                // Counted by no meter.
            }
        }
        return all;
    }

    private static void count(List<Contribution> all, String meter, RawEvent event, String... dimensions) {
        all.add(new Contribution(meter, dimensions(event, dimensions), BigDecimal.ONE, null));
    }

    private static void sum(
            List<Contribution> all, String meter, RawEvent event, String field, int digits, String... dimensions) {
        Number number = event.number(field);
        if (number != null) {
            BigDecimal value = new BigDecimal(number.toString()).movePointLeft(digits);
            all.add(new Contribution(meter, dimensions(event, dimensions), value, null));
        }
    }

    private static TreeMap<String, String> dimensions(RawEvent event, String... names) {
        TreeMap<String, String> dimensions = new TreeMap<>();
        for (String name : names) {
            String value = event.text(name);
            if (value != null) {
                dimensions.put(name, value);
            }
        }
        return dimensions;
    }
}
