# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table that the soak prints: what was injected, and what came out."""

from __future__ import annotations

import sys
from collections import Counter

from tests.soak.judge import OUTCOMES

WARM = 100  # runs after which the soak should not need more memory


def _row(name, runs, cells):
    """Columns are as wide as the outcomes' names, so that a page of the documentation holds them."""
    return f"{name:<44}{runs:>5}" + "".join(f"{cells.get(outcome) or '.':>{len(outcome) + 1}}" for outcome in OUTCOMES)


def show(soak, seconds, seed):
    """The table, and what was found."""
    lines = [_row("injected", "runs", {outcome: outcome for outcome in OUTCOMES})]
    for name, outcomes in sorted(soak.table.items()):
        lines.append(_row(name, sum(outcomes.values()), outcomes))
    total = sum(soak.table.values(), Counter())
    lines.append(_row("all", sum(total.values()), total))
    lines += [
        "",
        f"{soak.runs} runs in {seconds:.0f} s, seed {seed}; writes that reached the server: {dict(soak.writes)}",
        f"lost answers whose job or effect was found again: {soak.adopted}",
        f"runs with a job without a known key, because its answer was spoiled: {soak.unnamed}",
        f"peak memory of the processes: {soak.peak:.0f} MiB, {soak.warm:.0f} MiB in the first {WARM} runs",
        f"promises broken: {len(soak.broken)}",
        *soak.broken,
    ]
    sys.stdout.write("\n".join(lines) + "\n")
