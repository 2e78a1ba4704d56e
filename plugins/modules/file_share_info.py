#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: file_share_info
short_description: Read file shares
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the file shares that NetApp Active IQ Unified Manager knows. Volumes that were made elsewhere are among them.
options:
  name:
    description: A file share, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  svm:
    description: Only file shares of this SVM, by name or key.
    type: str
  cluster:
    description: Only file shares of this cluster, by name or key.
    type: str
  performance_service_level:
    description: Only file shares with this Performance Service Level, by name or key.
    type: str
  storage_efficiency_policy:
    description: Only file shares with this Storage Efficiency Policy, by name or key.
    type: str
  query:
    description: Only file shares that contain this text in the name of one of their parts.
    type: str
  details:
    description: Read each of them again by its key, for its ACL and export policy.
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.file_share
"""

EXAMPLES = r"""
- name: Read the file shares of an SVM, and who may reach them
  aiqum.unified_manager.file_share_info:
    svm: svm_nas
    details: true
"""

RETURN = r"""
file_shares:
  description: The file shares as Unified Manager sends them.
  returned: always
  type: list
  elements: dict
  sample:
    - name: projects_2026
      space:
        size: 107374182400
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_reading import run_listing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.file_share import FILE_SHARES


def main() -> None:
    run_listing(FILE_SHARES)


if __name__ == "__main__":
    main()
