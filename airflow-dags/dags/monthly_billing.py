"""Monthly billing: close -> drafts -> check -> finalize -> payouts -> audit root.

Bills the month that ended with the DAG run's interval. It starts once the night after the grace (24 h) has published; a period that
is not closed yet is a temporary failure and is tried again. `check` verifies every line from raw events; only checked drafts are finalized.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import CronDataIntervalTimetable, Param, dag

from countinghouse_tasks import assets, pools
from countinghouse_tasks.chain import chain_of

MONTH = "{{ params['period'] or (data_interval_start | ds)[:7] }}"
PERIOD = ("--period", MONTH, "--run-id", f"monthly-{MONTH}")


@dag(
    # On the third: the second ends the grace, and the night after it publishes through the month's end.
    schedule=CronDataIntervalTimetable("0 6 3 * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 3, 6, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["countinghouse", "billing"],
    doc_md=__doc__,
    params={
        "period": Param(
            default=None,
            type=["null", "string"],
            pattern=r"^\d{4}-(0[1-9]|1[0-2])$",
            description="A month such as 2026-10, instead of the one that the schedule means.",
        )
    },
)
def monthly_billing() -> None:
    chain_of(
        [
            ("close", ["bill", "close", *PERIOD]),
            ("drafts", ["bill", "drafts", *PERIOD]),
            ("check", ["bill", "check", *PERIOD]),
            ("finalize", ["bill", "finalize", *PERIOD]),
            ("payouts", ["bill", "payouts", *PERIOD]),
            ("audit_root", ["audit", "root", "--publish"]),
        ],
        pool=pools.BILLING,
        makes={"finalize": assets.INVOICES},
    )


monthly_billing()
