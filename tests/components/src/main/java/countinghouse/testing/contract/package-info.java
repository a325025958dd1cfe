/** The served contract as clients read it, and whether answers keep to it. */
package countinghouse.testing.contract;
