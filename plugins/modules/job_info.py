#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: job_info
short_description: Read Jobs
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads Jobs of NetApp Active IQ Unified Manager and says what their states mean.
  - RV(jobs) is safe to be used with C(until).
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
  description: What the Jobs' states mean, one for each of O(keys), or one for each of RV(records).
  returned: always
  type: list
  elements: dict
  contains:
    key:
      description: The Job's key.
      type: str
      returned: always
    known:
      description: Whether Unified Manager knows a Job with this key.
      type: bool
      returned: always
    outcome:
      description: V(submitted) while it runs, then V(success), V(warning), V(partial), V(failed) or V(unknown).
      type: str
      returned: always
    finished:
      description: Whether the Job has ended.
      type: bool
      returned: always
    succeeded:
      description: Whether it ended well; null while nobody knows.
      type: bool
      returned: always
    failures:
      description: The failed tasks, each with C(task), C(description) and C(reason).
      type: list
      elements: dict
      returned: always
records:
  description: The Jobs as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.job import JOBS


def main() -> None:
    run_listing(JOBS)


if __name__ == "__main__":
    main()
