package countinghouse.bench.speed.stage;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.component.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A component with a server's JVM in place of the small one, compiled by C1 alone, that the local profile starts fast with. */
public final class LongRunning implements Component {
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=96m", "-Xms", "-Xmx");

    private final Component component;
    private final List<String> options;

    public LongRunning(Component component, List<String> options) {
        this.component = component;
        this.options = options;
    }

    @Override
    public ChildCommand command() {
        ChildCommand small = component.command();
        List<String> command = new ArrayList<>();
        for (String word : small.command()) {
            if (word.equals("-cp")) {
                command.addAll(options);
            }
            if (SMALL.stream().noneMatch(word::startsWith)) {
                command.add(word);
            }
        }
        return new ChildCommand(command, small.environment(), small.directory(), small.log());
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
