#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: igroup_info
short_description: Read initiator groups
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the initiator groups that NetApp Active IQ Unified Manager lists.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: An initiator group, by name or key. Use O(filters) with C(name) for patterns.
    type: str
  svm:
    description: Only initiator groups of this SVM, by name or key.
    type: str
  cluster:
    description: Only initiator groups of this cluster, by name or key.
    type: str
  os_type:
    description: Only initiator groups for this operating system.
    type: str
    choices: [aix, hpux, hyper_v, linux, netware, openvms, solaris, vmware, windows, xen]
  protocol:
    description: Only initiator groups with this protocol.
    type: str
    choices: [mixed, fcp, iscsi]
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.igroup
"""

EXAMPLES = r"""
- name: Read the initiator groups of an SVM
  aiqum.unified_manager.igroup_info:
    svm: svm1
    order_by: name
"""

RETURN = r"""
igroups:
  description: The initiator groups, each with the fields of RV(aiqum.unified_manager.igroup#module:igroup).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=igroup,uuid=df9207f7-8266-566a-a144-9c5651bdf028
      uuid: df9207f7-8266-566a-a144-9c5651bdf028
      name: ig_linux01
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
        name: svm1
      os_type: linux
      protocol: iscsi
      initiators:
        - name: iqn.1994-05.com.redhat:linux01
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.igroup import IGROUPS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(IGROUPS)


if __name__ == "__main__":
    main()
