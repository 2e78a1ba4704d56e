#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: workload_info
short_description: Read workloads
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads LUNs and file shares as workloads - their policies, whether they conform to them, and what they have used.
options:
  name:
    description: A workload, by name, path or key.
    type: str
  type:
    description: Only workloads of this type.
    type: str
    choices: [file_share, lun, unknown]
  svm:
    description: Only workloads of this SVM, by name or key.
    type: str
  cluster:
    description: Only workloads of this cluster, by name or key.
    type: str
  volume:
    description: Only workloads in this volume, by name or key.
    type: str
  performance_service_level:
    description: Only workloads with this Performance Service Level, by name or key.
    type: str
  storage_efficiency_policy:
    description: Only workloads with this Storage Efficiency Policy, by name or key.
    type: str
  query:
    description: Only workloads that contain this text in the name of one of their parts.
    type: str
  summary:
    description: Read the summary of all workloads as well.
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.lun_info
  - module: aiqum.unified_manager.file_share_info
  - module: aiqum.unified_manager.aggregate_capability_info
"""

EXAMPLES = r"""
- name: Read the LUNs that have no level, and the summary of all workloads
  aiqum.unified_manager.workload_info:
    type: lun
    performance_service_level: Unassigned
    summary: true
"""

RETURN = r"""
workloads:
  description: The workloads as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - name: /vol/vol_db/lun_ora01
      conformance_status: conforming
summary:
  description: How many workloads conform, and what they use, as Unified Manager sends it.
  returned: when O(summary=true)
  type: dict
  sample:
    total_workload_count: 11
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.workload import WORKLOADS


def main() -> None:
    run_listing(WORKLOADS)


if __name__ == "__main__":
    main()
