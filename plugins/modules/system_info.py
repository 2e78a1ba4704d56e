#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: system_info
short_description: Read the management server
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the version, the deployment and the services of Unified Manager itself.
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.backup_info
"""

EXAMPLES = r"""
- name: Read the version of Unified Manager
  aiqum.unified_manager.system_info:
"""

RETURN = r"""
system:
  description: The management server as Unified Manager sends it.
  returned: always
  type: dict
  sample:
    version: "9.16"
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_reading
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.workload import SYSTEM


def main() -> None:
    run_reading(SYSTEM)


if __name__ == "__main__":
    main()
