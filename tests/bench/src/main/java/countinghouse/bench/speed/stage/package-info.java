/** The servers that the contestants share, what they cost, and how they are emptied between two samples. */
package countinghouse.bench.speed.stage;
