package countinghouse.batch.command;

import countinghouse.batch.recompute.DayRange;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Ingest days to recompute besides those that have changed. */
final class DayOptions {
    @Option(names = "--from", paramLabel = "DATE", description = "First ingest day (UTC) to recompute as well.")
    private LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Ingest day (UTC) to stop before; by default tomorrow.")
    private LocalDate to;

    @Option(names = "--full", description = "Recompute the whole history.")
    private boolean full;

    @Option(
            names = "--backfill",
            paramLabel = "METER",
            description = "Give a new meter its past: recompute the whole history with it; may be repeated.")
    private List<String> backfill = new ArrayList<>();

    RecomputeScope scope() {
        return new RecomputeScope(range(), List.copyOf(backfill));
    }

    private Optional<DayRange> range() {
        LocalDate end = to == null ? LocalDate.now(ZoneOffset.UTC).plusDays(1) : to;
        if (full) {
            return Optional.of(new DayRange(0, (int) end.toEpochDay()));
        }
        if (from == null && to == null) {
            return Optional.empty();
        }
        if (from == null || !from.isBefore(end)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "'--from %s --to %s' is no range of days; give a first day before the last".formatted(from, end));
        }
        return Optional.of(new DayRange((int) from.toEpochDay(), (int) end.toEpochDay()));
    }
}
