# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of every module that starts Jobs. Private to this collection."""

from __future__ import annotations


class ModuleDocFragment:
    """Whether to wait; and for all that wait, how often to look, and what a partial failure means."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the Jobs that Unified Manager started have ended.
      - With V(false) the module returns as soon as a Job was accepted, and its C(outcome) is V(submitted).
        Its end is then unknown; wait for it later with M(aiqum.unified_manager.job_wait).
    type: bool
    default: true
    aliases: [wait_for_completion]
"""

    POLLING = r"""
options:
  poll_interval:
    description:
      - The longest gap in seconds between two looks at a Job, at least 0.1. The first looks come faster.
    type: float
    default: 5.0
  polling:
    description:
      - V(standard) asks again and again. Unified Manager answers with the current state.
      - V(long) asks Unified Manager to hold its answer until the Job changes. Where it does not, and with several Jobs
        at once, the module goes on with standard polling, and a warning says why.
    type: str
    choices: [standard, long]
    default: standard
  ignore_partial_failure:
    description:
      - Whether a Job of which only some tasks succeeded is a success with a warning, rather than a failure.
      - The result holds the same data in both cases.
    type: bool
    default: false
"""
