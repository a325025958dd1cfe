/** What a run found out, as a record for JSON and as Markdown. */
package countinghouse.bench.speed.report;
