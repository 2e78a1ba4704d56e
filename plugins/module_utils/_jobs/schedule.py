# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the next look at a job is due (docs/facts/job-contract.md, rule 2); pure. Private to this collection."""

from __future__ import annotations

from typing import NamedTuple

FIRST_LOOK = 0.25  # seconds after the submission
SHORTEST_GAP = 0.5  # seconds, whatever the options say: many short gaps are a storm
GAP_PER_SECOND = 0.1  # of the time waited so far
JITTER = 0.1  # the largest part of a gap that chance takes away


class Schedule(NamedTuple):
    """The moments of looks, in seconds of the run's clock.

    :ivar poll_interval: the longest gap between two looks, in seconds
    """

    poll_interval: float

    def first(self, since: float) -> float:
        """When to look for the first time at a job submitted at ``since``."""
        return since + FIRST_LOOK

    def following(self, since: float, looked_at: float, fraction: float) -> float:
        """When to look again after a look at ``looked_at``.

        :param fraction: 0 to 1, how much of the jitter to take
        """
        gap = min((looked_at - since) * GAP_PER_SECOND, self.poll_interval) * (1 - JITTER * fraction)
        return looked_at + max(gap, SHORTEST_GAP)
