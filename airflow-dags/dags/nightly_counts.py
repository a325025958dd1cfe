"""Nightly counts: seal -> archive -> raw gate -> recompute -> counts gate -> reconcile -> publish -> notify.

A gate that fails stops the night before it publishes: the last generation still serves, the live layer still counts, and the next
good night publishes everything. See the runbook of the gate that is named in the log.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import dag

from countinghouse_tasks import assets, pools
from countinghouse_tasks.chain import chain_of

RUN = ("--run-id", "nightly-{{ ts_nodash }}")


@dag(
    schedule="30 0 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["countinghouse", "batch"],
    doc_md=__doc__,
)
def nightly_counts() -> None:
    chain_of(
        [
            ("seal", ["batch", "seal", *RUN]),
            ("archive", ["batch", "archive", *RUN]),
            ("gate_raw", ["batch", "gate", "raw", *RUN]),
            ("recompute", ["batch", "recompute", *RUN]),
            ("gate_counts", ["batch", "gate", "counts", *RUN]),
            ("reconcile", ["batch", "reconcile", *RUN]),
            ("publish", ["batch", "publish", *RUN]),
            # Quotas are judged by the counts just published, and whoever asked to be told is told.
            ("notify", ["alerts", "run"]),
        ],
        pool=pools.BATCH,
        makes={"archive": assets.RAW_EVENTS, "publish": assets.PUBLISHED_COUNTS},
    )


nightly_counts()
