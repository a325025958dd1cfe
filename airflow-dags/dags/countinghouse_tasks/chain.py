"""A chain of steps, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from airflow.sdk import Asset

from countinghouse_tasks.operator import CountinghouseOperator


def chain_of(
    steps: Sequence[tuple[str, Sequence[str]]], *, pool: str, makes: dict[str, Asset] | None = None
) -> list[CountinghouseOperator]:
    """Makes a task of each ``(task id, arguments)`` and lets each wait for the one before.

    :param makes: the asset that the task of an id brings up to date.
    """
    tasks = [
        CountinghouseOperator(
            task_id=task_id,
            arguments=arguments,
            pool=pool,
            outlets=[makes[task_id]] if makes and task_id in makes else [],
        )
        for task_id, arguments in steps
    ]
    for before, after in pairwise(tasks):
        before >> after
    return tasks
