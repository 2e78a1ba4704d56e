#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: svm_info
short_description: Read SVMs
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the storage virtual machines that NetApp Active IQ Unified Manager lists.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: An SVM, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  cluster:
    description: Only SVMs of this cluster, by name or key.
    type: str
  admin_state:
    description: Only SVMs in this state.
    type: str
    choices: [starting, running, stopping, stopped, deleting]
  protocols:
    description: Only SVMs that serve all of these.
    type: list
    elements: str
    choices: [nfs, cifs, iscsi, fcp, nvme]
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.svm
  - module: aiqum.unified_manager.access_endpoint_info
"""

EXAMPLES = r"""
- name: Read the SVMs that serve iSCSI
  aiqum.unified_manager.svm_info:
    protocols: [iscsi]
    order_by: name
"""

RETURN = r"""
svms:
  description: The SVMs, each with the fields of RV(aiqum.unified_manager.svm#module:svm).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
      uuid: 01fe85f9-2d9f-585e-9946-a789fc88ec7b
      name: svm1
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      state: running
      subtype: default
      aggregates:
        - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=aggregate,uuid=f7e0cf92-6d15-5029-b044-1aeaf5b2aff3
          name: aggr1
      language: c.utf_8
      ipspace:
        key: 62655246-aa59-5275-9bf2-98573c1c8d3a:type=network_ip_space
        name: Default
      snapshot_policy:
        name: default
      nfs:
        enabled: true
      iscsi:
        enabled: true
      fcp:
        enabled: true
      nvme:
        enabled: false
      cifs:
        enabled: false
        name: null
        ad_domain:
          fqdn: null
      dns:
        domains:
          - example.com
        servers:
          - 10.10.0.2
      nis:
        enabled: false
        domain: null
        servers: []
      ldap:
        enabled: false
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.svm import SVMS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(SVMS)


if __name__ == "__main__":
    main()
