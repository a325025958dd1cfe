"""Hourly archive: seal -> archive.

Moves what Kafka holds into the archive every hour, so that the night has only the last hour left to read and a day's outage of the
night leaves Kafka's seven days of retention untouched. It publishes nothing: the live layer counts on until a night publishes.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import dag

from countinghouse_tasks import assets, pools
from countinghouse_tasks.chain import chain_of

RUN = ("--run-id", "hourly-{{ ts_nodash }}")


@dag(
    schedule="10 * * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["countinghouse", "batch"],
    doc_md=__doc__,
)
def hourly_archive() -> None:
    chain_of(
        [
            ("seal", ["batch", "seal", *RUN]),
            ("archive", ["batch", "archive", *RUN]),
        ],
        pool=pools.BATCH,
        makes={"archive": assets.RAW_EVENTS},
    )


hourly_archive()
