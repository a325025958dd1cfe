"""Lets the tests import the DAG files as the scheduler does."""

import pathlib
import sys

import pytest

DAGS = pathlib.Path(__file__).parent.parent / "dags"
sys.path.insert(0, str(DAGS))

pytest.importorskip("airflow", reason="skipped: Apache Airflow 3 is not installed (pip install -r requirements.txt)")


@pytest.fixture(scope="session")
def dag_bag():
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(DAGS))
