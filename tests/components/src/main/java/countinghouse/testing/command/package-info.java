/** Commands, run in the test's own process. */
package countinghouse.testing.command;
