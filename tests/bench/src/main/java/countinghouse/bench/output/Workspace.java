package countinghouse.bench.output;

import countinghouse.bench.speed.stage.CleanSlate;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A benchmark's folder for data and logs: deleted in the end, unless the run failed and somebody wants to see why. */
public final class Workspace implements AutoCloseable {
    private final Path folder;
    private boolean done;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /** Makes an empty one in the system's folder for temporary files. */
    public static Workspace create(String benchmark) {
        try {
            return new Workspace(Files.createTempDirectory("countinghouse-bench-" + benchmark + "-"));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot make a folder in %s (%s); free some space or set java.io.tmpdir"
                            .formatted(System.getProperty("java.io.tmpdir"), e),
                    e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Says that nobody will want to look into the logs. */
    public void done() {
        done = true;
    }

    @Override
    public void close() {
        if (done) {
            CleanSlate.ofFolder(folder);
        }
    }
}
