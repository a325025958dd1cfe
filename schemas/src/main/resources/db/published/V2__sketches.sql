-- The DataSketches HLL sketch of a unique count; its value is then the estimate. Sketches cannot be added up in SQL: readers merge them.
ALTER TABLE published.batch_count ADD COLUMN sketch bytea;
