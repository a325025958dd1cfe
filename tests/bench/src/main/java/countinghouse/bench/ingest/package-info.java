/** {@code bench ingest}: the public door beside Kafka's own producer benchmark, under a load that does not wait. */
package countinghouse.bench.ingest;
