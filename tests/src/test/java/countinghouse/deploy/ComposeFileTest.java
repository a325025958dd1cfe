package countinghouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.local.setup.SetupCommand;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code docker-compose.yml} says about our own code and files, and what is demanded of each of its services. */
class ComposeFileTest {
    private static final ComposeFile COMPOSE = ComposeFile.read();
    private static final Pattern PINNED = Pattern.compile("[a-z/.-]+:v?\\d+[\\w.-]*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]+)}");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(\\w+)=(.+)$");
    /** Commands that end. */
    private static final Set<String> ENDING = Set.of("setup", "warehouse", "airflow-setup");
    /** Those, and images with nothing inside that could ask. */
    private static final Set<String> UNCHECKED =
            Set.of("loki", "tempo", "collector", "setup", "warehouse", "airflow-setup");

    static Collection<ComposeService> services() {
        return COMPOSE.services().values();
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldPinLimitAndCheckEveryService(ComposeService service) {
        assertThat(service.image()).matches(PINNED);
        assertThat(service.limits()).containsKeys("cpus", "memory");
        assertThat(service.isChecked()).isEqualTo(!UNCHECKED.contains(service.name()));
        assertThat(service.content()).containsKey("restart");
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldWaitForHealthOfWhatCanTellIt(ComposeService service) {
        service.dependencies().forEach((other, condition) -> {
            assertThat(COMPOSE.services()).containsKey(other);
            if (ENDING.contains(other)) {
                assertThat(condition).isEqualTo("service_completed_successfully");
            } else if (!UNCHECKED.contains(other)) {
                assertThat(condition).isEqualTo("service_healthy");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka-1", "kafka-2", "kafka-3"})
    void shouldKeepTheLogOfABrokerOnItsVolume(String broker) {
        ComposeService service = COMPOSE.services().get(broker);
        assertThat(service.texts("volumes"))
                .containsExactly(broker + ":" + service.environment().get("KAFKA_LOG_DIRS"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldPublishOnlyTheEdge(ComposeService service) {
        boolean edge = service.name().equals("api");
        assertThat(service.texts("ports").isEmpty()).isEqualTo(!edge);
        assertThat(service.texts("networks").contains("edge")).isEqualTo(edge);
        assertThat(COMPOSE.section("networks").get("inside")).isEqualTo(Map.of("internal", true));
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldSeeOnlyFilesThatExistAndSecretsThatAreDeclared(ComposeService service) {
        assertThat(service.mountedSources())
                .allSatisfy(source ->
                        assertThat(Repository.ROOT.resolve(source).normalize()).isDirectory());
        assertThat(COMPOSE.secrets().keySet()).containsAll(service.texts("secrets"));
        service.environment().values().stream()
                .filter(value -> value.contains("/run/secrets/"))
                .forEach(value -> assertThat(service.texts("secrets"))
                        .contains(value.substring(value.indexOf("/run/secrets/") + "/run/secrets/".length())));
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldSetOnlyWhatOurCodeReadsAndTellNoSecret(ComposeService service) {
        assertThat(KnownSettings.variables())
                .containsAll(service.environment().keySet().stream()
                        .filter(name -> name.startsWith("COUNTINGHOUSE_"))
                        .toList());
        service.environment().forEach((name, value) -> {
            if (name.matches(".*(PASSWORD|SECRET|KEY)(_.*)?")) {
                assertThat(value).as(name).contains("/run/secrets/");
            }
        });
    }

    @Test
    void shouldRunRolesThatExistOnThePortThatIsCheckedAndScraped() {
        List<ComposeService> serving = services().stream()
                .filter(ComposeService::isOurs)
                .filter(service -> service.texts("command").contains("serve"))
                .toList();
        assertThat(serving).hasSize(3).allSatisfy(service -> {
            KnownRoles.assertServes(service.texts("command"));
            String port = service.environment().get("COUNTINGHOUSE_HTTP_PORT");
            assertThat(ComposeFile.textsOf(service.map("healthcheck").get("test")))
                    .containsExactly("CMD", "/opt/countinghouse/bin/health", port);
            assertThat(Repository.text(Repository.ROOT.resolve("deploy/prometheus/prometheus.yml")))
                    .contains("\"" + service.name() + ":" + port + "\"");
            assertThat(service.dependencies())
                    .satisfiesAnyOf(
                            dependencies -> assertThat(dependencies).containsKeys("setup", "warehouse"),
                            dependencies -> assertThat(dependencies).containsKey("api"));
        });
        assertThat(Repository.ROOT.resolve("local/src/main/distribution/bin/health"))
                .isExecutable();
    }

    @Test
    void shouldConfineWhateverRunsOurImage() {
        assertThat(services().stream().filter(ComposeService::isOurs))
                .hasSize(6)
                .allSatisfy(service -> assertThat(service.content())
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true")));
    }

    @Test
    void shouldPrepareTheServersByACommandThatExistsAndAloneHoldTheAdministratorsPassword() {
        ComposeService setup = COMPOSE.services().get("setup");
        assertThat(setup.texts("command")).containsExactly("setup");
        assertThat(new CommandLine(new SetupCommand()).getCommandName()).isEqualTo("setup");
        assertThat(services().stream()
                        .filter(service -> service.texts("secrets").contains("setup.properties")))
                .containsExactly(setup);
    }

    @Test
    void shouldRunSparkFromTheBatchLayersOwnJarsWhereAirflowLooksForIt() {
        ComposeService master = COMPOSE.services().get("spark-master");
        ComposeService worker = COMPOSE.services().get("spark-worker");
        String address = "spark://" + master.content().get("hostname") + ":7077";
        assertThat(master.texts("command")).startsWith("master").containsSequence("--port", "7077");
        assertThat(worker.texts("command")).startsWith("worker").endsWith(address);
        assertThat(List.of(master, worker)).allSatisfy(service -> assertThat(service.texts("entrypoint"))
                .containsExactly("/opt/countinghouse/bin/spark"));
        assertThat(Repository.ROOT.resolve("local/src/main/distribution/bin/spark"))
                .isExecutable();
        assertThat(Repository.text(Repository.ROOT.resolve(".env.example"))).contains(address);
    }

    @Test
    void shouldBuildImagesFromFilesThatExist() {
        for (ComposeService service : services()) {
            if (service.map("build").get("dockerfile") instanceof String dockerfile) {
                assertThat(Repository.ROOT.resolve(dockerfile)).isRegularFile();
                Pattern.compile("(?m)^COPY --chown\\S+ (?!local/target)(\\S+) ")
                        .matcher(Repository.text(Repository.ROOT.resolve(dockerfile)))
                        .results()
                        .forEach(copy -> assertThat(Repository.ROOT.resolve(copy.group(1)))
                                .exists());
            }
        }
    }

    @Test
    void shouldShowEveryVariableWithItsDefaultInTheExample() {
        assertThat(pairs(EXAMPLE, ".env.example")).isEqualTo(pairs(VARIABLE, "docker-compose.yml"));
    }

    @Test
    void shouldExplainEverySecretThatSomebodyMustProvide() {
        String guide = Repository.text(Repository.ROOT.resolve("docs/guides/deploy.md"));
        TreeSet<String> files = new TreeSet<>(COMPOSE.secrets().values());
        services().forEach(service -> files.addAll(service.texts("env_file")));
        assertThat(files).hasSizeGreaterThan(5).allSatisfy(file -> assertThat(guide)
                .contains("`" + file.substring("./secrets/".length()) + "`"));
    }

    private static Set<String> pairs(Pattern pattern, String file) {
        return pattern.matcher(Repository.text(Repository.ROOT.resolve(file)))
                .results()
                .map((MatchResult pair) -> pair.group(1) + "=" + pair.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
