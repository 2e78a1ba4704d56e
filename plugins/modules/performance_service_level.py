#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: performance_service_level
short_description: Create, change and delete Performance Service Levels
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates levels of latency and throughput that workloads are provisioned with, changes and deletes them.
  - Unified Manager makes these changes at once, without a Job.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The Performance Service Level, by name or key.
    type: str
    required: true
  from_name:
    description:
      - A Performance Service Level to rename to O(name), by its present name or key.
      - Used only if O(name) does not exist yet.
      - It has no effect with O(state=absent).
    type: str
  description:
    description:
      - What it is for.
    type: str
  absolute_min_iops:
    description:
      - The IOPS that every workload may have, however small. From 1000 divided by O(latency_expected) to 75000.
    type: int
  expected_iops_per_tb:
    description:
      - The IOPS expected for each TB of a workload.
    type: int
  peak_iops_per_tb:
    description:
      - The most IOPS for each TB of a workload, not less than O(expected_iops_per_tb).
    type: int
  peak_iops_allocation_policy:
    description:
      - Whether the peak counts for each TB that is used, or for each that is allocated.
    type: str
    choices: [used_space, allocated_space]
  latency_expected:
    description:
      - The latency expected, in milliseconds.
    type: float
  state:
    description:
      - Whether it exists. Unified Manager deletes neither what the system defined, nor what is assigned to a workload.
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
  - module: aiqum.unified_manager.performance_service_level_info
"""

EXAMPLES = r"""
- name: A level between Value and Performance
  aiqum.unified_manager.performance_service_level:
    name: Standard
    absolute_min_iops: 200
    expected_iops_per_tb: 512
    peak_iops_per_tb: 1024
    peak_iops_allocation_policy: used_space
    latency_expected: 8

- name: Delete it
  aiqum.unified_manager.performance_service_level:
    name: Standard
    state: absent
"""

RETURN = r"""
performance_service_level:
  description: The Performance Service Level as Unified Manager shows it after the run. In check mode, as it would be,
    as far as that is known. Null when there is none.
  returned: always
  type: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    name:
      description: Its name.
      returned: always
      type: str
    description:
      description: Its description; null when it has none.
      returned: always
      type: str
    system_defined:
      description: Whether it came with Unified Manager.
      returned: always
      type: bool
    iops:
      description: What it promises, in IOPS.
      returned: always
      type: dict
      contains:
        expected_iops_per_tb:
          description: The least for each TB.
          returned: always
          type: int
        peak_iops_per_tb:
          description: The most for each TB.
          returned: always
          type: int
        absolute_min_iops:
          description: The least for a workload, however small.
          returned: always
          type: int
        peak_iops_allocation_policy:
          description: Of what the peak is counted, V(used_space) or V(allocated_space).
          returned: always
          type: str
    latency:
      description: C(expected), in milliseconds.
      returned: always
      type: dict
    space:
      description: C(used) and C(available), in bytes.
      returned: always
      type: dict
    workload_count:
      description: How many workloads it is assigned to.
      returned: always
      type: int
    create_time:
      description: When it was created.
      returned: always
      type: str
    update_time:
      description: When it was last changed.
      returned: always
      type: str
  sample:
    key: 82d56d44-13d6-539d-bbef-fa60ad61e69d
    name: Standard
    description: null
    system_defined: false
    iops:
      absolute_min_iops: 200
      expected_iops_per_tb: 512
      peak_iops_per_tb: 1024
      peak_iops_allocation_policy: used_space
    latency:
      expected: 8.0
    space:
      used: 0
      available: 52776558133248
    workload_count: 0
    create_time: '2026-11-25T15:17:56.504+00:00'
    update_time: '2026-11-25T15:17:56.504+00:00'
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_service_level import LEVEL
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(LEVEL)


if __name__ == "__main__":
    main()
