#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: file_share_info
short_description: Read file shares
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the file shares that NetApp Active IQ Unified Manager lists. Volumes that were made elsewhere are among them.
requirements:
  - Unified Manager 9.7 or newer
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
  description: The file shares, each with the fields of RV(aiqum.unified_manager.file_share#module:file_share). The
    C(access_control) needs O(details=true).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=dc28ff90-a5ae-4797-8306-d03bf38b2ffc
      uuid: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
      name: projects_2026
      type: rw
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=5a7aaf4b-465c-5bd8-8b30-4e639b15ae9f
        name: svm_nas
      space:
        size: 107374182400
      assigned_performance_service_level:
        key: 7cfb58c1-fe1a-55fb-9ad7-9ed4c4f6019d
        name: Value
        peak_iops: 75
        expected_iops: 75
      recommended_performance_service_level:
        key: null
        name: Idle
        peak_iops: null
        expected_iops: null
      assigned_storage_efficiency_policy:
        key: null
        name: Unassigned
      access_control:
        acl: []
        export_policy:
          id: '1460288880648'
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=export_policy,uuid=1460288880648
          name: AIQUM_projects_2026
          rules:
            - anonymous_user: '65534'
              superuser:
                - none
              protocols:
                - any
              clients:
                - match: 10.10.0.0/16
              ro_rule:
                - sys
              rw_rule:
                - sys
              index: 1
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.file_share import FILE_SHARES
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(FILE_SHARES)


if __name__ == "__main__":
    main()
