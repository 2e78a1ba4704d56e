#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: access_endpoint_info
short_description: Read access endpoints
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the access endpoints of an SVM, a LUN or a file share. Unified Manager has no list of all of them.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: An access endpoint, by name or key.
    type: str
  svm:
    description: All access endpoints of this SVM, by name or key.
    type: str
  lun:
    description: Those for SAN of this LUN, by name, path or key.
    type: str
  file_share:
    description: Those for NAS of this file share, by name or key.
    type: str
  cluster:
    description: The cluster, by name or key. Needed where a name exists on several clusters.
    type: str
  data_protocol:
    description: Only access endpoints with this protocol.
    type: str
    choices: [nfs, cifs, iscsi, fcp]
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.access_endpoint
"""

EXAMPLES = r"""
- name: Read the access endpoints of an SVM
  aiqum.unified_manager.access_endpoint_info:
    svm: svm1
"""

RETURN = r"""
access_endpoints:
  description: The access endpoints, each with the fields of
    RV(aiqum.unified_manager.access_endpoint#module:access_endpoint).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=network_lif,lif_uuid=78a984dd-072e-56eb-a5d6-caccab76f02b
      uuid: 78a984dd-072e-56eb-a5d6-caccab76f02b
      name: svm1_iscsi_1
      data_protocols:
        - iscsi
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
        name: svm1
      ip:
        address: 10.20.1.11
        netmask: 255.255.255.0
      gateways:
        - 10.20.1.1
      vlan: null
      mtu: 1500
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.access_endpoint import ACCESS_ENDPOINTS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(ACCESS_ENDPOINTS)


if __name__ == "__main__":
    main()
