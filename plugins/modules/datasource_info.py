#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: datasource_info
short_description: Read the clusters that Unified Manager manages
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the clusters that were added to Unified Manager, and how their discovery and polling stand.
options:
  address:
    description: A cluster, by address, name or key.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.datasource
"""

EXAMPLES = r"""
- name: Read all clusters
  aiqum.unified_manager.datasource_info:
"""

RETURN = r"""
datasources:
  description: The datasources as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - address: 10.10.9.10
      status: normal
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.datasource import DATASOURCES


def main() -> None:
    run_listing(DATASOURCES)


if __name__ == "__main__":
    main()
