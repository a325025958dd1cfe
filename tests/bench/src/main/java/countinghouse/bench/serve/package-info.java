/** How fast merged counts are read over HTTP, beside a server that answers with a constant. */
package countinghouse.bench.serve;
