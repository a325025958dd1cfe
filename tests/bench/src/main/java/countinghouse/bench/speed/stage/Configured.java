package countinghouse.bench.speed.stage;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.component.Component;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A component with some more environment.
 *
 * @param settings by environment variable
 */
public record Configured(Component component, Map<String, String> settings) implements Component {
    @Override
    public ChildCommand command() {
        ChildCommand plain = component.command();
        Map<String, String> environment = new HashMap<>(plain.environment());
        environment.putAll(settings);
        return new ChildCommand(plain.command(), environment, plain.directory(), plain.log());
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
