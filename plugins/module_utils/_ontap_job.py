# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job record of ONTAP says, in the words of UM's jobs (wire facts 6.9). Private to this collection.

ONTAP's job has one ``state`` - queued, running, paused, success or failure - and no tasks; ``message``, ``code`` and in
newer releases ``error`` say why it failed. What it was asked for is its ``description``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._job import FAILED, NO_CHILDREN, SUBMITTED, SUCCESS, UNKNOWN, Failure, Job

_FINAL = {"success": SUCCESS, "failure": FAILED}
_RUNNING = {"queued", "running", "paused"}
NO_REASON = "ONTAP gives no reason"


def parse_ontap(record: Mapping[str, Any]) -> Job:
    """A Job from ONTAP's record; a word that nobody knows counts as running until there is an ``end_time``."""
    state, end_time = _text(record.get("state")), _text(record.get("end_time"))
    outcome = _outcome((state or "").strip().casefold(), end_time is not None)
    return Job(
        key=str(record.get("uuid") or ""),
        name=_text(record.get("description")),
        type=None,
        state=state,
        status=None,
        parent=None,
        submit_time=_text(record.get("start_time")),
        complete_time=end_time,
        results={},
        tasks_total=0,
        tasks_completed=0,
        failures=(Failure(None, None, reason_of(record)),) if outcome == FAILED else (),
        remarks=(),
        descriptions=(),
        children=NO_CHILDREN,
        outcome=outcome,
    )


def reason_of(record: Mapping[str, Any]) -> str:
    """Why it failed: the texts of ``error`` and ``message``, each once, and ONTAP's code."""
    error = record.get("error")
    error = error if isinstance(error, Mapping) else {}
    texts = [text.strip().rstrip(".") for text in (_text(error.get("message")), _text(record.get("message"))) if text]
    said = "; ".join(text for number, text in enumerate(texts) if not any(text in other for other in texts[:number]))
    code = next(
        (str(value) for value in (error.get("code"), record.get("code")) if value not in (None, "", 0, "0")), ""
    )
    return (said or NO_REASON) + (f" (code {code})" if code and code not in said else "")


def _outcome(state: str, has_ended: bool) -> str:
    if state in _FINAL:
        return _FINAL[state]
    return UNKNOWN if has_ended and state not in _RUNNING else SUBMITTED


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
