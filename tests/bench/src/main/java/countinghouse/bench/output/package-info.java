/** Where benchmarks work and where their reports go. */
package countinghouse.bench.output;
