package countinghouse.bench.speed.stage;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.component.Component;
import java.util.ArrayList;
import java.util.List;

/** A component with a server's JVM in place of the small one, compiled by C1 alone, that the local profile starts fast with. */
public final class LongRunning extends Altered {
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=96m", "-Xms", "-Xmx");

    private final List<String> options;

    public LongRunning(Component component, List<String> options) {
        super(component);
        this.options = options;
    }

    @Override
    ChildCommand altered(ChildCommand small) {
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
}
