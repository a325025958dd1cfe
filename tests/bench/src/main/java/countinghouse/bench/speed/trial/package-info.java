/** One contestant's run: watched in Redis, checked against the oracle, then measured. */
package countinghouse.bench.speed.trial;
