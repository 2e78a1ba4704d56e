#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: backup_settings_info
short_description: Read when Unified Manager backs itself up
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads when Unified Manager makes backups of itself, where it puts them, and how many it keeps.
requirements:
  - Unified Manager 9.7 or newer
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.backup_info
  - module: aiqum.unified_manager.backup_settings
"""

EXAMPLES = r"""
- name: Read the schedule of backups
  aiqum.unified_manager.backup_settings_info:
  register: schedule

- name: It must be on
  ansible.builtin.assert:
    that: schedule.backup_settings.frequency != 'none'
"""

RETURN = r"""
backup_settings:
  description: The settings, with the fields of RV(aiqum.unified_manager.backup_settings#module:backup_settings); null
    when they could not be read.
  returned: always
  type: dict
  sample:
    frequency: weekly
    day_of_week: sunday
    hour: 1
    minute: 15
    path: /opt/netapp/data/ocum-backup/
    retention_count: 10
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.backup_settings import (
    BACKUP_SETTINGS_READ,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_reading


def main() -> None:
    run_reading(BACKUP_SETTINGS_READ)


if __name__ == "__main__":
    main()
