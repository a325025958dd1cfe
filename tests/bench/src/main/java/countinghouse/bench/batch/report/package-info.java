/** What the batch benchmark tells. */
package countinghouse.bench.batch.report;
