"""Backfill: recompute a range of ingest days and publish the result as one generation.

Parameters: `from` and `to`, ingest days in UTC, `to` exclusive. It runs by hand only, through the same gates and the same
reconciliation as a night. A new meter gets its past by `countinghouse batch run --backfill METER`.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import Param, dag

from countinghouse_tasks import assets, pools
from countinghouse_tasks.chain import chain_of

RUN = ("--run-id", "backfill-{{ ts_nodash }}")


@dag(
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    max_active_runs=1,
    tags=["countinghouse", "batch"],
    doc_md=__doc__,
    params={
        "from": Param(type="string", format="date", description="First ingest day (UTC)."),
        "to": Param(type="string", format="date", description="Ingest day (UTC) to stop before."),
    },
)
def backfill() -> None:
    chain_of(
        [
            ("seal", ["batch", "seal", *RUN]),
            ("archive", ["batch", "archive", *RUN]),
            ("gate_raw", ["batch", "gate", "raw", *RUN]),
            ("recompute", ["batch", "recompute", *RUN, "--from", "{{ params['from'] }}", "--to", "{{ params['to'] }}"]),
            ("gate_counts", ["batch", "gate", "counts", *RUN]),
            ("reconcile", ["batch", "reconcile", *RUN]),
            ("publish", ["batch", "publish", *RUN]),
        ],
        pool=pools.BATCH,
        makes={"archive": assets.RAW_EVENTS, "publish": assets.PUBLISHED_COUNTS},
    )


backfill()
