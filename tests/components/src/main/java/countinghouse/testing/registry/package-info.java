/** A schema registry with the schemas of this build. */
package countinghouse.testing.registry;
