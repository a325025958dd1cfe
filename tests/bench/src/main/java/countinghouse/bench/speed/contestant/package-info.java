/** Who takes part, and how each is started, watched and asked for its answer. */
package countinghouse.bench.speed.contestant;
