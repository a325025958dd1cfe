/** Ports for components of the tests. */
package countinghouse.testing.port;
