/** {@code bench speed}: counting into Redis, ours beside its peers. */
package countinghouse.bench.speed;
