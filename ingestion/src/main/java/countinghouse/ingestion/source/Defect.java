package countinghouse.ingestion.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ways to break an event so that it cannot be counted. */
enum Defect {
    NO_ID,
    NO_SOURCE,
    NO_SUBJECT,
    NO_TYPE,
    UNREADABLE_TIME,
    UNKNOWN_SPECVERSION,
    DATA_IS_TEXT,
    BAD_VIDEO_ID,
    IMPOSSIBLE_DURATION;

    private static final List<Defect> OF_ANY_EVENT =
            List.of(NO_ID, NO_SOURCE, NO_SUBJECT, NO_TYPE, UNREADABLE_TIME, UNKNOWN_SPECVERSION, DATA_IS_TEXT);

    static Defect draw(Draw draw, SourceEvent event) {
        return draw.pick(event.type().equals("video.view") ? List.of(values()) : OF_ANY_EVENT);
    }

    /** The event's members with this defect. */
    Map<String, Object> broken(SourceEvent event) {
        Map<String, Object> members = event.members();
        switch (this) {
            case NO_ID -> members.remove("id");
            case NO_SOURCE -> members.remove("source");
            case NO_SUBJECT -> members.remove("subject");
            case NO_TYPE -> members.remove("type");
            case UNREADABLE_TIME -> members.put("time", "yesterday");
            case UNKNOWN_SPECVERSION -> members.put("specversion", "0.1");
            case DATA_IS_TEXT -> members.put("data", "lost in translation");
            case BAD_VIDEO_ID -> members.put("data", with(event, "video_id", "../etc/passwd"));
            case IMPOSSIBLE_DURATION -> members.put("data", with(event, "view_duration", 86_401));
        }
        return members;
    }

    private static Map<String, Object> with(SourceEvent event, String name, Object value) {
        Map<String, Object> data = new LinkedHashMap<>(event.data());
        data.put(name, value);
        return data;
    }
}
