"""What the DAGs share: the operator that runs one ``countinghouse`` command, and what it may use."""
