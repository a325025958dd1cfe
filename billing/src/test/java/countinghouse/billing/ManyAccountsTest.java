package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.billing.books.BillingProcess;
import countinghouse.billing.books.BillingProcess.Measure;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.ManyAccounts;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 1,000 accounts; with {@code -Pfull} 100,000, in the same heap: what a run needs does not grow with its accounts. */
@ExtendWith(BooksExtension.class)
class ManyAccountsTest {
    private static final boolean FULL = Boolean.getBoolean("countinghouse.full");
    private static final int ACCOUNTS = FULL ? 100_000 : 1_000;
    private static final int HEAP_MEGABYTES = 192;
    private static final int BATCH_SIZE = 500;
    private static final int TIMEOUT_MINUTES = FULL ? 120 : 15;

    @TempDir
    private Path directory;

    @Test
    void shouldBillEveryAccountInOneRunAndABoundedHeap(Books books) throws IOException, InterruptedException {
        ManyAccounts.publish(books, ACCOUNTS);
        Path output = directory.resolve("child.log");

        Process child = BillingProcess.start(books, BATCH_SIZE, HEAP_MEGABYTES, output);
        boolean ended = child.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        child.destroyForcibly();

        List<String> lines = Files.readAllLines(output);
        assertThat(ended)
                .as("%s", lines.subList(Math.max(0, lines.size() - 5), lines.size()))
                .isTrue();
        assertThat(child.exitValue()).as("%s", lines).isZero();
        assertThat(lines).contains("invoice drafts " + ACCOUNTS, "payout finalized " + ACCOUNTS);
        String last = lines.get(lines.size() - 1);
        Measure measure = Json.mapper().readValue(last, Measure.class);
        assertThat(measure.invoices()).isEqualTo(ACCOUNTS);
        assertThat(measure.payouts()).isEqualTo(ACCOUNTS);
        assertThat(measure.linesFailed()).isZero();
        System.out.printf("%,d accounts in a heap of %d MB: %s%n", ACCOUNTS, HEAP_MEGABYTES, last);
    }
}
