/** The form in which rows are compared. */
package countinghouse.bench.batch.answer;
