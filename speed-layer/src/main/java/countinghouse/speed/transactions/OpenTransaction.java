package countinghouse.speed.transactions;

import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that is open in a partition. Two looks at the same transaction give equal values, at two transactions of one producer
 * different ones.
 *
 * @param startOffset of its first record; readers of committed data wait there
 * @param coordinatorEpoch of the coordinator that began it, 0 if unknown
 */
record OpenTransaction(
        TopicPartition partition, long producerId, int producerEpoch, long startOffset, int coordinatorEpoch) {}
