package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.rating.RatingException;
import countinghouse.kit.command.CommandActor;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;

/** Opens billing for one command, and turns what goes wrong into exit codes. */
final class BillingSession {
    private BillingSession() {}

    static void run(Consumer<Billing> work) {
        explain(() -> {
            try (Billing billing = Billing.open(Settings.ofProcess())) {
                work.accept(billing);
            }
        });
    }

    /** Turns what goes wrong in work that needs no database into exit codes. */
    static void explain(Runnable work) {
        try {
            work.run();
        } catch (BillingException e) {
            throw new CommandFailure(exitCode(e), e.getMessage(), e);
        } catch (PlanException | RatingException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        } catch (JdbiException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "The database cannot be used now (%s); see that it runs, then repeat the command"
                            .formatted(rootMessage(e)),
                    e);
        }
    }

    /** Who acts, for the audit ledger. */
    static String actor() {
        return CommandActor.name();
    }

    private static ExitCode exitCode(BillingException failure) {
        return failure.error().status() >= 500 ? ExitCode.TEMPORARY : ExitCode.BAD_INPUT;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no message");
    }
}
