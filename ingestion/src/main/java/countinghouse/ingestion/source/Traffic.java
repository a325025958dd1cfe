package countinghouse.ingestion.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A day of views of every {@link TrafficClass}, in the order in which they arrive; the same for the same seed, size, day and mix. Knows
 * nothing of the rules that will judge them.
 */
public final class Traffic {
    private static final Duration ROOM = Duration.ofHours(2);
    /** Nobody is in two sessions at once, so the people behind a shared network must be many enough. */
    private static final int VIEWS_PER_PERSON = 10;

    private static final double WATCHES_AGAIN = 0.01;

    private final Draw draw;
    private final SimulatedDay day;
    private final List<LabelledView> views = new ArrayList<>();

    private Traffic(long seed, SimulatedDay day) {
        this.draw = new Draw(seed);
        this.day = day;
    }

    /** The views, about as many as asked for. */
    public static List<LabelledView> views(long seed, int events, SimulatedDay day, TrafficMix mix) {
        Traffic traffic = new Traffic(seed, day);
        for (TrafficClass label : TrafficClass.values()) {
            traffic.add(label, mix.eventsOf(label, events));
        }
        traffic.views.sort(Comparator.comparing(LabelledView::arrival).thenComparing(LabelledView::id));
        return List.copyOf(traffic.views);
    }

    private void add(TrafficClass label, int events) {
        int end = views.size() + events;
        String sharedNetwork = "public:" + draw.hex();
        List<String> people = new ArrayList<>();
        for (int person = 0; person <= events / VIEWS_PER_PERSON; person++) {
            people.add(draw.name());
        }
        while (views.size() < end) {
            switch (label) {
                case HONEST -> session(new Watching(draw, views::add, label, moment()));
                case SHARED_NAT ->
                    session(new Watching(draw, views::add, label, moment())
                            .as("client_network", sharedNetwork)
                            .as("user_id", draw.pick(people)));
                case DECLARED_CRAWLER -> declaredCrawler();
                case UNDECLARED_CRAWLER -> undeclaredCrawler();
                case DATACENTRE_REPLAY -> dataCentreReplay();
                case CLICK_FARM -> clickFarm();
                case RAPID_REFRESH -> rapidRefresh();
                case PREFETCH -> prefetch();
                case DUPLICATE_EXACT -> duplicate(label, Duration.ZERO);
                case DUPLICATE_RETIMED -> duplicate(label, Duration.ofMinutes(draw.between(1, 600)));
                case LATE_MINUTES -> late(label, Duration.ofMinutes(draw.between(2, 59)));
                case LATE_HOURS -> late(label, Duration.ofHours(draw.between(1, 23)));
                case LATE_DAYS -> late(label, Duration.ofDays(draw.between(1, 30)));
                case CLOCK_SKEW -> clockSkew();
                case SELF_VIEW -> selfView();
            }
        }
    }

    private Instant moment() {
        return draw.momentOf(day, ROOM);
    }

    private int another(int video) {
        int next = Watching.popular(draw);
        while (next == video) {
            next = Watching.popular(draw);
        }
        return next;
    }

    /** Some videos in a row; now and then the same one again. */
    private void session(Watching person) {
        int left = draw.between(1, 8);
        int video = Watching.popular(draw);
        while (left-- > 0) {
            person.watch(video);
            person.pause(Duration.ofSeconds(draw.between(2, 300)));
            if (!draw.chance(WATCHES_AGAIN)) {
                video = another(video);
            }
        }
    }

    private void declaredCrawler() {
        Watching robot = new Watching(draw, views::add, TrafficClass.DECLARED_CRAWLER, moment())
                .as("user_agent", UserAgentPool.crawler(draw));
        for (int left = draw.between(20, 200); left > 0; left--) {
            robot.view(draw.between(0, 1_999), draw.between(1, 60), false);
            robot.pause(Duration.ofSeconds(draw.between(1, 5)));
        }
    }

    private void undeclaredCrawler() {
        Watching robot = new Watching(draw, views::add, TrafficClass.UNDECLARED_CRAWLER, day.from());
        int video = draw.between(0, 1_999);
        for (int left = draw.between(100, 900); left > 0; left--) {
            robot.view(video++ % 2_000, draw.between(31, 90), false);
            robot.pause(Duration.ofSeconds(draw.between(1, 20)));
        }
    }

    /** Nearly all of the machines are in networks that are known to be data centres'. */
    private void dataCentreReplay() {
        boolean isKnown = !draw.chance(0.003);
        Watching replay = new Watching(draw, views::add, TrafficClass.DATACENTRE_REPLAY, moment())
                .as("client_network", (isKnown ? "datacentre:" : "public:") + draw.hex());
        for (int left = draw.between(1, 8); left > 0; left--) {
            int video = Watching.popular(draw);
            replay.view(video, draw.between(1, Watching.lengthOf(video)), false);
            replay.pause(Duration.ofSeconds(draw.between(2, 300)));
        }
    }

    private void clickFarm() {
        String network = "public:" + draw.hex();
        int target = draw.between(500, 1_999);
        for (int device = draw.between(20, 60); device > 0; device--) {
            Watching clicker =
                    new Watching(draw, views::add, TrafficClass.CLICK_FARM, moment()).as("client_network", network);
            for (int left = draw.between(5, 20); left > 0; left--) {
                int enough = Math.min(31, Watching.lengthOf(target));
                clicker.view(target, enough, false);
                clicker.pause(Duration.ofSeconds(draw.between(5, 150)));
            }
        }
    }

    private void rapidRefresh() {
        Watching viewer = new Watching(draw, views::add, TrafficClass.RAPID_REFRESH, moment());
        int video = Watching.popular(draw);
        int length = Watching.lengthOf(video);
        viewer.view(video, Math.min(35, length), true);
        for (int left = draw.between(3, 30); left > 0; left--) {
            viewer.pause(Duration.ofSeconds(draw.between(1, 60)));
            viewer.emit(video, Math.min(35, length), false, Map.of());
        }
    }

    private void prefetch() {
        Watching person = new Watching(draw, views::add, TrafficClass.PREFETCH, moment());
        int video = Watching.popular(draw);
        person.emit(video, null, false, Map.of("prefetch", true));
        if (draw.chance(0.6)) {
            person.pause(Duration.ofSeconds(draw.between(1, 20))).watch(video);
        }
    }

    /** An honest view, and its delivery again minutes or hours later; the view itself is the one that counts. */
    private void duplicate(TrafficClass label, Duration retimed) {
        List<LabelledView> first = new ArrayList<>();
        new Watching(draw, first::add, label, moment()).watch(Watching.popular(draw));
        LabelledView view = first.get(0);
        views.add(view);
        for (int copies = draw.between(1, 3); copies > 0; copies--) {
            Duration later = draw.chance(0.7)
                    ? Duration.ofMillis(draw.between(10, 60_000))
                    : Duration.ofMinutes(draw.between(1, 2_000));
            views.add(new LabelledView(
                    view.arrival().plus(later),
                    view.id(),
                    view.source(),
                    view.account(),
                    view.time().plus(retimed.compareTo(later) < 0 ? retimed : later),
                    new HashMap<>(view.data()),
                    label,
                    false));
        }
    }

    private void late(TrafficClass label, Duration delay) {
        session(new Watching(draw, views::add, label, moment().minus(delay)).delayed(delay));
    }

    /** Half of the wrong clocks are wrong by less than five minutes, which is allowed; the others by more. */
    private void clockSkew() {
        boolean isAllowed = draw.chance(0.5);
        Duration ahead =
                isAllowed ? Duration.ofSeconds(draw.between(10, 280)) : Duration.ofMinutes(draw.between(6, 600));
        Watching person = new Watching(draw, views::add, TrafficClass.CLOCK_SKEW, moment()).skewed(ahead);
        int video = Watching.popular(draw);
        person.view(video, Watching.lengthOf(video), isAllowed);
    }

    /** Most creators are signed in; some have a second account, which nothing tells. */
    private void selfView() {
        int video = draw.between(0, 1_999);
        Watching creator = new Watching(draw, views::add, TrafficClass.SELF_VIEW, moment());
        if (draw.chance(0.9)) {
            creator.as("user_id", Watching.creatorOf(video));
        }
        for (int left = draw.between(1, 4); left > 0; left--) {
            creator.view(video, Math.min(60, Watching.lengthOf(video)), false);
            creator.pause(Duration.ofMinutes(draw.between(5, 60)));
        }
    }
}
