#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Watch"
DOCUMENTATION = r"""
module: alert_script
short_description: Upload scripts that alerts run
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Uploads a script to Unified Manager, so that an alert can run it.
  - Unified Manager's API cannot change or delete a script, nor return its content. So a script of the same name
    counts as the desired one. To replace it, delete it in the user interface first, or upload it under another name.
  - Unified Manager stores the script at once, without a Job. Which script languages it can run depends on the
    operating system on which it is installed. Uploads can be switched off in its settings.
requirements:
  - Unified Manager 9.10 or newer
options:
  name:
    description:
      - The name of the script, such as V(page_oncall.sh). Without it, that of the file O(src).
      - For a script that exists, its key can be given as well.
    type: str
  src:
    description:
      - The file to upload, on the machine where the module runs.
      - Mutually exclusive with O(content).
    type: path
  content:
    description:
      - The text of the script. It is not shown in any output.
    type: str
  description:
    description:
      - A description for people. Used only for a new script, since it cannot be changed.
    type: str
  state:
    description:
      - The script exists. There is no other choice, since Unified Manager's API cannot delete a script.
    type: str
    choices: [present]
    default: present
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
  diff_mode:
    support: partial
    details:
      - It does not show the content of the script.
  idempotent:
    support: full
    details:
      - A script is recognized by its name, not by its content.
seealso:
  - module: aiqum.unified_manager.alert
  - module: aiqum.unified_manager.alert_script_info
"""

EXAMPLES = r"""
- name: A script that alerts can run
  aiqum.unified_manager.alert_script:
    name: note_event.sh
    description: Notes the event in the system log
    content: |
      #!/bin/sh
      logger -t unified_manager "$@"

- name: Have it run
  aiqum.unified_manager.alert:
    name: Everything critical
    script: note_event.sh
"""

RETURN = r"""
alert_script:
  description: The script as Unified Manager shows it after the run. In check mode, as it would be, as far as that is
    known. Null when there is none.
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
  sample:
    key: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    name: note_event.sh
    description: Notes the event in the system log
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.alert_script import ALERT_SCRIPT
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(ALERT_SCRIPT)


if __name__ == "__main__":
    main()
