package countinghouse.local.child;

import countinghouse.local.distribution.Distribution;
import java.util.ArrayList;
import java.util.List;

/** Wraps commands so that the process ends when its standard input closes: no child outlives its owner, however that died. */
public final class Guardian {
    /** Ctrl-C reaches every process of a terminal; only the owner may act on it, so that things stop in order. */
    private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

    private static final String WATCH = """
            trap '' INT HUP
            signals=$1
            shift
            stop() {
                for signal in $signals; do
                    kill -s "$signal" "$child" 2>/dev/null
                done
            }
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            trap stop TERM
            {
                cat <&3 >/dev/null
                stop
                for second in 1 2 3 4 5 6 7 8 9 10; do
                    kill -0 "$child" 2>/dev/null || exit 0
                    sleep 1
                done
                kill -s KILL "$child" 2>/dev/null
            } &
            watcher=$!
            exec 3<&-
            while
                wait "$child"
                status=$?
                kill -0 "$child" 2>/dev/null
            do
                :
            done
            kill "$watcher" 2>/dev/null
            exit "$status"
            """;

    private Guardian() {}

    /**
     * A JVM with the guardian agent.
     *
     * @param options JVM options, e.g. {@code -Xmx256m}
     * @param mainAndArguments main class and its arguments
     */
    public static List<String> jvm(
            Distribution distribution, List<String> options, String classPath, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", IGNORE_TERMINAL, "sh"));
        command.add(Distribution.java().toString());
        command.add("-javaagent:" + distribution.guardian());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.addAll(mainAndArguments);
        return List.copyOf(command);
    }

    /**
     * A native program.
     *
     * @param stopSignals what ends it, such as {@code TERM}; several are sent in turn
     */
    public static List<String> program(String stopSignals, List<String> programAndArguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WATCH, "sh", stopSignals));
        command.addAll(programAndArguments);
        return List.copyOf(command);
    }
}
