#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: alert_script_info
short_description: Read scripts that alerts run
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the names and descriptions of the scripts that alerts can run.
requirements:
  - Unified Manager 9.10 or newer
options:
  name:
    description: A script, by name or key. Use O(filters) with C(name) for patterns.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.alert_script
"""

EXAMPLES = r"""
- name: Read all scripts
  aiqum.unified_manager.alert_script_info:
    order_by: name
"""

RETURN = r"""
alert_scripts:
  description: The scripts, each with the fields of RV(aiqum.unified_manager.alert_script#module:alert_script).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 06dacdfd-7914-5c12-a977-018dccd7e7e9
      name: page_oncall.sh
      description: Pages whoever is on call.
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.alert_script import ALERT_SCRIPTS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(ALERT_SCRIPTS)


if __name__ == "__main__":
    main()
