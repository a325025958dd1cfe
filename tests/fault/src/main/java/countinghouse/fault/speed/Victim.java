package countinghouse.fault.speed;

import countinghouse.local.Platform;

/** A process that is killed. */
enum Victim {
    BROKER(Platform.KAFKA),
    STREAMS(Platform.SPEED),
    PROJECTOR(Platform.PROJECTOR),
    REDIS(Platform.REDIS);

    private final String component;

    Victim(String component) {
        this.component = component;
    }

    /** Its name on the platform. */
    String component() {
        return component;
    }
}
