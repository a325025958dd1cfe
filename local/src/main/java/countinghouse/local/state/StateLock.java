package countinghouse.local.state;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Held by the one owner of a state directory; the system releases it however the owner ends. */
public final class StateLock implements AutoCloseable {
    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws CommandFailure if a platform runs in the directory already
     */
    public static StateLock take(StateDirectory state) {
        FileChannel channel = open(state);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new StateLock(channel);
            }
            close(channel);
            throw taken(state, null);
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw taken(state, e);
        } catch (IOException e) {
            close(channel);
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot lock %s (%s); try another --state".formatted(state.lock(), e), e);
        }
    }

    private static FileChannel open(StateDirectory state) {
        try {
            return FileChannel.open(state.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot open %s (%s); make it writable".formatted(state.lock(), e), e);
        }
    }

    private static CommandFailure taken(StateDirectory state, Exception cause) {
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "A platform already runs in %s; use it, stop it with 'countinghouse down --state %s', or choose another --state"
                        .formatted(state, state),
                cause);
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a lock file failed", e);
        }
    }
}
