# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits until the server shows a change, which may take time (docs/facts/server.md, 4.9).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable

from .._base.deadline import Deadline
from .._base.errors import UMError

ACQUISITION = 900.0  # seconds between two looks of UM at its clusters
SHORTEST_GAP = 0.5  # seconds
LONGEST_GAP = 10.0
GAP_PER_SECOND = 0.1  # of the time waited so far


class VisibilityWait:
    """A wait until the server shows a change, or until it is no longer expected to.

    :param look: reads the server; returns what is still missing, as part of a sentence, or None
    :param longest: seconds after which it is not expected any more
    :ivar missing: what the last look returned
    :ivar trouble: why the last look failed, or None
    :ivar due: when the next look is due, on the run's clock
    """

    def __init__(self, look: Callable[[], str | None], deadline: Deadline, longest: float) -> None:
        self._look = look
        self._deadline = deadline
        self._began = self.due = deadline.now()
        self._longest = longest
        self.missing: str | None = None
        self.trouble: UMError | None = None

    def ends(self) -> bool:
        """Look, if it is time to; whether there is nothing to wait for any more."""
        over = self._is_over()
        if self._deadline.now() < self.due and not over:
            return False
        try:
            self.missing = self._look()
            self.trouble = None
        except UMError as error:
            self.trouble = error
        waited = self._deadline.now() - self._began
        self.due = self._deadline.now() + max(SHORTEST_GAP, min(waited * GAP_PER_SECOND, LONGEST_GAP))
        return over or self._is_over() or (self.missing is None and self.trouble is None)

    def _is_over(self) -> bool:
        return self._deadline.passed() or self._deadline.now() - self._began >= self._longest
