#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Read what there is"
DOCUMENTATION = r"""
module: aggregate_capability_info
short_description: Read which Performance Service Levels aggregates support
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads which Performance Service Levels each aggregate supports.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: An aggregate, by name, or by key without any other option.
    type: str
  cluster:
    description: Only aggregates of this cluster, by name or key.
    type: str
  performance_service_level:
    description: Only aggregates that support this Performance Service Level, by name or key.
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
- name: Find the aggregates that support the fastest level
  aiqum.unified_manager.aggregate_capability_info:
    performance_service_level: Extreme Performance
"""

RETURN = r"""
aggregate_capabilities:
  description: The aggregates and what they support.
  returned: always
  type: list
  elements: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    uuid:
      description: Its UUID in ONTAP.
      returned: always
      type: str
    name:
      description: Its name.
      returned: always
      type: str
    cluster:
      description: Its cluster, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    performance_service_levels:
      description: The Performance Service Levels that it can keep, each with C(key) and C(name).
      returned: always
      type: list
      elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=aggregate,uuid=f7e0cf92-6d15-5029-b044-1aeaf5b2aff3
      uuid: f7e0cf92-6d15-5029-b044-1aeaf5b2aff3
      name: aggr1
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      performance_service_levels:
        - key: 4a3bd71f-485b-5271-9c97-7e4caeecde01
          name: Extreme Performance
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.aggregate_capability import CAPABILITIES
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(CAPABILITIES)


if __name__ == "__main__":
    main()
