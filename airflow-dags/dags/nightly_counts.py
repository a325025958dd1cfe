"""Nightly counts: seal -> archive -> raw gate -> recompute -> counts gate -> reconcile -> publish.

Each task is one ``countinghouse`` command with an explicit run id, so a retry repeats exactly the same step and never invents a new
one. Exit codes are the command's contract: 3 (a gate failed) must not be retried, 75 (temporary) may be.
"""

from __future__ import annotations

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import dag

STEPS = ("seal", "archive", "gate raw", "recompute", "gate counts", "reconcile", "publish")

COMMAND = "countinghouse batch {step} --run-id 'nightly-{{{{ ds }}}}'"


@dag(
    schedule="30 0 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": pendulum.duration(seconds=30)},
    tags=["countinghouse", "batch"],
    doc_md=__doc__,
)
def nightly_counts() -> None:
    previous = None
    for step in STEPS:
        task = BashOperator(
            task_id=step.replace(" ", "_"),
            bash_command=COMMAND.format(step=step),
            # A gate says the same of the same data every time: trying again only delays the alarm.
            retries=0 if step.startswith("gate") else 3,
        )
        if previous is not None:
            previous >> task
        previous = task


nightly_counts()
