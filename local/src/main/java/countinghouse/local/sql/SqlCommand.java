package countinghouse.local.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countinghouse sql}: one question to Trino. */
@Command(
        name = "sql",
        description = {
            "Ask Trino a question in SQL, as an analyst: raw events and counts in the catalog countinghouse, accounts, documents, generations"
                    + " and the audit ledger in billing.analysis.",
            "'up --with trino' starts a Trino on this machine; the setting trino.url names another."
        },
        mixinStandardHelpOptions = true)
public final class SqlCommand implements Subcommand {
    private static final String FROM_INPUT = "-";

    @Parameters(paramLabel = "SQL", description = "One statement, or - to read it from standard input.")
    private String statement;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv or json (default: ${DEFAULT-VALUE}). JSON has exact numbers.")
    private ResultFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String sql = statement();
        Trino.from(Settings.ofProcess()).ask(sql, columns -> format.writer(columns, out));
        out.flush();
    }

    /** Without the semicolon that ends a statement where there may be several. */
    private String statement() {
        String sql = statement.equals(FROM_INPUT) ? input() : statement;
        String bare = sql.strip().replaceFirst(";$", "").strip();
        if (bare.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "There is no statement; try './countinghouse sql \"SHOW TABLES FROM raw\"'");
        }
        return bare;
    }

    private static String input() {
        try {
            return new String(System.in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot read the statement from standard input (%s)".formatted(e), e);
        }
    }
}
