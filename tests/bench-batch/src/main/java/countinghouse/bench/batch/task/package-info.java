/** What the children of the batch benchmark do. */
package countinghouse.bench.batch.task;
