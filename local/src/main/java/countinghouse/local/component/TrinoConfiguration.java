package countinghouse.local.component;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The files of {@code deploy/trino}, which are the same here and in containers. */
final class TrinoConfiguration {
    /** Their folder on the class path. */
    private static final String RESOURCES = "/trino/";

    private static final List<String> FILES = List.of(
            "config.properties",
            "jvm.config",
            "node.properties",
            "access-control.properties",
            "rules.json",
            "catalog/billing.properties",
            "catalog/countinghouse.properties");

    private TrinoConfiguration() {}

    /** Writes this build's files over what an earlier start left. */
    static void write(Path folder) {
        for (String file : FILES) {
            try (InputStream content = TrinoConfiguration.class.getResourceAsStream(RESOURCES + file)) {
                Path target = folder.resolve(file);
                Files.createDirectories(target.getParent());
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY, "Cannot write Trino's %s to %s (%s)".formatted(file, folder, e), e);
            }
        }
    }
}
