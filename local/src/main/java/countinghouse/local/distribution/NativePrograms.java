package countinghouse.local.distribution;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Redis and PostgreSQL, unpacked once from the jars that carry them. Two processes may unpack at the same time: a lock lets one do the
 * work, and what is there is always complete.
 */
public final class NativePrograms {
    private static final int OWNER_EXECUTE = 0100;

    private final Path folder;
    private final Machine machine = Machine.ofMachine();

    /** Unpacks into the distribution, or into {@code fallback} if the distribution cannot be written to. */
    public NativePrograms(Distribution distribution, Path fallback) {
        Path beside = distribution.root().resolve("native");
        this.folder = Files.isWritable(distribution.root()) ? beside : fallback.resolve("native");
    }

    /** The {@code redis-server} program. */
    public Path redisServer() {
        String resource = machine.redisResource();
        return unpacked(resource, (stream, target) -> {
                    Path program = Files.createDirectories(target).resolve("redis-server");
                    Files.copy(stream, program);
                    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
    }

    /** PostgreSQL's folder, with {@code bin}, {@code lib} and {@code share}. */
    public Path postgres() {
        return unpacked(machine.postgresResource(), NativePrograms::untar);
    }

    private Path unpacked(String resource, Unpacker unpacker) {
        Path target = folder.resolve(resource.replace(".txz", ""));
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(resource + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(target)) {
                    unpack(resource, unpacker, target);
                }
            }
            return target;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot unpack %s into %s (%s); free some space or make the folder writable"
                            .formatted(resource, folder, e),
                    e);
        }
    }

    private static void unpack(String resource, Unpacker unpacker, Path target) throws IOException {
        Path unfinished = Files.createTempDirectory(target.getParent(), "unpacking-");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream stream = NativePrograms.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("it is not on the class path");
            }
            unpacker.unpack(stream, unfinished);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void untar(InputStream stream, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(stream))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("an entry points outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean program = (entry.getMode() & OWNER_EXECUTE) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private interface Unpacker {
        void unpack(InputStream stream, Path target) throws IOException;
    }
}
