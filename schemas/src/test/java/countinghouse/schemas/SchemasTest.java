package countinghouse.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemasTest {
    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldStartEverySchemaWithTheEnvelope(EventType type) {
        assertThat(type.schema().getFields().stream().map(Schema.Field::name).limit(5))
                .isEqualTo(EventType.ENVELOPE_FIELDS);
        assertThat(type.dataFields()).isNotEmpty().noneMatch(field -> EventType.ENVELOPE_FIELDS.contains(field.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "video.view, VIEW",
        "ad.impression, AD",
        "ticket.paid, TICKET",
        "job.failed, JOB",
        "quiz.answer.submitted, CUSTOM",
        "video.viewer, CUSTOM"
    })
    void shouldKnowTheTypeOfACloudEvent(String cloudEventType, EventType type) {
        assertThat(EventType.ofCloudEventType(cloudEventType)).isEqualTo(type);
    }

    @Test
    void shouldKnowTheAccountsOfCanaries() {
        assertThat(CanaryAccount.is("countinghouse-canary-2")).isTrue();
        assertThat(CanaryAccount.is("acme")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldFindATypeByItsTopic(EventType type) {
        assertThat(EventType.ofTopic(type.topic())).isEqualTo(type);
        assertThat(type.subject()).isEqualTo(type.topic() + "-value");
    }

    @Test
    void shouldRefuseATopicWithoutEvents() {
        assertThatThrownBy(() -> EventType.ofTopic("billing.alerts"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("billing.alerts");
    }

    @Test
    void shouldStampAppendTimesOnEventTopicsAndCompactOnlyState() {
        var catalogue = Topics.catalogue(12, (short) 3, 2);
        assertThat(catalogue).extracting(Topics.Topic::name).doesNotHaveDuplicates();
        for (EventType type : EventType.values()) {
            assertThat(catalogue)
                    .filteredOn(topic -> topic.name().equals(type.topic()))
                    .singleElement()
                    .satisfies(topic -> assertThat(topic.config())
                            .containsEntry("message.timestamp.type", "LogAppendTime")
                            .containsEntry("cleanup.policy", "delete")
                            .containsEntry("min.insync.replicas", "2"));
        }
        assertThat(catalogue)
                .filteredOn(topic -> topic.config().get("cleanup.policy").equals("compact"))
                .extracting(Topics.Topic::name)
                .containsExactly(Topics.USAGE_COUNTS, Topics.SPEED_IDS, Topics.SPEED_EPOCHS);
    }

    /** Every event of an account must find its partition for ever: these values must never change. */
    @ParameterizedTest
    @CsvSource({"creator-1, 5", "root, 2", "khách-hàng, 1"})
    void shouldNeverMoveAnAccountToAnotherPartition(String account, int partition) {
        assertThat(Partitioning.partitionOf(account, 12)).isEqualTo(partition);
    }

    @Test
    void shouldKeepTheKeysOfAnAccountInOneHashSlot() {
        assertThat(RedisKeys.rows("acme", "views", 3)).isEqualTo("ch:{acme}:rows:views:3");
        assertThat(Arrays.asList(RedisKeys.accounts(3), RedisKeys.progress(3)))
                .containsExactly("ch:accounts:3", "ch:progress:3");
    }
}
