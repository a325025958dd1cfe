"""What the DAGs make, by the names that other teams' DAGs can wait for."""

from airflow.sdk import Asset

RAW_EVENTS = Asset("countinghouse://archive/raw-events")
PUBLISHED_COUNTS = Asset("countinghouse://counts/published")
INVOICES = Asset("countinghouse://billing/invoices")
BACKUPS = Asset("countinghouse://archive/backups")
