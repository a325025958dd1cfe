package countinghouse.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import countinghouse.testing.tool.OptionalTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/scan dependencies}: findings end it with 1, and a network that is not there with 0. */
class ScanTest {
    private static final Path SCAN = Path.of("").toAbsolutePath().getParent().resolve(".ci/scan");
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final String SOUND = component("org.example", "sound", "1.0", "Apache-2.0");

    @TempDir
    private Path folder;

    private HttpServer osv;
    private volatile String asked;
    private String answer = "{\"results\": []}";

    private record Ended(int status, String output) {}

    @BeforeAll
    static void requirePython() {
        OptionalTool.program("python3");
    }

    @BeforeEach
    void startOsv() throws IOException {
        osv = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        osv.createContext("/v1/querybatch", exchange -> {
            try (exchange) {
                asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                byte[] body = answer.getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        osv.start();
    }

    @AfterEach
    void stopOsv() {
        osv.stop(0);
    }

    @Test
    void shouldSayThatNobodyWasAskedAndFailNothing() throws Exception {
        Ended ended = scan(NOBODY, SOUND);
        assertThat(ended.output()).contains("NOT COMPARED with OSV").contains("0 findings");
        assertThat(ended.status()).isZero();
    }

    @Test
    void shouldFindALicenceThatIsNotAmongOurs() throws Exception {
        Ended ended = scan(NOBODY, SOUND, component("org.example", "strict", "2.0", "AGPL-3.0-only"));
        assertThat(ended.output()).contains("FOUND org.example:strict:2.0 has the licence ['AGPL-3.0-only']");
        assertThat(ended.output()).doesNotContain("sound");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void shouldKnowWeakVersionsWithoutAnybody() throws Exception {
        Ended ended = scan(
                NOBODY,
                component("org.apache.logging.log4j", "log4j-core", "2.14.1", "Apache-2.0"),
                component("org.yaml", "snakeyaml", "2.4", "Apache-2.0"));
        assertThat(ended.output()).contains("log4j-core:2.14.1 is below 2.17.1: CVE-2021-44832");
        assertThat(ended.output()).doesNotContain("snakeyaml");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void shouldAcceptAnAdvisoryForTheVersionThatWasLookedAtAlone() throws Exception {
        Ended ended = scan(
                NOBODY,
                component("io.netty", "netty-handler", "4.1.96.Final", "Apache-2.0"),
                component("io.netty", "netty-handler", "4.1.97.Final", "Apache-2.0"));
        assertThat(ended.output())
                .contains("netty-handler:4.1.97.Final is below 4.1.118: CVE-2025-24970")
                .doesNotContain("netty-handler:4.1.96.Final is below");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void shouldAskForEachLicenceThatMustBeKeptAndForOneOfThoseToChooseFrom() throws Exception {
        String both =
                SOUND.replace("{\"license\": {\"id\": \"Apache-2.0\"}}", "{\"expression\": \"MIT AND AGPL-3.0-only\"}");
        String either = SOUND.replace(
                "{\"license\": {\"id\": \"Apache-2.0\"}}", "{\"expression\": \"(MIT OR AGPL-3.0-only)\"}");
        assertThat(both).isNotEqualTo(SOUND);
        assertThat(scan(NOBODY, both).status()).isEqualTo(1);
        assertThat(scan(NOBODY, either).status()).isZero();
    }

    @Test
    void shouldTellWhatOsvKnows() throws Exception {
        answer = "{\"results\": [{\"vulns\": [{\"id\": \"GHSA-test\", \"modified\": \"2026-01-01T00:00:00Z\"}]}]}";
        Ended ended = scan("http://127.0.0.1:" + osv.getAddress().getPort(), SOUND);
        assertThat(asked).contains("\"ecosystem\": \"Maven\", \"name\": \"org.example:sound\"}, \"version\": \"1.0\"");
        assertThat(asked).as("those of Airflow too").contains("\"ecosystem\": \"PyPI\", \"name\": \"apache-airflow\"");
        assertThat(ended.output()).contains("NEWS org.example:sound:1.0 has GHSA-test");
        assertThat(ended.status()).as("no change fails with the news").isZero();

        Ended strict =
                scan(List.of("--strict"), "http://127.0.0.1:" + osv.getAddress().getPort(), SOUND);
        assertThat(strict.output()).contains("FOUND org.example:sound:1.0 has GHSA-test");
        assertThat(strict.status()).isEqualTo(1);
    }

    private Ended scan(String osvUrl, String... components) throws Exception {
        return scan(List.of(), osvUrl, components);
    }

    private Ended scan(List<String> options, String osvUrl, String... components) throws Exception {
        Path sbom = folder.resolve("bom.json");
        Files.writeString(sbom, Stream.of(components).collect(Collectors.joining(",", "{\"components\": [", "]}")));
        List<String> command = new ArrayList<>(
                List.of("python3", SCAN.toString(), "dependencies", "--sbom", sbom.toString(), "--osv", osvUrl));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static String component(String group, String name, String version, String licence) {
        return """
                {"type": "library", "group": "%s", "name": "%s", "version": "%s", "licenses": [{"license": {"id": "%s"}}]}""".formatted(group, name, version, licence);
    }
}
