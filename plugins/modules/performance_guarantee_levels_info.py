#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: performance_guarantee_levels_info
short_description: Read the Performance Service Levels of the guarantee program
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the Performance Service Levels of NetApp's Performance Guarantee Program, if they were added.
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.performance_guarantee_levels
"""

EXAMPLES = r"""
- name: Read the levels of the guarantee program
  aiqum.unified_manager.performance_guarantee_levels_info:
"""

RETURN = r"""
performance_guarantee_levels:
  description: The levels as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - system_defined: true
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_guarantee_levels import (
    LISTING,
)


def main() -> None:
    run_listing(LISTING)


if __name__ == "__main__":
    main()
