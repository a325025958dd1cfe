/** How long after an event was posted the public API answers with it. */
package countinghouse.bench.answers;
