/** The events that the contestants count, and the right answer. */
package countinghouse.bench.speed.workload;
