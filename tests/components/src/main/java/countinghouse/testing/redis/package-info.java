/** Real Redis servers: one, a replica, a cluster. */
package countinghouse.testing.redis;
