/** {@code bench freshness}: from a broker's acknowledgement to a count in Redis, under a load that does not wait. */
package countinghouse.bench.freshness;
