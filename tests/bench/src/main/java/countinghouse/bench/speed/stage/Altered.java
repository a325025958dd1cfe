package countinghouse.bench.speed.stage;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.component.Component;
import java.time.Duration;

/** A component that is started by another command, and is itself in all else. */
abstract class Altered implements Component {
    private final Component component;

    Altered(Component component) {
        this.component = component;
    }

    /** The command to start with instead. */
    abstract ChildCommand altered(ChildCommand plain);

    @Override
    public final ChildCommand command() {
        return altered(component.command());
    }

    @Override
    public String name() {
        return component.name();
    }

    @Override
    public int port() {
        return component.port();
    }

    @Override
    public boolean isReady() {
        return component.isReady();
    }

    @Override
    public Duration startDeadline() {
        return component.startDeadline();
    }
}
