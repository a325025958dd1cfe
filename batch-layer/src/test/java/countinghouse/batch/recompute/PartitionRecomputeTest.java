package countinghouse.batch.recompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.recompute.PartitionRecompute.SourcePartition;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.schedule.CountingSchedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionRecomputeTest {
    @Test
    void shouldNameThePlaceWhereRecordsAreLost() {
        PartitionRecompute recompute = new PartitionRecompute(
                new SourcePartition("events.view", 7, PartitionRecompute.UNKNOWN, 0, new HistoryVerdicts()),
                Long.MAX_VALUE,
                new DuplicateHorizon(1_000),
                new DuplicateHorizon(1_000),
                CountingSchedule.standard(),
                new RowSinks((key, value) -> {}, (key, value) -> {}, (key, value) -> {}, (key, value) -> {}));
        recompute.accept(tick(41));

        assertThatThrownBy(() -> recompute.accept(tick(43)))
                .isInstanceOf(LostRecordsException.class)
                .hasMessageContaining("events.view-7 jumps from offset 42 to 43");
    }

    @Test
    void shouldMergeRangesOfDaysThatTouch() {
        assertThat(DayRange.merged(
                        List.of(new DayRange(5, 7), new DayRange(1, 2), new DayRange(2, 4), new DayRange(6, 9))))
                .containsExactly(new DayRange(1, 4), new DayRange(5, 9));
    }

    private static ArchivedRecord tick(long offset) {
        return new ArchivedRecord(Kind.TICK, offset, 0, 0, null, null);
    }
}
