#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: alert_info
short_description: Read alerts
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the alerts of NetApp Active IQ Unified Manager.
requirements:
  - Unified Manager 9.10 or newer
options:
  name:
    description: An alert, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  enabled:
    description: Only alerts that are at work, or only those that are not.
    type: bool
  send_snmp_trap:
    description: Only alerts that send an SNMP trap, or only those that do not.
    type: bool
  script:
    description: Only alerts that run this script, by name or key.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.alert
"""

EXAMPLES = r"""
- name: Read the alerts that are at work
  aiqum.unified_manager.alert_info:
    enabled: true
    order_by: name
"""

RETURN = r"""
alerts:
  description: The alerts, each with the fields of RV(aiqum.unified_manager.alert#module:alert).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 02f825c5-9f23-52bc-9002-e6dd1081da5a
      name: Everything critical
      description: null
      enabled: true
      event:
        severities:
          - critical
        types: []
      resource: []
      action:
        notification:
          duration: null
          from: null
          to: null
          emails:
            - storage@example.com
          send_snmp_trap: false
        script:
          key: null
          name: null
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.alert import ALERTS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(ALERTS)


if __name__ == "__main__":
    main()
