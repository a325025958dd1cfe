package countinghouse.batch.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link MaintainedArchive} of the test run, and configures the process's commands for it. */
public final class MaintainedArchiveExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MaintainedArchive.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MaintainedArchive archive = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(MaintainedArchive.class, type -> MaintainedArchive.start(), MaintainedArchive.class);
        try {
            archive.platform().configure();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }
}
