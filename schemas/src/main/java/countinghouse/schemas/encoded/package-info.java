/** Events in their Avro bytes: where the fields lie is found in one pass, and only what is asked for is decoded (ADR 0090). */
package countinghouse.schemas.encoded;
