package countinghouse.local.component;

import countinghouse.kit.config.Settings;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.state.Ports;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A Countinghouse process with some roles: {@code countinghouse serve --roles ...}. */
public final class ServiceServer implements Component {
    private final Workplace workplace;
    private final String name;
    private final String roles;
    private final String heap;
    private final int port;

    /**
     * @param roles comma-separated, as {@code serve --roles} takes them
     * @param heap largest heap, as {@code -Xmx} takes it
     */
    public ServiceServer(Workplace workplace, String name, String roles, String heap, int port) {
        this.workplace = workplace;
        this.name = name;
        this.roles = roles;
        this.heap = heap;
        this.port = port;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://" + Ports.HOST + ":" + port);
    }

    @Override
    public ChildCommand command() {
        return workplace.jvm(
                name,
                "app",
                List.of("-Xms64m", "-Xmx" + heap),
                List.of("countinghouse.app.Main", "serve", "--roles", roles),
                Map.of(
                        Settings.CONFIG_FILE_VARIABLE,
                        workplace.state().configuration().toString(),
                        "COUNTINGHOUSE_HTTP_HOST",
                        Ports.HOST,
                        "COUNTINGHOUSE_HTTP_PORT",
                        Integer.toString(port)));
    }

    @Override
    public boolean isReady() {
        return Probe.get(port, "/health/ready").isPresent();
    }
}
