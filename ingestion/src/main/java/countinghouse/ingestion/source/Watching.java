package countinghouse.ingestion.source;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Somebody, or something, in front of a player: makes views of one viewer, one after the other. */
final class Watching {
    private static final String SOURCE = "urn:simulation:player";
    private static final int VIDEOS = 2_000;
    private static final int CREATORS = 150;
    private static final int BILLABLE_SECONDS = 30;
    private static final Zipf POPULARITY = new Zipf(VIDEOS, 1.05);

    private final Draw draw;
    private final Consumer<LabelledView> sink;
    private final TrafficClass label;
    private final Map<String, Object> viewer = new HashMap<>();
    private Duration delay = Duration.ZERO;
    private Duration skew = Duration.ZERO;
    private Instant now;

    Watching(Draw draw, Consumer<LabelledView> sink, TrafficClass label, Instant start) {
        this.draw = draw;
        this.sink = sink;
        this.label = label;
        this.now = start;
        viewer.put("user_id", draw.name());
        viewer.put("session_id", draw.name());
        viewer.put("user_agent", UserAgentPool.browser(draw));
        viewer.put("client_network", "public:" + draw.hex());
    }

    /** Replaces a property of the viewer. */
    Watching as(String name, Object value) {
        viewer.put(name, value);
        return this;
    }

    /** Every view arrives so much later than it ended. */
    Watching delayed(Duration later) {
        delay = later;
        return this;
    }

    /** The viewer's clock is so far ahead. */
    Watching skewed(Duration ahead) {
        skew = ahead;
        return this;
    }

    Watching pause(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    static int popular(Draw draw) {
        return POPULARITY.next(draw);
    }

    static String creatorOf(int video) {
        return "creator-%03d".formatted(video % CREATORS);
    }

    /** How long a video is, the same for everybody: some are clips, most are minutes, some an hour. */
    static int lengthOf(int video) {
        int spread = Math.floorMod(video * 7919, 100);
        return spread < 10 ? 15 + spread * 6 : 60 + spread * spread * 35 / 100;
    }

    /** Watches a video as people do: mostly long enough, sometimes not. */
    LabelledView watch(int video) {
        int length = lengthOf(video);
        int enough = Math.min(BILLABLE_SECONDS, length);
        boolean isBrief = draw.chance(0.08);
        int seconds = isBrief ? draw.between(1, enough - 1) : draw.between(enough, length);
        return view(video, seconds, !isBrief);
    }

    /** Ends a view now, after the seconds that it took. */
    LabelledView view(int video, int seconds, boolean billable) {
        now = now.plusSeconds(seconds);
        return emit(video, seconds, billable, Map.of());
    }

    /** Emits a view that ends now, with further properties; {@code seconds} may be a lie or null. */
    LabelledView emit(int video, Integer seconds, boolean billable, Map<String, Object> more) {
        Map<String, Object> data = new LinkedHashMap<>(viewer);
        data.put("video_id", "video-%04d".formatted(video));
        data.put("video_length", lengthOf(video));
        data.put("device_type", draw.pick(List.of("mobile", "desktop", "tv", "tablet")));
        if (seconds != null) {
            data.put("view_duration", seconds);
        }
        data.putAll(more);
        Instant arrival = now.plusMillis(draw.between(50, 3_000)).plus(delay);
        LabelledView view =
                new LabelledView(arrival, draw.name(), SOURCE, creatorOf(video), now.plus(skew), data, label, billable);
        sink.accept(view);
        return view;
    }
}
