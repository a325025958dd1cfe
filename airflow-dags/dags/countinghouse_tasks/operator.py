"""One task, one command."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from countinghouse_tasks.exit_code import MEANING, ExitCode

PROGRAM_VARIABLE = "COUNTINGHOUSE_PROGRAM"


class CountinghouseOperator(BaseOperator):
    """Runs ``countinghouse ARGUMENTS`` without a shell, and ends the task as the exit code says.

    Temporary failures are tried again three times, after 2, 4 and 8 seconds (requirements.md 3.7); a failed gate or a check
    that disagreed says the same of the same data every time, so trying again would only delay the alarm.

    :param arguments: the command and its options, templated. Each run id is made from the DAG run's interval, so that a
        retry repeats exactly the same step.
    """

    template_fields: Sequence[str] = ("arguments",)
    ui_color = "#e7f0ff"

    def __init__(self, *, arguments: Sequence[str], **kwargs: Any) -> None:
        kwargs.setdefault("retries", 3)
        kwargs.setdefault("retry_delay", timedelta(seconds=2))
        kwargs.setdefault("retry_exponential_backoff", 2.0)
        kwargs.setdefault("execution_timeout", timedelta(hours=6))
        super().__init__(**kwargs)
        self.arguments = list(arguments)
        self._process: subprocess.Popen[str] | None = None

    def execute(self, context: Any) -> str:
        """Runs the command; its last line of output is the task's result."""
        command = [os.environ.get(PROGRAM_VARIABLE, "countinghouse"), *self.arguments]
        self.log.info("Running %s", command)
        last_line = ""
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A group of its own, so that on_kill reaches what the command started.
            start_new_session=True,
        ) as self._process:
            for line in self._process.stdout:
                last_line = line.rstrip("\n")
                self.log.info("%s", last_line)
        return self._ended(self._process.returncode, last_line)

    def _ended(self, status: int, last_line: str) -> str:
        if status == ExitCode.DONE:
            return last_line
        known = status in ExitCode._value2member_map_
        meaning = MEANING[ExitCode(status)] if known else "it was killed or crashed"
        message = f"'countinghouse {' '.join(self.arguments)}' ended with {status}: {meaning}. It said: {last_line}"
        if known and not ExitCode(status).may_be_retried:
            raise AirflowFailException(message)
        raise AirflowException(message)

    def on_kill(self) -> None:
        """Ends the command with the task; its children end with it."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
