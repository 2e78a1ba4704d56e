# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: report
short_description: What the page of the role report shows
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Makes the figures and sentences of a page out of what the tasks of the role C(report) read.
  - It is for that role. What it returns is what the role writes as YAML, and may get further parts in any version.
options:
  _input:
    description:
      - A dictionary for each Unified Manager - its C(name), C(read), when it was asked, in ISO 8601, and what the tasks
        of the role registered, by their names.
    type: list
    elements: dict
    required: true
  hosts:
    description:
      - The hosts that the report is about. One that is not the C(host) of a dictionary was not asked, and the report
        says so.
    type: list
    elements: str
    default: []
  now:
    description: The time of the report, in ISO 8601. Ages are counted from it.
    type: str
    required: true
  warning:
    description: The percentage of a space from which on it is nearly full.
    type: float
    default: 80
  critical:
    description: The percentage of a space from which on it is full.
    type: float
    default: 90
  rows:
    description: The largest number of rows in each table that lists the worst.
    type: int
    default: 10
  days:
    description: How many days ago a Job that ended badly may have ended.
    type: float
    default: 7
"""

EXAMPLES = r"""
- name: Say what needs attention
  ansible.builtin.debug:
    msg: "{{ (servers | aiqum.unified_manager.report(now=now(utc=true, fmt='%Y-%m-%dT%H:%M:%SZ'))).attention.rows }}"
"""

RETURN = r"""
_value:
  description: What the page shows.
  type: dict
"""

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.times import moment
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._report import report as report_of
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._report_texts import Limits


def report(
    ums: Any,
    now: str,
    hosts: Sequence[str] = (),
    warning: float = 80,
    critical: float = 90,
    rows: int = 10,
    days: float = 7,
) -> dict[str, Any]:
    """See DOCUMENTATION.

    :raises AnsibleFilterError: what comes in is not what the role makes
    """
    when = moment(now)
    if when is None:
        raise AnsibleFilterError(f"report: now is {now!r}, which is not a time.")
    if not isinstance(ums, list) or not all(isinstance(um, dict) and isinstance(um.get("name"), str) for um in ums):
        raise AnsibleFilterError("report: give a list of dictionaries, each with the name of a Unified Manager.")
    asked = {um.get("host") for um in ums}
    others = [{"name": host} for host in hosts if host not in asked]
    return report_of([*ums, *others], Limits(when, float(warning), float(critical), int(rows), float(days)))


class FilterModule:
    """The filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"report": report}
