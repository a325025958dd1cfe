package countinghouse.ingestion.source;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** S1: views with their ads, ads reported alone, and sessions. Popularity follows Zipf; some views must not be billed, and why is known. */
final class VideoPlatform implements EventSource {
    private static final String SOURCE = "urn:demo:video-platform";
    private static final int VIDEOS = 400;
    private static final int VIEWERS = 20_000;
    private static final Zipf POPULARITY = new Zipf(VIDEOS, 1.05);
    private static final List<SourceAccount> CREATORS = Numbering.accounts("creator", 40);
    private static final List<SourceAccount> ADVERTISERS = Numbering.accounts("advertiser", 12);

    @Override
    public String name() {
        return "video";
    }

    @Override
    public List<SourceAccount> accounts() {
        return Stream.concat(CREATORS.stream(), ADVERTISERS.stream()).toList();
    }

    @Override
    public int weight() {
        return 74;
    }

    @Override
    public List<SourceEvent> lifeCycle(Draw draw, SimulatedDay day, String key) {
        int video = POPULARITY.next(draw);
        String creator = CREATORS.get(video % CREATORS.size()).account();
        String videoId = "video-%03d".formatted(video + 1);
        LifeCycle life = new LifeCycle(SOURCE, creator, key, draw.momentOf(day, Duration.ofHours(2)));
        if (draw.chance(0.05)) {
            return session(draw, life);
        }
        if (draw.chance(0.03)) {
            return adAlone(draw, day, key, creator, videoId);
        }
        view(draw, life, key, creator, videoId);
        return life.events();
    }

    private static void view(Draw draw, LifeCycle life, String key, String creator, String videoId) {
        ViewKind kind = ViewKind.draw(draw);
        int length = draw.chance(0.05) ? draw.between(8, 29) : draw.between(60, 3600);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("video_id", videoId);
        // A viewer of its own: the same viewer again within minutes would be a repetition, which this system does not
        // play.
        data.put("user_id", "viewer-" + key);
        data.put("session_id", "session-" + draw.between(1, VIEWERS));
        data.put("device_type", draw.pick(List.of("mobile", "desktop", "tv", "tablet")));
        data.put("geo_location", draw.pick(List.of("DE", "VN", "US", "FR", "BR", "JP")));
        data.put("quality", draw.pick(List.of("480p", "720p", "1080p", "2160p")));
        data.put("video_length", length);
        data.put("revenue_eligible", draw.chance(0.9));
        data.put("user_agent", kind.userAgent(draw));
        Integer watched = kind.watchedSeconds(draw, length);
        kind.decorate(data);
        Contributions counts = Contributions.of(creator, "video_id", videoId).count("views");
        if (watched != null) {
            data.put("view_duration", watched);
            counts.sum("watch_seconds", BigDecimal.valueOf(watched));
        }
        List<Contribution> all = new ArrayList<>(
                kind.exclusionReason().isEmpty()
                        ? counts.count("billable_views").list()
                        : counts.list());
        kind.exclusionReason()
                .ifPresent(reason -> all.addAll(Contributions.of(creator, "exclusion_reason", reason)
                        .count("excluded_views")
                        .list()));
        List<List<Contribution>> adCounts = new ArrayList<>();
        if (kind == ViewKind.WATCHED && draw.chance(0.35)) {
            data.put("ad_views", ads(draw, creator, videoId, adCounts));
        }
        life.after(Duration.ofSeconds(watched == null ? 0 : watched)).emit("video.view", data, all, adCounts);
    }

    private static List<Map<String, Object>> ads(
            Draw draw, String creator, String videoId, List<List<Contribution>> counts) {
        List<Map<String, Object>> ads = new ArrayList<>();
        int first = draw.between(1, 900);
        int shown = draw.between(1, 3);
        for (int i = 0; i < shown; i++) {
            String advertiser = draw.pick(ADVERTISERS).account();
            Map<String, Object> ad = new LinkedHashMap<>();
            ad.put("ad_id", "ad-" + (first + i));
            ad.put("advertiser", advertiser);
            counts.add(adCounts(draw, ad, advertiser, creator, videoId));
            ads.add(ad);
        }
        return ads;
    }

    private static List<SourceEvent> adAlone(Draw draw, SimulatedDay day, String key, String creator, String videoId) {
        String advertiser = draw.pick(ADVERTISERS).account();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ad_id", "ad-" + draw.between(1, 900));
        data.put("video_id", videoId);
        data.put("payee", creator);
        List<Contribution> counts = adCounts(draw, data, advertiser, creator, videoId);
        return new LifeCycle(SOURCE, advertiser, key, draw.momentOf(day, Duration.ofMinutes(1)))
                .emit("ad.impression", data, counts)
                .events();
    }

    private static List<Contribution> adCounts(
            Draw draw, Map<String, Object> ad, String advertiser, String creator, String videoId) {
        Contributions counts = Contributions.ofAd(advertiser, creator, videoId).count("ad_impressions");
        if (!draw.chance(0.1)) {
            BigDecimal revenue = BigDecimal.valueOf(draw.between(500, 60_000), 6);
            ad.put("revenue", revenue);
            counts.sum("ad_revenue", revenue);
        }
        ad.put("completed", draw.chance(0.7));
        return counts.list();
    }

    private static List<SourceEvent> session(Draw draw, LifeCycle life) {
        return life.with(
                        "session", Map.of("id", "session-" + draw.between(1, VIEWERS), "app", Map.of("version", "7.2")))
                .emit("session.started")
                .after(Duration.ofSeconds(draw.between(60, 5400)))
                .emit("session.ended")
                .events();
    }
}
