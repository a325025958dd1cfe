package countinghouse.local.component;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.Guardian;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.distribution.NativePrograms;
import countinghouse.local.state.Ports;
import countinghouse.local.state.Secrets;
import countinghouse.local.state.StateDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What components share: where programs are, where data goes, which ports and secrets are whose. */
public record Workplace(
        Distribution distribution, StateDirectory state, Ports ports, Secrets secrets, NativePrograms programs) {
    /** C1 and the serial collector: the whole platform starts on two cores, and none of it runs hot. */
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=96m",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError");

    public static Workplace at(StateDirectory state, Distribution distribution) {
        return new Workplace(
                distribution,
                state,
                new Ports(state),
                new Secrets(state),
                new NativePrograms(distribution, state.root()));
    }

    /** A guarded JVM of a process of the distribution. */
    ChildCommand jvm(String name, String process, List<String> options, List<String> mainAndArguments) {
        return jvm(name, process, options, mainAndArguments, Map.of());
    }

    ChildCommand jvm(
            String name,
            String process,
            List<String> options,
            List<String> mainAndArguments,
            Map<String, String> environment) {
        List<String> all = new ArrayList<>(SMALL_JVM);
        all.add("-Djava.awt.headless=true");
        all.add("-Dcountinghouse.home=" + distribution.root());
        all.addAll(options);
        return new ChildCommand(
                Guardian.jvm(distribution, all, distribution.classPath(process), mainAndArguments),
                environment,
                state.root(),
                state.log(name));
    }

    /** A guarded native program. */
    ChildCommand program(String name, String stopSignals, List<String> programAndArguments) {
        return new ChildCommand(
                Guardian.program(stopSignals, programAndArguments), Map.of(), state.root(), state.log(name));
    }
}
