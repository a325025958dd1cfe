/** Real brokers with the topic catalogue. */
package countinghouse.testing.broker;
