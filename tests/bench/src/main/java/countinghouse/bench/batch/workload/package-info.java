/** The days that are recomputed, and the right answer. */
package countinghouse.bench.batch.workload;
