/** {@code countinghouse bench batch}: recomputing days of the archive, ours beside its peers. */
package countinghouse.bench.batch;
