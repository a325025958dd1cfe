package countinghouse.local.forward;

import java.util.List;
import picocli.CommandLine.Command;

/** {@code countinghouse fault ...}: kills real processes under load and compares what is left with an oracle. */
@Command(name = "fault", description = "Kill processes of a platform under load and compare every count: speed, batch.")
public final class FaultCommand extends ForwardedCommand {
    /** The harness leaves the cores to the platform that it tests. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlogback.configurationFile=logback-fault.xml");

    public FaultCommand() {
        super("fault", "countinghouse.fault.FaultMain", JAVA_OPTIONS);
    }
}
