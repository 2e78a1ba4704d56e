#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: active_directory_mapping_info
short_description: Read Active Directory mappings
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads which SVMs are mapped to which Active Directory domains.
requirements:
  - Unified Manager 9.7 or newer
options:
  key:
    description: The key of a mapping.
    type: str
  svm:
    description: Only the mapping of this SVM, by name or key.
    type: str
  domain:
    description: Only mappings to this domain.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.active_directory_mapping
"""

EXAMPLES = r"""
- name: Read all mappings
  aiqum.unified_manager.active_directory_mapping_info:
"""

RETURN = r"""
active_directory_mappings:
  description: The mappings, each with the fields of
    RV(aiqum.unified_manager.active_directory_mapping#module:active_directory_mapping).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 7d33f98e-0b76-5ef3-909b-951b780e4e57
      domain: ad.example.com
      dns: 10.10.0.2
      username: joiner
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
        name: svm1
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.active_directory_mapping import (
    ACTIVE_DIRECTORY_MAPPINGS,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(ACTIVE_DIRECTORY_MAPPINGS)


if __name__ == "__main__":
    main()
