package countinghouse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.command.Subcommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documents tell a reader to type or to open must exist. */
class DocumentationTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern COMMAND = Pattern.compile("\\./countinghouse ([a-z]+)([^`\\n]*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");

    /** Their own processes know their steps and options. */
    private static final Set<String> FORWARDED = Set.of("batch", "maintenance", "fault", "bench");

    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(ROOT::resolve),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkOnlyToWhatExists(Path document) throws IOException {
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            assertThat(document.getParent().resolve(links.group(1)))
                    .as("link in %s", document)
                    .exists();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameOnlyCommandsAndOptionsThatExist(Path document) throws IOException {
        CommandLine countinghouse = commandLine();
        Matcher commands = COMMAND.matcher(Files.readString(document));
        while (commands.find()) {
            String name = commands.group(1);
            if (name.equals("help")) {
                continue;
            }
            assertThat(countinghouse.getSubcommands()).as(commands.group()).containsKey(name);
            if (!FORWARDED.contains(name)) {
                assertThat(optionsOf(countinghouse.getSubcommands().get(name)))
                        .as(commands.group())
                        .containsAll(optionsIn(commands.group(2)));
            }
        }
    }

    @Test
    void shouldOpenWithTheTwoCommandsThatANewcomerNeeds() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme).contains("```sh\n./countinghouse demo\n```").contains("```sh\n./mvnw verify\n```");
        assertThat(readme.indexOf("./countinghouse demo")).isLessThan(readme.indexOf("./mvnw verify"));
    }

    @Test
    void shouldSayOfEveryLibraryThatWasAskedForWhereItIsUsed() {
        try {
            assertThat(Files.readString(ROOT.resolve("docs/packages.md")))
                    .contains(
                            "spark-sql",
                            "spark-streaming-kafka",
                            "kafka-streams",
                            "hadoop-client",
                            "jedis",
                            "trino-jdbc",
                            "deequ",
                            "avro",
                            "schema-registry client",
                            "junit-jupiter",
                            "kafka-streams-test-utils");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandLine commandLine() {
        @CommandLine.Command(name = "countinghouse")
        class Root {}
        CommandLine commandLine = new CommandLine(new Root());
        // Those of bench are on the class path too, and another process's.
        ServiceLoader.load(Subcommand.class).stream()
                .filter(provider -> !provider.type().getName().startsWith("countinghouse.bench."))
                .forEach(provider -> commandLine.addSubcommand(provider.get()));
        return commandLine;
    }

    private static TreeSet<String> optionsIn(String text) {
        TreeSet<String> options = new TreeSet<>();
        Matcher matcher = OPTION.matcher(text);
        while (matcher.find()) {
            options.add(matcher.group());
        }
        return options;
    }

    private static TreeSet<String> optionsOf(CommandLine command) {
        TreeSet<String> options = new TreeSet<>();
        command.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(sub -> options.addAll(optionsOf(sub)));
        return options;
    }
}
