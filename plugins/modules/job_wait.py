#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Wait for Jobs"
DOCUMENTATION = r"""
module: job_wait
short_description: Wait for many Jobs in one loop
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Waits until Jobs of NetApp Active IQ Unified Manager have ended, and reports how each ended. All Jobs are watched
    together.
  - With O(cluster) it waits for jobs of the ONTAP of a cluster instead, through the API gateway.
  - If one Job fails, the module still waits for the others before the task fails.
  - It changes nothing, so it never reports C(changed); the task that submitted the Job has done so.
requirements:
  - Unified Manager 9.7 or newer
options:
  keys:
    description:
      - The keys of the Jobs, as other modules return them under C(jobs).
    type: list
    elements: str
    required: true
  cluster:
    description:
      - The cluster, by name, UUID or key, whose ONTAP has the jobs. O(keys) are then UUIDs, as
        M(aiqum.unified_manager.ontap) returns them under C(jobs).
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.wait.polling
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.job_info
  - module: aiqum.unified_manager.ontap
"""

EXAMPLES = r"""
- name: Submit without waiting
  aiqum.unified_manager.lun:
    name: "{{ item }}"
    svm: svm1
    size: 10GiB
    os_type: linux
    performance_service_level: Value
    wait: false
  loop: [log01, log02, log03]
  register: submitted

- name: Wait for all of them
  aiqum.unified_manager.job_wait:
    keys: "{{ submitted.results | map(attribute='jobs') | flatten | map(attribute='key') }}"
    wait_timeout: 1800

- name: Submit without waiting to the ONTAP of a cluster
  aiqum.unified_manager.ontap:
    cluster: cluster1
    path: storage/volumes
    method: post
    body:
      name: vol_logs
      svm.name: svm1
      aggregates:
        - name: aggr1
    wait: false
  register: volume

- name: Wait for its job
  aiqum.unified_manager.job_wait:
    cluster: cluster1
    keys: "{{ volume.jobs | map(attribute='key') }}"
"""

RETURN = r"""
jobs:
  description: How each Job ended, in the order of O(keys); see RV(aiqum.unified_manager.lun#module:jobs).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 06a6148bf9e862df:-2611856e:16e8d47e722:-7f87
      name: Create LUN
      type: provision_lun_create
      state: completed
      status: normal
      outcome: success
      finished: true
      succeeded: true
      submit_time: '2026-11-25T15:17:39.228+00:00'
      complete_time: '2026-11-25T15:17:39.428+00:00'
      results:
        lunKey: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=8c3d5f16-9293-4e8f-888b-28756bad6be2
      tasks:
        total: 3
        completed: 3
        failed: 0
      elapsed: 0.3
      polling: standard
      polls: 1
      poll_errors: 0
outcome:
  description: V(unchanged) when all succeeded, else the worst - partial, failed, timeout, unknown or interrupted.
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.job_wait import run_job_wait


def main() -> None:
    run_job_wait()


if __name__ == "__main__":
    main()
