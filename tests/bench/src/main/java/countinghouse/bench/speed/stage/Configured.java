package countinghouse.bench.speed.stage;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.component.Component;
import java.util.HashMap;
import java.util.Map;

/** A component with some more environment. */
public final class Configured extends Altered {
    private final Map<String, String> settings;

    /** @param settings by environment variable */
    public Configured(Component component, Map<String, String> settings) {
        super(component);
        this.settings = Map.copyOf(settings);
    }

    @Override
    ChildCommand altered(ChildCommand plain) {
        Map<String, String> environment = new HashMap<>(plain.environment());
        environment.putAll(settings);
        return new ChildCommand(plain.command(), environment, plain.directory(), plain.log());
    }
}
