package countinghouse.local.component;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.state.Ports;
import java.net.URI;
import java.util.List;

/** Apicurio Registry, for its Confluent-compatible API; schemas are kept in a file, so ids stay what the log says. */
public final class SchemaRegistryServer implements Component {
    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    private final Workplace workplace;
    private final int port;

    public SchemaRegistryServer(Workplace workplace) {
        this.workplace = workplace;
        this.port = workplace.ports().flexible("registry");
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://" + Ports.HOST + ":" + port + CONFLUENT_API);
    }

    @Override
    public ChildCommand command() {
        String database =
                workplace.state().folder("registry").resolve("schemas").toString();
        return workplace.jvm(
                name(),
                "registry",
                List.of(
                        "-Xms32m",
                        "-Xmx192m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.http.host=" + Ports.HOST,
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.log.level=WARN",
                        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + database,
                        "-Dquarkus.datasource.jdbc.initial-size=1",
                        "-Dquarkus.datasource.jdbc.min-size=1",
                        "-Dquarkus.datasource.jdbc.max-size=8"),
                List.of("io.quarkus.runner.GeneratedMain"));
    }

    @Override
    public boolean isReady() {
        return Probe.get(port, CONFLUENT_API + "/subjects").isPresent();
    }
}
