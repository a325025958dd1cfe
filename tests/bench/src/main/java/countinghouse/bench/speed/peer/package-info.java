/** The peers: each a process of its own that does the same job with other means. */
package countinghouse.bench.speed.peer;
