"""The exit codes of ``countinghouse``, as ``countinghouse help`` lists them, and what a scheduler makes of each."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    CHECK_DISAGREED = 1
    BAD_INPUT = 2
    GATE_FAILED = 3
    UNKNOWN_OUTCOME = 4
    INCOMPLETE = 5
    TEMPORARY = 75

    @property
    def may_be_retried(self) -> bool:
        """Every step reads again what an earlier try of it did, so an unknown outcome is resolved by trying again."""
        return self in (ExitCode.UNKNOWN_OUTCOME, ExitCode.TEMPORARY)


MEANING = {
    ExitCode.CHECK_DISAGREED: "a check disagreed: compare the report above with the runbook before anything is published",
    ExitCode.BAD_INPUT: "the command refused its arguments or configuration",
    ExitCode.GATE_FAILED: "a data-quality gate failed; nothing was published and the last generation still serves",
    ExitCode.UNKNOWN_OUTCOME: "the outcome is unknown; the next try looks it up",
    ExitCode.INCOMPLETE: "a part could not be done and is named in the report above; the rest is done",
    ExitCode.TEMPORARY: "a dependency was not available",
}
