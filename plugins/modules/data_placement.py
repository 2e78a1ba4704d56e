#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: data_placement
short_description: Find the best aggregates for a workload
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Asks Unified Manager which aggregates suit a new workload, such as a LUN, best. It changes nothing, and does the
    same in check mode.
requirements:
  - Unified Manager 9.7 or newer
options:
  capacity:
    description:
      - The space that is needed, rounded up to whole MiB.
    type: str
    default: 100GiB
  performance_service_level:
    description:
      - The Performance Service Level, by name or key. By default Unified Manager uses the one with the median latency.
    type: str
  aggregates:
    description:
      - Only these aggregates, by name or key.
    type: list
    elements: str
  nodes:
    description:
      - Only aggregates of these nodes, by name or key.
    type: list
    elements: str
  clusters:
    description:
      - Only aggregates of these clusters, by name or key.
    type: list
    elements: str
  svms:
    description:
      - Only aggregates of these SVMs, by name or key.
    type: list
    elements: str
  priority_order:
    description:
      - The criteria, the most important first - C(volume_count), C(size), C(latency) and C(ops), each once. Those that
        count the same are joined by a colon, like C(latency:ops), for O(all_candidates=true).
    type: list
    elements: str
  all_candidates:
    description:
      - Rank all aggregates that have enough space. With V(false) Unified Manager names only the best.
    type: bool
    default: true
  evaluation:
    description:
      - How the criteria are weighted, for O(all_candidates=true).
      - V(raw) does not weight them, and returns the RV(statistics) of each criterion instead of RV(aggregates).
    type: str
    choices: [rank, normalized, literal, raw]
    default: rank
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.aggregate_capability_info
  - module: aiqum.unified_manager.lun
  - module: aiqum.unified_manager.file_share
"""

EXAMPLES = r"""
- name: Find the best aggregate for a fast LUN of 1 GiB
  aiqum.unified_manager.data_placement:
    capacity: 1GiB
    performance_service_level: Performance
    clusters: [cluster1]
  register: placement

- name: Put a LUN there
  aiqum.unified_manager.lun:
    name: placed01
    svm: svm1
    aggregate: "{{ placement.aggregates[0].key }}"
    size: 1GiB
    os_type: linux
    performance_service_level: Performance
"""

RETURN = r"""
aggregates:
  description: The aggregates, the best first; empty with O(evaluation=raw).
  returned: always
  type: list
  elements: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    name:
      description: Its name; null when the inventory does not show it.
      returned: always
      type: str
    score:
      description: Unified Manager's score, the higher the better; null where it has none.
      returned: always
      type: float
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=aggregate,uuid=66d32ca1-f155-579f-936d-ec8013fb9dda
      name: aggr2
      score: null
statistics:
  description:
    - Unified Manager's answer as it is. Its form is not documented; expect the keys of aggregates with a number for
      each of volume_count, size, latency and ops.
  returned: with O(evaluation=raw)
  type: raw
  sample:
    8c3c1a3e-0b7d-5b0e-9d62-0f2d8a8f5d11:type=aggregate,uuid=4b0f7f52-2d4e-5b8e-8a55-6a3ac5d0f1c2:
      - 4
      - 1000
      - 0.5
      - 90
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.data_placement import run_data_placement


def main() -> None:
    run_data_placement()


if __name__ == "__main__":
    main()
