/** API keys of producers: what they look like, where they are kept, and whether one is good (ADR 0120). */
package countinghouse.kit.access.key;
