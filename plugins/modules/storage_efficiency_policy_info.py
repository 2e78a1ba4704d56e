#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: storage_efficiency_policy_info
short_description: Read Storage Efficiency Policies
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the Storage Efficiency Policies of NetApp Active IQ Unified Manager.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: A Storage Efficiency Policy, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  system_defined:
    description: Only those that the system defined, or only those that it did not.
    type: bool
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.storage_efficiency_policy
"""

EXAMPLES = r"""
- name: Read those that the system defined
  aiqum.unified_manager.storage_efficiency_policy_info:
    system_defined: true
    order_by: name
"""

RETURN = r"""
storage_efficiency_policies:
  description: The Storage Efficiency Policies, each with the fields of
    RV(aiqum.unified_manager.storage_efficiency_policy#module:storage_efficiency_policy).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 9358fd06-1af6-5b76-90c9-b658938ae62d
      name: High
      description: High storage efficiency
      system_defined: true
      compression: inline
      deduplication: inline
      space_thin_provisioned: true
      workload_count: 5
      create_time: '2026-01-05T08:00:00.000+00:00'
      update_time: '2026-01-05T08:00:00.000+00:00'
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.storage_efficiency_policy import POLICIES
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(POLICIES)


if __name__ == "__main__":
    main()
