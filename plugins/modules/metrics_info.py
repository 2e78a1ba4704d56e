#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: metrics_info
short_description: Read performance
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the metrics of one object over an interval, or the analytics of all objects of a kind, which are averages
    over the last 72 hours.
options:
  kind:
    description: The kind of object.
    type: str
    required: true
    choices: [cluster, node, aggregate, volume, lun, svm, ethernet_port, fc_port, ip_interface, fc_interface]
  name:
    description: One object, by name or key. Without it, the analytics of all of its kind are read.
    type: str
  cluster:
    description: The cluster that it lies on, by name or key.
    type: str
  svm:
    description: The SVM that it lies on, by name or key. For volumes, LUNs and interfaces.
    type: str
  node:
    description: The node that it lies on, by name or key. For aggregates and ports, whose names repeat on every node.
    type: str
  interval:
    description: The time up to now, in hours, days, weeks or months. Up to three days there is a sample every five
      minutes, beyond that every hour. Without it, Unified Manager takes one hour. Only with O(name).
    type: str
    choices: [1h, 12h, 1d, 2d, 3d, 15d, 1w, 1m, 2m, 3m, 6m]
  filters:
    description: Filters for analytics in Unified Manager's own words.
    type: dict
  order_by:
    description: The field to sort analytics by, followed by C(desc) for the reverse order.
    type: str
  limit:
    description: At most so many rows of analytics.
    type: int
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.datacenter_info
  - module: aiqum.unified_manager.workload_info
"""

EXAMPLES = r"""
- name: The last twelve hours of an aggregate
  aiqum.unified_manager.metrics_info:
    kind: aggregate
    name: aggr1
    interval: 12h

- name: One port of one node
  aiqum.unified_manager.metrics_info:
    kind: ethernet_port
    name: e0c
    node: cluster1-01

- name: The ten busiest volumes
  aiqum.unified_manager.metrics_info:
    kind: volume
    order_by: iops desc
    limit: 10
"""

RETURN = r"""
metrics:
  description: Samples and summary of the object as Unified Manager sends them; null without O(name).
  returned: always
  type: dict
  sample:
    duration: PT5M
    num_samples: 144
analytics:
  description: A row for each object as Unified Manager sends it; empty with O(name).
  returned: always
  type: list
  elements: dict
  sample:
    - iops: 118.5
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_surveys import run_measuring


def main() -> None:
    run_measuring()


if __name__ == "__main__":
    main()
