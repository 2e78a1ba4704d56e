#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Run Unified Manager"
DOCUMENTATION = r"""
module: backup
short_description: Back up Unified Manager itself, if no backup is young enough
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Has Unified Manager make a backup of its own database, and waits for the Job. This needs the role Application
    Administrator.
  - Whether that is a dump or a snapshot is chosen in the maintenance console.
  - A first dump can take hours. Set O(wait_timeout) accordingly, or O(wait=false).
requirements:
  - Unified Manager 9.7 or newer
options:
  max_age:
    description:
      - Makes a backup only if the newest one is older than this, for example V(12h), V(7d) or V(PT24H), by the clock
        of Unified Manager. A number without a unit is refused. It does not matter whether the newest one was scheduled.
      - Without it, every run makes a backup.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.wait
  - aiqum.unified_manager.wait.polling
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
    details:
      - What a backup will be called is not known before it is there, so RV(backup) is then empty.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Only with O(max_age).
seealso:
  - module: aiqum.unified_manager.backup_info
  - module: aiqum.unified_manager.backup_settings
"""

EXAMPLES = r"""
- name: Make a backup unless there is one of the last day
  aiqum.unified_manager.backup:
    max_age: 24h
    wait_timeout: 14400

- name: Start one now, and do not wait for it
  aiqum.unified_manager.backup:
    wait: false
"""

RETURN = r"""
backup:
  description:
    - The newest backup; null when there is none.
    - Empty in check mode, when one would be made. With O(wait=false) it is the newest one before.
  returned: always
  type: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    name:
      description: The name of its file.
      returned: always
      type: str
    size:
      description: Its size, in bytes.
      returned: always
      type: int
    creation_time:
      description: When it was made.
      returned: always
      type: str
    is_scheduled:
      description: Whether it was made by schedule rather than on demand.
      returned: always
      type: bool
  sample:
    key: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    name: AIQ_UM_9.16_full_backup_unix_11-25-2026-15-17.7z
    size: 734003200
    creation_time: '2026-11-25T15:17:27.375+00:00'
    is_scheduled: false
# Written by make generate: outcome, jobs, diff, planned, applied, not_applied, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
jobs:
  description: The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
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
applied:
  description: The changes that were made, when not all were.
  returned: when some changes were begun and not all are made
  type: list
  elements: str
  sample: []
not_applied:
  description: The changes that were not made. One made in part, or with an unknown outcome, is in neither list.
  returned: when some changes were begun and not all are made
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.backup import run_backup


def main() -> None:
    run_backup()


if __name__ == "__main__":
    main()
