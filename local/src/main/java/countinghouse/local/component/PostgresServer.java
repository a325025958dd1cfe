package countinghouse.local.component;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.ChildProcess;
import countinghouse.local.child.LogTail;
import countinghouse.local.state.Ports;
import countinghouse.local.state.PrivateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** PostgreSQL with a superuser {@code postgres} whose password is a secret of the state directory. */
public final class PostgresServer implements Component {
    public static final String SUPERUSER = "postgres";

    private static final Duration INIT_DEADLINE = Duration.ofSeconds(60);
    /** INT ends sessions and stops, but does nothing before the server has taken it up; TERM does then. */
    private static final String STOP_SIGNALS = "TERM INT";

    private final Workplace workplace;
    private final int port;

    public PostgresServer(Workplace workplace) {
        this.workplace = workplace;
        this.port = workplace.ports().flexible("postgres");
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public int port() {
        return port;
    }

    /** JDBC URL of a database. */
    public String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(Ports.HOST, port, database);
    }

    public String superuserPassword() {
        return workplace.secrets().secret("postgres.superuser");
    }

    @Override
    public ChildCommand command() {
        Path data = workplace.state().folder("postgres").resolve("data");
        if (!Files.exists(data)) {
            // What an interrupted start left is unfinished and in nobody's way: the folder gets its name when it is
            // complete.
            Path unfinished = PrivateFile.newFolder(data.resolveSibling("initialising-"));
            initialise(unfinished);
            PrivateFile.rename(unfinished, data);
        }
        return workplace.program(
                name(),
                STOP_SIGNALS,
                asOrdinaryUser(List.of(
                        program("postgres"),
                        "-D",
                        data.toString(),
                        "-c",
                        "listen_addresses=" + Ports.HOST,
                        "-c",
                        "port=" + port,
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=100",
                        "-c",
                        "shared_buffers=32MB")));
    }

    @Override
    public boolean isReady() {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", superuserPassword());
        properties.setProperty("loginTimeout", "1");
        properties.setProperty("socketTimeout", "1");
        if (!Probe.accepts(port)) {
            return false;
        }
        try (Connection connection = DriverManager.getConnection(url(SUPERUSER), properties)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void initialise(Path data) {
        Path passwordFile = data.resolveSibling("superuser-password");
        PrivateFile.write(passwordFile, superuserPassword());
        ChildProcess initialisation = ChildProcess.start(
                "initdb",
                workplace.program(
                        "postgres-initdb",
                        "TERM",
                        asOrdinaryUser(List.of(
                                program("initdb"),
                                "--pgdata=" + data,
                                "--username=" + SUPERUSER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync"))));
        try {
            if (!initialisation.endedWithin(INIT_DEADLINE)
                    || initialisation.exit().join() != 0) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY,
                        "PostgreSQL could not make its data folder (%s); see %s"
                                .formatted(
                                        LogTail.cause(initialisation.log()).orElse("no message"),
                                        initialisation.log()));
            }
        } finally {
            initialisation.kill();
            PrivateFile.delete(passwordFile);
        }
    }

    private String program(String name) {
        return workplace.programs().postgres().resolve("bin").resolve(name).toString();
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody. */
    private static List<String> asOrdinaryUser(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }
}
