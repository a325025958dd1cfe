package countinghouse.serving.layers;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Layers} of the test run, reset before each test, and a {@link RunningApi} over them for each class. */
public final class LayersExtension implements ParameterResolver, BeforeEachCallback {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Layers.class || type == RunningApi.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Layers.class ? layers(context) : api(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        layers(context).reset();
    }

    private static Layers layers(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Layers.class, type -> new Layers(), Layers.class);
    }

    /** It remembers totals of generations, whose numbers begin anew in the next class. */
    private static RunningApi api(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(LayersExtension.class))
                .computeIfAbsent(
                        RunningApi.class, type -> new RunningApi(layers(context).settings()), RunningApi.class);
    }
}
