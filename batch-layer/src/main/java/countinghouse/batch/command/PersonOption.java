package countinghouse.batch.command;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whom a command is about. What stands on a command line, every user of the machine may read while the command runs. */
final class PersonOption {
    @Option(
            names = "--person-file",
            required = true,
            paramLabel = "FILE",
            description = "Holds the identifier as the producers sent it, alone on one line.")
    private Path file;

    @Option(
            names = "--person",
            required = true,
            paramLabel = "USER_ID",
            description = "The identifier itself; other users of this machine can read it while the command runs.")
    private String person;

    /**
     * The identifier.
     *
     * @throws CommandFailure if there is none, or more than one
     */
    String value() {
        String named = file == null ? person : read();
        if (named.isBlank()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    file == null
                            ? "'--person' is empty; give the identifier that producers sent"
                            : "The file %s is empty; write the identifier into it that producers sent".formatted(file));
        }
        return named;
    }

    private String read() {
        try {
            String[] lines = Files.readString(file).split("\\R", -1);
            if (lines.length > 2 || lines.length == 2 && !lines[1].isEmpty()) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "The file %s has more than one line; write one identifier into it, and erase one person at a time"
                                .formatted(file));
            }
            return lines[0];
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The file %s cannot be read as UTF-8 (%s); name a file that holds the identifier"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }
}
