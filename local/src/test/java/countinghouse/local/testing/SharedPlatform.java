package countinghouse.local.testing;

import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The components, without the Countinghouse processes, started once for all tests of this JVM; they end with it. */
public final class SharedPlatform {
    private SharedPlatform() {}

    public static Platform components() {
        return Holder.COMPONENTS;
    }

    private static final class Holder {
        private static final Platform COMPONENTS = start();

        private static Platform start() {
            try {
                Path target = Path.of("target").toAbsolutePath();
                Path state = Files.createTempDirectory(Files.createDirectories(target), "components-");
                return Platform.start(PlatformOptions.at(state).componentsOnly());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
