"""The DAG imports, and its steps are the batch layer's commands in their order."""

import pathlib
import sys

import pytest

pytest.importorskip("airflow", reason="skipped: Apache Airflow 3 is not installed (pip install -r requirements.txt)")

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "dags"))


def test_steps_run_one_after_the_other():
    import nightly_counts

    dag = nightly_counts.nightly_counts()
    order = [task.task_id for task in dag.topological_sort()]
    assert order == ["seal", "archive", "gate_raw", "recompute", "gate_counts", "reconcile", "publish"]


def test_a_failed_gate_is_not_retried():
    import nightly_counts

    dag = nightly_counts.nightly_counts()
    assert dag.get_task("gate_raw").retries == 0
    assert dag.get_task("gate_counts").retries == 0
    assert dag.get_task("archive").retries == 3
