"""The DAGs import, and each is the right commands in the right order."""

import json
import pathlib

import pytest

NIGHT = ["seal", "archive", "gate_raw", "recompute", "gate_counts", "reconcile", "publish"]
STEPS = {
    "hourly_archive": ["seal", "archive"],
    "nightly_counts": [*NIGHT, "notify"],
    "backfill": NIGHT,
    "maintenance": ["compact", "expire", "backup", "prove", "audit_root"],
    "monthly_billing": ["close", "drafts", "check", "finalize", "payouts", "audit_root"],
}


def test_every_file_imports(dag_bag):
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == set(STEPS)


@pytest.mark.parametrize("dag_id", STEPS)
def test_steps_run_one_after_the_other(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]
    assert [task.task_id for task in dag.topological_sort()] == STEPS[dag_id]
    for before, after in zip(STEPS[dag_id], STEPS[dag_id][1:], strict=False):
        assert dag.get_task(before).downstream_task_ids == {after}


@pytest.mark.parametrize("dag_id", STEPS)
def test_one_run_at_a_time_with_documentation_and_a_pool_that_exists(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]
    pools = json.loads((pathlib.Path(__file__).parent.parent / "pools.json").read_text())
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag.doc_md
    assert {task.pool for task in dag.tasks} <= set(pools)


@pytest.mark.parametrize("dag_id", ["hourly_archive", "nightly_counts", "backfill"])
def test_all_steps_of_a_batch_name_the_same_run(dag_bag, dag_id):
    named = {
        task.arguments[task.arguments.index("--run-id") + 1]
        for task in dag_bag.dags[dag_id].tasks
        if task.arguments[0] == "batch"
    }
    assert len(named) == 1
    assert "{{ ts_nodash }}" in named.pop()


def test_temporary_failures_are_tried_again_after_two_four_and_eight_seconds(dag_bag):
    for dag in dag_bag.dags.values():
        for task in dag.tasks:
            assert (task.retries, task.retry_delay.total_seconds(), task.retry_exponential_backoff) == (3, 2.0, 2.0)


def test_assets_say_what_is_new(dag_bag):
    made = {
        (dag_id, task.task_id): [asset.uri for asset in task.outlets]
        for dag_id, dag in dag_bag.dags.items()
        for task in dag.tasks
        if task.outlets
    }
    assert made == {
        ("hourly_archive", "archive"): ["countinghouse://archive/raw-events"],
        ("nightly_counts", "archive"): ["countinghouse://archive/raw-events"],
        ("nightly_counts", "publish"): ["countinghouse://counts/published"],
        ("maintenance", "backup"): ["countinghouse://archive/backups"],
        ("backfill", "archive"): ["countinghouse://archive/raw-events"],
        ("backfill", "publish"): ["countinghouse://counts/published"],
        ("monthly_billing", "finalize"): ["countinghouse://billing/invoices"],
    }
