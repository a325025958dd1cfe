package countinghouse.ingestion.source;

/** Who is behind a simulated view, as only its generator knows (anchors.md 2.4). */
public enum TrafficClass {
    /** People in sessions, by the rhythm of the day; what they watched too briefly is not billable. */
    HONEST,
    /** Many people behind one network, often on the same popular videos: what a careless rule takes for a farm. */
    SHARED_NAT,
    /** Robots that say so. */
    DECLARED_CRAWLER,
    /** Robots with a browser's user agent that take their time. */
    UNDECLARED_CRAWLER,
    /** Sessions of people, played again from machines in data centres. */
    DATACENTRE_REPLAY,
    /** Real browsers in one network that view the same few videos for pay. */
    CLICK_FARM,
    /** One viewer who loads the same video again and again; the first view counts. */
    RAPID_REFRESH,
    /** Loaded ahead of a playback that may follow; the playback counts. */
    PREFETCH,
    /** The same event delivered again, word for word. */
    DUPLICATE_EXACT,
    /** The same event delivered again with another time. */
    DUPLICATE_RETIMED,
    /** Honest, and minutes late. */
    LATE_MINUTES,
    /** Honest, and hours late. */
    LATE_HOURS,
    /** Honest, and days late, but not too late. */
    LATE_DAYS,
    /** From a clock that is wrong: by little, which counts, or by more than an event may be. */
    CLOCK_SKEW,
    /** Creators who view their own videos. */
    SELF_VIEW;

    /** Whether lists and flags are enough to know the class. */
    public boolean isListed() {
        return this == DECLARED_CRAWLER || this == DATACENTRE_REPLAY || this == PREFETCH;
    }
}
