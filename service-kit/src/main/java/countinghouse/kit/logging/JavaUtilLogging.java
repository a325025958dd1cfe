package countinghouse.kit.logging;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Libraries that tell {@code java.util.logging}, as OpenTelemetry's and PostgreSQL's do, would write lines of text among our JSON. */
public final class JavaUtilLogging {
    private JavaUtilLogging() {}

    /** From here on what is told there goes where all logging goes. */
    public static void join() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }
}
