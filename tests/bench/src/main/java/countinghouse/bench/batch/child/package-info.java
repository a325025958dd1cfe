/** What the benchmark and its child processes tell each other. */
package countinghouse.bench.batch.child;
