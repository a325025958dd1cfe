package countinghouse.bench.speed.stage;

import countinghouse.local.component.Component;
import countinghouse.local.component.ServiceServer;
import countinghouse.local.component.Workplace;
import countinghouse.local.state.Ports;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A service of the platform as a bench runs it: with a server's JVM, and settings over those of the local profile. */
public final class BenchService {
    private BenchService() {}

    /**
     * The service, not yet started, on a free port.
     *
     * @param roles as {@code serve} takes them
     * @param heap of the small JVM, for which the options may give another
     * @param settings by environment variable
     */
    public static Component component(
            Workplace workplace,
            String name,
            String roles,
            String heap,
            Map<String, String> settings,
            List<String> jvmOptions) {
        ServiceServer service = new ServiceServer(
                workplace, name, roles, heap, workplace.ports().flexible(name));
        return new LongRunning(new Configured(service, settings), jvmOptions);
    }

    /** Where it serves. */
    public static URI url(Component service) {
        return URI.create("http://" + Ports.HOST + ":" + service.port());
    }
}
