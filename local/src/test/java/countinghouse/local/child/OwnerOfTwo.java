package countinghouse.local.child;

import countinghouse.local.distribution.Distribution;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that starts a guarded program and a guarded JVM, and waits to be killed. */
final class OwnerOfTwo {
    private OwnerOfTwo() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        if (arguments.length > 1) {
            new CountDownLatch(1).await();
        }
        start(folder, "program", Guardian.program("TERM", List.of("sleep", "600")));
        List<String> main = List.of(OwnerOfTwo.class.getName(), folder.toString(), "idle");
        start(
                folder,
                "jvm",
                Guardian.jvm(
                        Distribution.ofProcess(), List.of("-Xmx32m"), System.getProperty("java.class.path"), main));
        System.out.println("started");
        new CountDownLatch(1).await();
    }

    private static void start(Path folder, String name, List<String> command) {
        ChildProcess child =
                ChildProcess.start(name, new ChildCommand(command, Map.of(), folder, folder.resolve(name + ".log")));
        if (!child.isAlive()) {
            throw new IllegalStateException(name + " ended at once");
        }
    }
}
