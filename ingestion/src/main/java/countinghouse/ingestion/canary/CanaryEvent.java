package countinghouse.ingestion.canary;

import countinghouse.kit.http.Json;
import countinghouse.schemas.EventType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent of each type, and the meter that must count it by one. */
enum CanaryEvent {
    VIEW(EventType.VIEW, "video.view", "views", Map.of("video_id", "canary", "user_id", "canary", "view_duration", 1)),
    AD(
            EventType.AD,
            "ad.impression",
            "ad_impressions",
            Map.of("ad_id", "canary", "video_id", "canary", "payee", "none")),
    TICKET(EventType.TICKET, "ticket.paid", "tickets_sold", Map.of("ticket_id", "canary", "offering_id", "canary")),
    JOB(EventType.JOB, "job.submitted", "jobs_submitted", Map.of("job_id", "canary", "workflow_id", "canary")),
    CUSTOM(EventType.CUSTOM, "quiz.answer.submitted", "quiz_answers", Map.of("quiz_id", "canary"));

    private final EventType type;
    private final String cloudEventType;
    private final String meter;
    private final Map<String, Object> data;

    CanaryEvent(EventType type, String cloudEventType, String meter, Map<String, Object> data) {
        this.type = type;
        this.cloudEventType = cloudEventType;
        this.meter = meter;
        this.data = data;
    }

    /** Label of the metrics. */
    String slug() {
        return type.slug();
    }

    String meter() {
        return meter;
    }

    /** The CloudEvent in JSON. */
    String json(String id, String source, String account, Instant time) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", source);
        event.put("type", cloudEventType);
        event.put("subject", account);
        event.put("time", time);
        event.put("data", data);
        return Json.text(event);
    }
}
