/** What dominates the cost of an event of ours, from a flight recording. */
package countinghouse.bench.speed.profile;
