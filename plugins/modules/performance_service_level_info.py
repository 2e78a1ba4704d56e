#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: performance_service_level_info
short_description: Read Performance Service Levels
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the Performance Service Levels of NetApp Active IQ Unified Manager.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: A Performance Service Level, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  system_defined:
    description: Only those that the system defined, or only those that it did not.
    type: bool
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.performance_service_level
"""

EXAMPLES = r"""
- name: Read those that the system defined
  aiqum.unified_manager.performance_service_level_info:
    system_defined: true
    order_by: name
"""

RETURN = r"""
performance_service_levels:
  description: The Performance Service Levels, each with the fields of
    RV(aiqum.unified_manager.performance_service_level#module:performance_service_level).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 4a3bd71f-485b-5271-9c97-7e4caeecde01
      name: Extreme Performance
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
      workload_count: 1
      create_time: '2026-01-05T08:00:00.000+00:00'
      update_time: '2026-01-05T08:00:00.000+00:00'
# Written by make generate: outcome_read, error
outcome:
  description: How the run ended - unchanged, failed, interrupted or unknown.
  returned: always
  type: str
  sample: unchanged
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_service_level import LEVELS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(LEVELS)


if __name__ == "__main__":
    main()
