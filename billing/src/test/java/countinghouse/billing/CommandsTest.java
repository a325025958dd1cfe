package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldSayWhetherTheExamplesOfAFileComeOut() throws IOException {
        String example = "{\"id\":\"X\",\"model\":\"per_unit\",\"quantity\":\"3\",\"params\":{\"unit_price\":\"2\"},"
                + "\"expected_amount\":\"%s\"}";
        Path right = Files.writeString(directory.resolve("right.json"), "[" + example.formatted("6") + "]");
        Path wrong = Files.writeString(directory.resolve("wrong.json"), "[" + example.formatted("7") + "]");
        Path none = Files.writeString(directory.resolve("none.json"), "{}");

        assertThat(run("rate", "--examples", right.toString())).isZero();
        assertThat(run("rate", "--examples", wrong.toString())).isEqualTo(1);
        assertThat(run("rate", "--json", "--examples", wrong.toString())).isEqualTo(1);
        assertThat(run("rate", "--examples", none.toString())).isEqualTo(2);
        assertThat(run("rate", "--examples", directory.resolve("absent").toString()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bill close",
                "bill drafts",
                "bill check",
                "bill finalize",
                "bill payouts",
                "bill adjust",
                "bill run"
            })
    void shouldExplainEveryStepOfBilling(String step) {
        String[] words = step.split(" ", 2);

        assertThat(run(words[0], words[1], "--help")).isZero();
        // Not configured: the message names the setting.
        assertThat(run(words[0], words[1], "--period", "2026-10")).isEqualTo(2);
    }

    @Test
    void shouldSayHowTheTimesOfAPeriodAreWritten() {
        CommandOutcome day =
                CommandOutcome.countinghouse("bill", "close", "--from", "2026-10-01", "--to", "2026-10-02");

        assertThat(day.status()).isEqualTo(2);
        assertThat(day.errors()).contains("--from", "'2026-10-01' is not a time; write it as 2026-10-31T00:00:00Z");
    }

    @Test
    void shouldCheckAnExportedLedgerAnywhere() throws IOException {
        String root = "0".repeat(64);
        Path empty = Files.writeString(directory.resolve("empty"), "{\"head\":0,\"hash\":\"%s\"}".formatted(root));
        Path cut = Files.writeString(directory.resolve("cut"), "");

        assertThat(run("audit", "verify", "--export", empty.toString(), "--root", root))
                .isZero();
        assertThat(run("audit", "verify", "--json", "--export", empty.toString(), "--root", "ab".repeat(32)))
                .isEqualTo(1);
        assertThat(run("audit", "verify", "--export", cut.toString())).isEqualTo(1);
        assertThat(run("audit", "verify", "--export", directory.resolve("none").toString()))
                .isEqualTo(2);
    }

    @Test
    void shouldRefuseACommandWithoutAStep() {
        assertThat(run("bill")).isEqualTo(2);
        assertThat(run("audit")).isEqualTo(2);
        assertThat(run("invoices", "--help")).isZero();
        assertThat(run("usage", "--help")).isZero();
    }

    private static int run(String... arguments) {
        return CommandOutcome.countinghouse(arguments).status();
    }
}
