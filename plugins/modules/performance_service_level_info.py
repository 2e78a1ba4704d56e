#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: performance_service_level_info
short_description: Read Performance Service Levels
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the Performance Service Levels of NetApp Active IQ Unified Manager.
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
  description: The Performance Service Levels as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_service_level import LEVELS


def main() -> None:
    run_listing(LEVELS)


if __name__ == "__main__":
    main()
