#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: lun_info
short_description: Read LUNs
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the LUNs that NetApp Active IQ Unified Manager knows, with their policies.
options:
  name:
    description:
      - A LUN, by its name, its path or its key. Use O(filters) with C(name) for patterns.
    type: str
  svm:
    description: Only LUNs of this SVM, by name or key.
    type: str
  cluster:
    description: Only LUNs of this cluster, by name or key.
    type: str
  volume:
    description: Only LUNs in this volume, by name or key.
    type: str
  performance_service_level:
    description: Only LUNs with this Performance Service Level, by name or key.
    type: str
  storage_efficiency_policy:
    description: Only LUNs with this Storage Efficiency Policy, by name or key.
    type: str
  query:
    description: Only LUNs with this text anywhere in their attributes.
    type: str
  details:
    description:
      - Whether to read each LUN by its key, too. The list lacks C(os_type) and C(lun_maps).
      - This is one more request for each LUN.
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.lun
"""

EXAMPLES = r"""
- name: Read one LUN with its maps
  aiqum.unified_manager.lun_info:
    name: db01
    svm: svm1
    details: true

- name: Read the ten largest LUNs of a cluster
  aiqum.unified_manager.lun_info:
    cluster: cluster1
    order_by: space.size desc
    limit: 10

- name: Read all LUNs whose volume begins with AIQUM_
  aiqum.unified_manager.lun_info:
    filters:
      name: /vol/AIQUM_*
"""

RETURN = r"""
luns:
  description: The LUNs as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - key: 4c0f7c5e-0f5c-5d0c-9f9b-b1a5f1f5d3a1:type=lun,uuid=5b3a7d9e-3c55-4b7e-8f0e-0d9f3c1a2b4d
      name: /vol/vol1/db01
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun_listing import LUNS


def main() -> None:
    run_listing(LUNS)


if __name__ == "__main__":
    main()
