#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: performance_guarantee_levels
short_description: Add the Performance Service Levels of the guarantee program
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Adds the Performance Service Levels of NetApp's Performance Guarantee Program, all at once, where they are not
    there.
  - Unified Manager's API can neither change nor remove them. Options that need it are refused before anything is sent.
requirements:
  - Unified Manager 9.7 or newer
options:
  state:
    description:
      - Whether they are there. V(absent) fails where they were added.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
seealso:
  - module: aiqum.unified_manager.performance_guarantee_levels_info
  - module: aiqum.unified_manager.performance_service_level
"""

EXAMPLES = r"""
- name: Add the levels of the guarantee program
  aiqum.unified_manager.performance_guarantee_levels:
"""

RETURN = r"""
performance_guarantee_levels:
  description: The levels after the run, each with the fields of
    RV(aiqum.unified_manager.performance_service_level#module:performance_service_level); null when there are none, and
    in check mode when they would be added, since they are known only afterwards.
  returned: always
  type: list
  elements: dict
  sample:
    - key: c6232e49-eaca-5dea-b0db-86acd54f288b
      name: Prime Extreme
      description: For workloads that need a latency of 1 ms
      system_defined: true
      iops:
        absolute_min_iops: 1000
        expected_iops_per_tb: 6144
        peak_iops_per_tb: 12288
        peak_iops_allocation_policy: used_space
      latency:
        expected: 1.0
      space:
        used: 0
        available: 52776558133248
      workload_count: 0
      create_time: '2026-01-05T08:00:00.000+00:00'
      update_time: '2026-01-05T08:00:00.000+00:00'
# Written by make generate: outcome, no_jobs, diff, planned, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
jobs:
  description: Always empty, since no Job is started; see RV(aiqum.unified_manager.lun#module:jobs).
  returned: always
  type: list
  elements: dict
diff:
  description: What was changed, or in check mode would be, with C(before) and C(after).
  returned: always
  type: dict
  sample:
    before:
      state: absent
    after:
      state: present
planned:
  description: What would be done, in order.
  returned: in check mode
  type: list
  elements: str
  sample:
    - create
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_guarantee_levels import (
    LEVELS,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(LEVELS)


if __name__ == "__main__":
    main()
