"""Pools that keep steps apart that would wait for one another anyway. ``pools.json`` creates them."""

BATCH = "countinghouse_batch"
BILLING = "countinghouse_billing"
