package countinghouse.local.component;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.Guardian;
import countinghouse.local.state.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** Trino, for analysts: reads the Iceberg tables and the views in PostgreSQL, with the configuration in {@code deploy/trino}. */
public final class TrinoServer implements Component {
    public static final String NAME = "trino";

    private static final String STARTED = "\"starting\":false";
    private static final Duration FIRST_QUERY_TIMEOUT = Duration.ofSeconds(30);

    private final Workplace workplace;
    private final TrinoSources sources;
    private final int port;

    public TrinoServer(Workplace workplace, TrinoSources sources) {
        this.workplace = workplace;
        this.sources = sources;
        this.port = workplace.ports().flexible(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return port;
    }

    /** JDBC URL, with the archive and the counts as the catalog of unqualified names. */
    public String url() {
        return "jdbc:trino://%s:%d/countinghouse".formatted(Ports.HOST, port);
    }

    /**
     * Sees that everything is there, without starting anything.
     *
     * @throws CommandFailure naming what is missing, and how to get it
     */
    public void requireInstalled() {
        TrinoJava.home();
        if (!Files.isExecutable(launcher())) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no Trino in the distribution at %s; fetch it (800 MB) with ./mvnw -Ptrino -pl local/runtime-trino package"
                            .formatted(workplace.distribution().root()));
        }
    }

    @Override
    public ChildCommand command() {
        requireInstalled();
        Path configuration = workplace.state().folder("trino").resolve("etc");
        Path data = workplace.state().folder("trino/data");
        TrinoConfiguration.write(configuration);
        List<String> command = List.of(
                launcher().toString(),
                "-etc-dir",
                configuration.toString(),
                "-data-dir",
                data.toString(),
                "-jvm-dir",
                TrinoJava.home().toString(),
                "-D",
                "http-server.http.port=" + port,
                "-D",
                "discovery.uri=http://%s:%d".formatted(Ports.HOST, port),
                "-D",
                "node.data-dir=" + data,
                "-D",
                "node.bind-ip=" + Ports.HOST,
                "-D",
                "node.internal-address=" + Ports.HOST,
                "run");
        return new ChildCommand(
                Guardian.program("TERM", command),
                sources.environment(),
                workplace.state().root(),
                workplace.state().log(NAME));
    }

    private Path launcher() {
        return workplace.distribution().libraries(NAME).resolve("bin/launcher");
    }

    @Override
    public boolean isReady() {
        return Probe.get(port, "/v1/info")
                        .filter(info -> info.contains(STARTED))
                        .isPresent()
                && schedulesQueries();
    }

    /** A started server refuses queries until its own announcement as a worker has reached its scheduler, seconds later. */
    private boolean schedulesQueries() {
        Properties login = new Properties();
        login.setProperty("user", "analyst");
        try (Connection connection = DriverManager.getConnection(url(), login);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) FIRST_QUERY_TIMEOUT.toSeconds());
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** It compiles much of itself before it serves. */
    @Override
    public Duration startDeadline() {
        return Duration.ofMinutes(6);
    }
}
