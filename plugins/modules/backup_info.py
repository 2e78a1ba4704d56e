#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: backup_info
short_description: Read the backups of Unified Manager
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads which backups of itself Unified Manager has.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: Only the backup whose file has this name.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.backup
  - module: aiqum.unified_manager.backup_settings_info
"""

EXAMPLES = r"""
- name: Read the backups, the newest first
  aiqum.unified_manager.backup_info:
    order_by: creation_time desc
"""

RETURN = r"""
backups:
  description: The backups, each with the fields of RV(aiqum.unified_manager.backup#module:backup).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 5805e47b-7c26-5b29-aef2-068b8bb42339
      name: AIQ_UM_9.16_full_backup_unix_12-12-2025-01-15.7z
      size: 734003200
      creation_time: '2025-12-12T01:15:00.000+00:00'
      is_scheduled: true
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.backup import BACKUPS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(BACKUPS)


if __name__ == "__main__":
    main()
