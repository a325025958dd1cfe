"""What a task makes of the way its command ended."""

import os
import stat

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from countinghouse_tasks.exit_code import MEANING, ExitCode
from countinghouse_tasks.operator import PROGRAM_VARIABLE, CountinghouseOperator


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Puts a program in place of ``countinghouse`` that prints its arguments, a line each, and ends with a status."""

    def ending_with(status):
        program = tmp_path / "countinghouse"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@"\nexit {status}\n')
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv(PROGRAM_VARIABLE, os.fspath(program))
        return CountinghouseOperator(task_id="step", arguments=["batch", "seal", "--run-id", "a b; exit 9"])

    return ending_with


def test_success_gives_the_last_line_and_arguments_reach_the_command_unchanged(command):
    assert command(0).execute({}) == "a b; exit 9"


@pytest.mark.parametrize(
    "status", [ExitCode.CHECK_DISAGREED, ExitCode.BAD_INPUT, ExitCode.GATE_FAILED, ExitCode.INCOMPLETE]
)
def test_what_would_fail_again_is_not_retried(command, status):
    with pytest.raises(AirflowFailException, match=MEANING[status].split(":")[0]):
        command(int(status)).execute({})


@pytest.mark.parametrize("status", [4, 75, 137])
def test_what_may_pass_is_retried(command, status):
    with pytest.raises(AirflowException) as failure:
        command(status).execute({})
    assert not isinstance(failure.value, AirflowFailException)


def test_a_missing_program_fails_the_task(monkeypatch, tmp_path):
    monkeypatch.setenv(PROGRAM_VARIABLE, os.fspath(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError):
        CountinghouseOperator(task_id="step", arguments=["status"]).execute({})
