#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Wait for Jobs"
DOCUMENTATION = r"""
module: job_info
short_description: Read Jobs, and what their states mean
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads Jobs of NetApp Active IQ Unified Manager and says what their states mean.
  - To wait for Jobs, use M(aiqum.unified_manager.job_wait).
requirements:
  - Unified Manager 9.7 or newer
options:
  keys:
    description:
      - The keys of the Jobs, as the modules return them. RV(jobs) is then in this order.
    type: list
    elements: str
  name:
    description: Only Jobs with this name, in Unified Manager's words.
    type: str
  type:
    description: Only Jobs of this type, in Unified Manager's words.
    type: str
  state:
    description: Only Jobs in this state, for example V(running) or V(completed).
    type: str
  status:
    description: Only Jobs with this status.
    type: str
    choices: [normal, warning, partial_failures, error]
  parent_job_key:
    description: Only Jobs that the Job with this key spawned.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.job_wait
"""

EXAMPLES = r"""
- name: Read the newest Jobs
  aiqum.unified_manager.job_info:
    order_by: submit_time desc
    limit: 5

- name: Read the Jobs that ended badly
  aiqum.unified_manager.job_info:
    status: error
    limit: 20
"""

RETURN = r"""
jobs:
  description:
    - What the states of the Jobs mean, with one entry for each of O(keys), or for each of RV(records).
    - Each entry has the fields of RV(aiqum.unified_manager.lun#module:jobs), and this one. An unknown key
      does not fail the task.
  returned: always
  type: list
  elements: dict
  contains:
    known:
      description: Whether a Job with this key exists.
      returned: always
      type: bool
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
      elapsed: 0.0
      polling: standard
      polls: 1
      poll_errors: 0
      known: true
records:
  description: The Jobs as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  contains:
    key:
      description: The Job's key.
      returned: always
      type: str
    name:
      description: The Job's name, in Unified Manager's words.
      returned: always
      type: str
    type:
      description: The Job's type, in Unified Manager's words.
      returned: always
      type: str
    state:
      description: The Job's state, in Unified Manager's words.
      returned: always
      type: str
    status:
      description: V(normal), V(warning), V(partial_failures) or V(error).
      returned: always
      type: str
    submit_time:
      description: When Unified Manager took it on.
      returned: always
      type: str
    complete_time:
      description: When it ended; null while it runs.
      returned: always
      type: str
    parent_job_key:
      description: The key of the Job that spawned it; null when none did.
      returned: always
      type: str
    task_reports:
      description: Its tasks, each with C(key), C(name), C(type), C(description), C(state), C(status), C(start_time),
        C(complete_time) and C(failure_reason).
      returned: always
      type: list
      elements: dict
    job_results:
      description: What it gave back, each with C(name) and C(value).
      returned: always
      type: list
      elements: dict
    spawned_job_summary:
      description: How many Jobs it spawned - C(total_jobs), C(running_jobs), C(completed_jobs), C(successful_jobs),
        C(failed_jobs) and C(aborted_jobs).
      returned: always
      type: dict
  sample:
    - key: 06a6148bf9e862df:-2611856e:16e8d47e722:-7f87
      name: Create LUN
      type: provision_lun_create
      state: completed
      status: normal
      submit_time: '2026-11-25T15:25:06.568+00:00'
      complete_time: '2026-11-25T15:25:06.768+00:00'
      parent_job_key: null
      task_reports:
        - complete_time: '2026-11-25T15:25:06.635+00:00'
          description: Create a volume for LUN db01
          failure_reason: null
          key: 51c9bc701e7ea419:-7f5b20a6:1a2134f7e88:-7fff
          name: provision_volume_create
          start_time: '2026-11-25T15:25:06.568+00:00'
          state: completed
          status: normal
          type: provision_volume_create
      job_results:
        - name: lunKey
          value: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=39292d22-e255-4ccb-9a46-6884f3f49249
      spawned_job_summary:
        aborted_jobs: 0
        completed_jobs: 0
        failed_jobs: 0
        running_jobs: 0
        successful_jobs: 0
        total_jobs: 0
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.job_info import JOBS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(JOBS)


if __name__ == "__main__":
    main()
