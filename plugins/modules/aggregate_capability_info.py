#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: aggregate_capability_info
short_description: Read which levels aggregates can bear
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads which Performance Service Levels each aggregate can bear.
options:
  name:
    description: An aggregate, by name, or by key without any other option.
    type: str
  cluster:
    description: Only aggregates of this cluster, by name or key.
    type: str
  performance_service_level:
    description: Only aggregates that can bear this Performance Service Level, by name or key.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.data_placement
  - module: aiqum.unified_manager.workload_info
"""

EXAMPLES = r"""
- name: Which aggregates can bear the fastest level
  aiqum.unified_manager.aggregate_capability_info:
    performance_service_level: Extreme Performance
"""

RETURN = r"""
aggregate_capabilities:
  description: The aggregates and their levels as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - name: aggr1
      performance_service_levels:
        - name: Value
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.workload import CAPABILITIES


def main() -> None:
    run_listing(CAPABILITIES)


if __name__ == "__main__":
    main()
