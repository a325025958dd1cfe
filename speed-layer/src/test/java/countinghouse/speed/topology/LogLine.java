package countinghouse.speed.topology;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.testing.registry.FixedSchemas;
import java.math.BigDecimal;
import java.util.Map;

/**
 * One record of a generated log, in plain values that both the topology's bytes and the oracle are made from.
 *
 * @param kind what the record is
 * @param offset within its topic; every topic of a log has one partition
 * @param appendTimeMs as the broker's clock stood
 * @param amount of a reading, or seconds of a view
 */
record LogLine(
        Kind kind,
        long offset,
        long appendTimeMs,
        String account,
        String source,
        String id,
        long occurredAtMs,
        BigDecimal amount) {
    static final String READING = "meter.reading";
    static final String VIDEO = "video";

    enum Kind {
        READING,
        VIEW,
        TICK,
        RUBBISH
    }

    boolean isEvent() {
        return kind == Kind.READING || kind == Kind.VIEW;
    }

    /** Ticks and rubbish lie among the readings. */
    EventType type() {
        return kind == Kind.VIEW ? EventType.VIEW : EventType.CUSTOM;
    }

    byte[] value() {
        return switch (kind) {
            case TICK -> new byte[0];
            case RUBBISH -> new byte[] {1, 2, 3};
            case VIEW ->
                new EventEncoder(new FixedSchemas(), EventType.VIEW)
                        .encode(ViewEvent.newBuilder()
                                .setId(id)
                                .setSource(source)
                                .setAccount(account)
                                .setOccurredAtMs(occurredAtMs)
                                .setVideoId(VIDEO)
                                .setUserId("user")
                                .setViewDuration(amount.intValue())
                                .build());
            case READING ->
                new EventEncoder(new FixedSchemas(), EventType.CUSTOM)
                        .encode(CustomEvent.newBuilder()
                                .setId(id)
                                .setSource(source)
                                .setAccount(account)
                                .setOccurredAtMs(occurredAtMs)
                                .setType(READING)
                                .setData(Map.of("amount", amount.toPlainString()))
                                .build());
        };
    }
}
