/** What a test may use that a fresh machine with a JDK 17 lacks. */
package countinghouse.testing.tool;
