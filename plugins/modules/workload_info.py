#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Read what there is"
DOCUMENTATION = r"""
module: workload_info
short_description: Read workloads
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads LUNs and file shares as workloads - their policies, whether they conform to them, and what they have used.
requirements:
  - Unified Manager 9.7 or newer
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
  description: The workloads.
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
      description: Its name; that of a LUN is its path.
      returned: always
      type: str
    type:
      description: V(lun), V(file_share) or V(unknown).
      returned: always
      type: str
    cluster:
      description: Its cluster, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    svm:
      description: Its SVM, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    volume:
      description: Its volume, with C(key), C(uuid) and C(name).
      returned: when Unified Manager sends it
      type: dict
    assigned_performance_service_level:
      description: Its Performance Service Level, with C(key), C(name), C(expected_iops) and C(peak_iops) in IOPS.
        Without one the name is V(Unassigned).
      returned: always
      type: dict
    recommended_performance_service_level:
      description: The Performance Service Level that Unified Manager recommends, with the same fields.
      returned: always
      type: dict
    assigned_storage_efficiency_policy:
      description: Its Storage Efficiency Policy, with C(key) and C(name). Without one the name is V(Unassigned).
      returned: always
      type: dict
    conformance_status:
      description: Whether it gets what its level promises - V(conforming), V(non_conforming_error), V(unknown) or
        V(unassigned).
      returned: always
      type: str
    conformance_status_details:
      description: Why it does not conform - C(target_latency), C(avg_violated_latency),
        C(latency_observation_duration) and C(latency_risk_threshold_percent).
      returned: when Unified Manager sends it
      type: dict
    iops:
      description: In IOPS, over 15 days - C(average), C(median), C(95th_percentile) and C(max).
      returned: always
      type: dict
    latency:
      description: In milliseconds, over 15 days - C(average), C(median), C(95th_percentile) and C(max).
      returned: always
      type: dict
    space:
      description: In bytes - C(size) and C(used), and over 15 days C(used_average), C(used_median),
        C(used_95th_percentile) and C(used_max).
      returned: always
      type: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=46902afb-f575-56e4-847f-35984002230b
      uuid: 46902afb-f575-56e4-847f-35984002230b
      name: /vol/vol_db/lun_ora01
      type: lun
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
        name: svm1
      volume:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=54372cf1-53f1-5e80-829e-e204078b47ba
        name: vol_db
      assigned_performance_service_level:
        key: ccc06f88-7bf3-5bad-9d35-fba82909e908
        name: Performance
        peak_iops: 500
        expected_iops: 500
      recommended_performance_service_level:
        key: 4a3bd71f-485b-5271-9c97-7e4caeecde01
        name: Extreme Performance
        peak_iops: 1200
        expected_iops: 1000
      assigned_storage_efficiency_policy:
        key: 9358fd06-1af6-5b76-90c9-b658938ae62d
        name: High
      conformance_status: conforming
      iops:
        average: 12.5
        max: 40.0
        median: 11.0
        95th_percentile: 35.0
      latency:
        average: 1.25
        max: 4.0
        median: 1.1
        95th_percentile: 3.5
      space:
        size: 107374182400
        used: 53687091200
        used_average: 53687091200.0
        used_max: 53687091200.0
        used_median: 53687091200.0
        used_95th_percentile: 53687091200.0
summary:
  description: How many workloads conform, and what all of them use.
  returned: when O(summary=true)
  type: dict
  contains:
    total_workload_count:
      description: How many workloads there are.
      returned: always
      type: int
    conformance_summary:
      description: How many of them conform - C(conformant_workload_count), C(non_conformant_workload_count) and
        C(workload_with_unknown_status_count).
      returned: always
      type: dict
    performance_service_level_summary:
      description: C(managed_workload_count) and C(unmanaged_workload_count), with and without a Performance Service
        Level, C(workloads_with_system_suggested_psls), and in C(performance_service_levels) the counts, IOPS and space
        of each level.
      returned: always
      type: dict
    iops:
      description: In IOPS - C(total), C(used) and C(available).
      returned: always
      type: dict
    space:
      description: In bytes - C(size), C(used) and C(available).
      returned: always
      type: dict
  sample:
    total_workload_count: 11
    conformance_summary:
      conformant_workload_count: 6
      non_conformant_workload_count: 0
      workload_with_unknown_status_count: 5
    performance_service_level_summary:
      managed_workload_count: 6
      unmanaged_workload_count: 5
      workloads_with_system_suggested_psls: 0
      performance_service_levels:
        - key: 4a3bd71f-485b-5271-9c97-7e4caeecde01
          name: Extreme Performance
          workload_count: 1
          conformant_workload_count: '1'
          non_conformant_workload_count: 0
          workload_with_unknown_status_count: 0
          iops:
            used: 12.5
            available: 50000.0
          space:
            used: 161061273600
            available: 52776558133248
    iops:
      total: 100000.0
      used: 137.5
      available: 99862.5
    space:
      size: 374933465071616
      used: 169322643193856
      available: 205610821877760
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.workload import WORKLOADS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(WORKLOADS)


if __name__ == "__main__":
    main()
