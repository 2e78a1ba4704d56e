#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: datasource_info
short_description: Read the clusters that Unified Manager manages
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the clusters that were added to Unified Manager, and the state of their discovery and polling.
requirements:
  - Unified Manager 9.7 or newer
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
  description: The datasources, each with the fields of RV(aiqum.unified_manager.datasource#module:datasource).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
      name: cluster1
      address: 10.10.0.10
      port: 443
      protocol: https
      username: admin
      status: normal
      status_message: null
      cluster_health_status: ok
      is_metro_cluster: false
      mutual_tls_status: not configured
      managed_workload_percent: 0
      raw_capacity: 1099511627776
      maintenance_window: null
      operation:
        type: health_poll
        state: completed
        start_time: '2026-01-12T09:30:00.000+00:00'
        end_time: '2026-01-12T09:30:00.000+00:00'
        last_success_time: '2026-01-12T09:30:00.000+00:00'
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.datasource import DATASOURCES
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(DATASOURCES)


if __name__ == "__main__":
    main()
