package countinghouse.fault.process;

import countinghouse.local.Platform;
import countinghouse.local.status.ComponentStatus;
import java.util.Objects;
import java.util.Optional;

/** Kills components of a platform with {@code kill -9} and starts them again. */
public final class Killing {
    private final Platform platform;

    public Killing(Platform platform) {
        this.platform = platform;
    }

    /** The process of a component; null if it does not run. */
    public Long pid(String component) {
        return platform.status().components().stream()
                .filter(status -> status.name().equals(component))
                .map(ComponentStatus::pid)
                .filter(Objects::nonNull)
                .map(Killing::program)
                .findFirst()
                .orElse(null);
    }

    /** Native programs run under a shell that watches over them: the program itself is what matters. */
    private static Long program(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.children().filter(Killing::isServer).findFirst())
                .map(ProcessHandle::pid)
                .orElse(pid);
    }

    private static boolean isServer(ProcessHandle process) {
        Optional<String> command = process.info().command();
        return command.filter(path -> path.endsWith("redis-server") || path.endsWith("postgres"))
                .isPresent();
    }

    /** Kills a component; true if its process was there before and is gone now. */
    public boolean kill(String component) {
        Long before = pid(component);
        platform.kill(component);
        return before != null
                && ProcessHandle.of(before).map(handle -> !handle.isAlive()).orElse(true);
    }

    /** Starts a component again on its old port and data; returns when it serves. */
    public void restart(String component) {
        platform.restart(component);
    }
}
