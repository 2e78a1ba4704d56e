#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: storage_efficiency_policy
short_description: Create, change and delete Storage Efficiency Policies
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates policies for compression, deduplication and thin provisioning, changes and deletes them.
  - Unified Manager makes these changes at once, without a Job.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The Storage Efficiency Policy, by name or key.
    type: str
    required: true
  from_name:
    description:
      - A Storage Efficiency Policy to rename to O(name), by its present name or key.
      - Used only if O(name) does not exist yet.
      - It has no effect with O(state=absent).
    type: str
  description:
    description:
      - What it is for.
    type: str
  compression:
    description:
      - When data is compressed. Unified Manager's default for a new policy is V(inline).
    type: str
    choices: [inline, background, none]
  deduplication:
    description:
      - When data is deduplicated. Unified Manager's default for a new policy is V(inline).
    type: str
    choices: [inline, background, none]
  space_thin_provisioned:
    description:
      - Whether space is thin-provisioned. Unified Manager's default for a new policy is V(true).
    type: bool
  state:
    description:
      - Whether it exists. Unified Manager deletes neither what the system defined, nor what is assigned to a workload.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
seealso:
  - module: aiqum.unified_manager.storage_efficiency_policy_info
"""

EXAMPLES = r"""
- name: A policy for logs
  aiqum.unified_manager.storage_efficiency_policy:
    name: Logs
    compression: background
    deduplication: none

- name: Delete it
  aiqum.unified_manager.storage_efficiency_policy:
    name: Logs
    state: absent
"""

RETURN = r"""
storage_efficiency_policy:
  description: The Storage Efficiency Policy as Unified Manager shows it after the run. In check mode, as it would be,
    as far as that is known. Null when there is none.
  returned: always
  type: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    name:
      description: Its name.
      returned: always
      type: str
    description:
      description: Its description; null when it has none.
      returned: always
      type: str
    system_defined:
      description: Whether it came with Unified Manager.
      returned: always
      type: bool
    compression:
      description: V(inline), V(background) or V(none).
      returned: always
      type: str
    deduplication:
      description: V(inline), V(background) or V(none).
      returned: always
      type: str
    space_thin_provisioned:
      description: Whether space is taken only when it is written.
      returned: always
      type: bool
    workload_count:
      description: How many workloads it is assigned to.
      returned: always
      type: int
    create_time:
      description: When it was created.
      returned: always
      type: str
    update_time:
      description: When it was last changed.
      returned: always
      type: str
  sample:
    key: 4f6f7028-d072-5bfd-92db-f23d7a8f4c10
    name: Logs
    description: null
    system_defined: false
    compression: background
    deduplication: none
    space_thin_provisioned: true
    workload_count: 0
    create_time: '2026-11-25T15:17:57.583+00:00'
    update_time: '2026-11-25T15:17:57.583+00:00'
# Written by make generate: outcome, no_jobs, diff, planned, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
jobs:
  description: Always empty, since no Job is started; see RV(aiqum.unified_manager.lun#module:jobs).
  returned: always
  type: list
  elements: dict
diff:
  description: What was changed, or in check mode would be, with C(before) and C(after).
  returned: always
  type: dict
  sample:
    before:
      state: absent
    after:
      state: present
planned:
  description: What would be done, in order.
  returned: in check mode
  type: list
  elements: str
  sample:
    - create
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.storage_efficiency_policy import POLICY
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(POLICY)


if __name__ == "__main__":
    main()
