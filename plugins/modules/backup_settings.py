#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Run Unified Manager"
DOCUMENTATION = r"""
module: backup_settings
short_description: Set when Unified Manager backs itself up
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Sets when Unified Manager makes backups of its own database, where it puts them, and how many it keeps.
  - There is one such schedule. An option that is not given is left as it is.
  - Unified Manager makes the change at once, without a Job. It needs the role Application Administrator.
requirements:
  - Unified Manager 9.7 or newer
options:
  frequency:
    description:
      - How often a backup is made. With V(none) there are none on schedule.
    type: str
    choices: [daily, weekly, none]
  day_of_week:
    description:
      - The day of a weekly backup. Not taken with another O(frequency).
    type: str
    choices: [sunday, monday, tuesday, wednesday, thursday, friday, saturday]
  hour:
    description:
      - The hour of a backup, 0 to 23, in the time zone of Unified Manager's server.
    type: int
  minute:
    description:
      - The minute of a backup, 0 to 59.
    type: int
  path:
    description:
      - The directory for the files, on Unified Manager's server. It must exist there.
      - It is the same path with a slash at its end.
    type: str
  retention_count:
    description:
      - How many backups are kept. With V(0) all are.
    type: int
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
  - module: aiqum.unified_manager.backup
  - module: aiqum.unified_manager.backup_settings_info
"""

EXAMPLES = r"""
- name: Back up every night
  aiqum.unified_manager.backup_settings:
    frequency: daily
    hour: 2
    minute: 30
    retention_count: 14

- name: Back up on Saturdays, at the same time
  aiqum.unified_manager.backup_settings:
    frequency: weekly
    day_of_week: saturday
"""

RETURN = r"""
backup_settings:
  description: The settings after the run, in check mode as they would be.
  returned: always
  type: dict
  contains:
    frequency:
      description: V(daily), V(weekly) or V(none).
      returned: always
      type: str
    day_of_week:
      description: The day, from V(sunday) to V(saturday); null when it is not weekly.
      returned: always
      type: str
    hour:
      description: The hour, 0 to 23.
      returned: always
      type: int
    minute:
      description: The minute, 0 to 59.
      returned: always
      type: int
    path:
      description: Where the backups lie.
      returned: always
      type: str
    retention_count:
      description: How many backups are kept.
      returned: always
      type: int
  sample:
    frequency: daily
    day_of_week: null
    hour: 2
    minute: 30
    path: /opt/netapp/data/ocum-backup/
    retention_count: 14
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.backup_settings import BACKUP_SETTINGS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(BACKUP_SETTINGS)


if __name__ == "__main__":
    main()
