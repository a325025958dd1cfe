/** {@code bench dedup}: how fast duplicates are told from first arrivals within a fixed memory, over the number of identities. */
package countinghouse.bench.dedup;
