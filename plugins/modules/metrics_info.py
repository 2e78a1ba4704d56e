#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Read what there is"
DOCUMENTATION = r"""
module: metrics_info
short_description: Read the performance of clusters, volumes, LUNs and more
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the metrics of one object over an interval, or the analytics of all objects of a kind, which are averages
    over the last 72 hours.
requirements:
  - Unified Manager 9.9 or newer, and 9.10 for the network
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
  description:
    - Samples and summary of the object; null without O(name).
    - Besides these fields there is one that is called like the O(kind), with C(key), C(uuid) and C(name) of the
      object.
  returned: always
  type: dict
  contains:
    start_time:
      description: The time of the first sample.
      returned: always
      type: str
    end_time:
      description: The time of the last sample.
      returned: always
      type: str
    duration:
      description: The time between two samples, V(PT5M) or V(PT1H).
      returned: always
      type: str
    num_samples:
      description: How many samples there are.
      returned: always
      type: int
    samples:
      description: The samples, the oldest first. What is measured differs by kind.
      returned: always
      type: list
      elements: dict
      contains:
        timestamp:
          description: The time.
          returned: always
          type: str
        iops:
          description: Operations in a second - C(read), C(write), C(other) and C(total), or one number for a cluster.
            Those of a node are also in C(local).
          returned: when Unified Manager sends it
          type: raw
        latency:
          description: In milliseconds - C(read), C(write), C(other) and C(total), or one number.
          returned: when Unified Manager sends it
          type: raw
        throughput:
          description: C(read), C(write), C(other) and C(total), or one number. Its unit is not documented.
          returned: when Unified Manager sends it
          type: raw
        performance_capacity:
          description: In percent - C(used_percent), C(free_percent), C(available_iops_percent),
            C(system_workload_percent) and C(user_workload_percent).
          returned: for nodes and aggregates
          type: dict
        utilization_percent:
          description: For how much of the time it was busy, in percent.
          returned: when Unified Manager sends it
          type: float
        bytes:
          description: C(received), C(transmitted) and C(total).
          returned: for ethernet ports
          type: dict
    summary:
      description: For each number in RV(metrics.samples), C(min), C(max), C(avg) and C(95th_percentile).
      returned: always
      type: dict
  sample:
    aggregate:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=aggregate,uuid=f7e0cf92-6d15-5029-b044-1aeaf5b2aff3
      name: aggr1
    start_time: '2026-11-25T03:15:00.000+00:00'
    end_time: '2026-11-25T15:15:00.000+00:00'
    duration: PT5M
    num_samples: 144
    samples:
      - timestamp: '2026-11-25T03:15:00.000+00:00'
        iops:
          read: 44.528
          write: 19.705
          other: 33.86
          total: 98.093
        latency:
          read: 66.999
          write: 64.656
          other: 28.083
          total: 53.246
        utilization_percent: 20.942
    summary:
      iops:
        total:
          min: 60.896
          max: 117.103
          avg: 88.799
          95th_percentile: 116.765
      latency:
        total:
          min: 48.17
          max: 53.663
          avg: 50.873
          95th_percentile: 53.632
      utilization_percent:
        min: 1.25
        max: 21.25
        avg: 11.079
        95th_percentile: 21.117
analytics:
  description:
    - A row for each object; empty with O(name).
    - Besides these fields there is one that is called like the O(kind), with C(key), C(uuid) and C(name) of the
      object.
  returned: always
  type: list
  elements: dict
  contains:
    period:
      description: Over how many hours the numbers are means.
      returned: always
      type: int
    cluster:
      description: Its cluster, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    svm:
      description: Its SVM, with C(key), C(uuid) and C(name).
      returned: for volumes, LUNs, SVMs and interfaces
      type: dict
    node:
      description: Its node, with C(key), C(uuid) and C(name).
      returned: for nodes, aggregates and ports
      type: dict
    iops:
      description: Operations in a second.
      returned: when Unified Manager sends it
      type: float
    iops_per_tb:
      description: Operations in a second for each TB.
      returned: for volumes
      type: float
    latency:
      description: The latency.
      returned: when Unified Manager sends it
      type: float
    throughput:
      description: The throughput. Its unit is not documented.
      returned: when Unified Manager sends it
      type: float
    performance_capacity:
      description: In percent - C(used_percent) and C(available_iops_percent).
      returned: for nodes and aggregates
      type: dict
    utilization_percent:
      description: For how much of the time it was busy, in percent.
      returned: when Unified Manager sends it
      type: float
  sample:
    - volume:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=68738660-344b-5a12-8a01-47a1db529c2f
        name: vol_full
      period: 72
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
        name: svm1
      iops: 185.822
      iops_per_tb: 13.778
      latency: 46.586
      throughput: 118.389
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.metrics_info import run_measuring


def main() -> None:
    run_measuring()


if __name__ == "__main__":
    main()
