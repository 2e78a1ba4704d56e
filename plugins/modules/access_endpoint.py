#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: access_endpoint
short_description: Create, change and delete the network interfaces of SVMs, LUNs and file shares
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates the logical interfaces (LIFs) by which hosts reach an SVM, a LUN or a file share, changes their address and
    gateway, deletes them, and waits for the Job.
  - Unified Manager refuses access endpoints on All-SAN arrays.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The access endpoint, by name or key. Without it, O(address) says which one is meant, and Unified Manager chooses
        the name of a new one.
      - The second interface that Unified Manager makes for a LUN, the partner, is named like the first, with
        C(_Partner) after it.
    type: str
  svm:
    description:
      - The SVM, by name or key.
    type: str
  lun:
    description:
      - The LUN, by name, path or key. Its access endpoint lies on the node that has the LUN, and the one at
        O(ha_address) on the partner of that node. For C(fcp) there are always two.
      - The two are one thing to this module where O(ha_address), or O(data_protocols=fcp) beside O(lun), is given. What
        is missing of them for C(iscsi) is made, and with O(state=absent) both are deleted, each by a Job of its own.
        Without these options only the first is looked at.
    type: str
  file_share:
    description:
      - The file share, by name or key.
    type: str
  cluster:
    description:
      - The cluster, by name or key. Needed where the name of the SVM, LUN or file share exists on several clusters.
    type: str
  data_protocols:
    description:
      - The protocols. C(nfs) and C(cifs) can share an access endpoint; C(iscsi) and C(fcp) stand alone.
      - Needed to create one, and they cannot be changed.
    type: list
    elements: str
    choices: [nfs, cifs, iscsi, fcp]
  address:
    description:
      - The IP address, version 4 or 6. Needed to create one, save for C(fcp).
    type: str
  ha_address:
    description:
      - The address of the partner, the second access endpoint, which lies on the partner node. Only for a LUN and
        C(iscsi). It can be changed.
      - Without O(address), a new access endpoint lies on the partner node alone.
    type: str
  netmask:
    description:
      - The mask, like C(255.255.255.0), or its length, like C(24). Needed to create one, save for C(fcp), and it cannot
        be changed.
    type: str
  gateway:
    description:
      - The address of the gateway, for which a route is made. It is as desired if the access endpoint has it among its
        gateways.
    type: str
  vlan:
    description:
      - The tag of the VLAN. It cannot be changed.
    type: int
  mtu:
    description:
      - The largest packet in bytes, for the broadcast domain of the O(vlan). It cannot be changed.
    type: int
  state:
    description:
      - Whether the access endpoint exists.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.wait
  - aiqum.unified_manager.wait.polling
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
seealso:
  - module: aiqum.unified_manager.access_endpoint_info
  - module: aiqum.unified_manager.lun
"""

EXAMPLES = r"""
- name: An interface for iSCSI on an SVM that has none
  aiqum.unified_manager.access_endpoint:
    name: svm_nosan_iscsi_1
    svm: svm_nosan
    data_protocols: [iscsi]
    address: 10.20.30.41
    netmask: 255.255.255.0
    gateway: 10.20.30.1

- name: Another address
  aiqum.unified_manager.access_endpoint:
    name: svm_nosan_iscsi_1
    svm: svm_nosan
    address: 10.20.30.42

- name: Delete it
  aiqum.unified_manager.access_endpoint:
    name: svm_nosan_iscsi_1
    svm: svm_nosan
    state: absent
"""

RETURN = r"""
access_endpoint:
  description: The access endpoint as Unified Manager shows it after the run. In check mode, as it would be, as far as
    that is known. Null when there is none.
  returned: always
  type: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    uuid:
      description: Its UUID in ONTAP.
      returned: always
      type: str
    name:
      description: Its name.
      returned: always
      type: str
    data_protocols:
      description: V(nfs), V(cifs), V(iscsi) or V(fcp).
      returned: always
      type: list
      elements: str
    svm:
      description: Its SVM, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    ip:
      description: C(address) and C(netmask).
      returned: except for FCP
      type: dict
    gateways:
      description: The addresses of its gateways.
      returned: except for FCP
      type: list
      elements: str
    vlan:
      description: The id of its VLAN; null when it has none.
      returned: except for FCP
      type: int
    mtu:
      description: The largest packet, in bytes.
      returned: except for FCP
      type: int
    wwpn:
      description: Its world wide port name.
      returned: for FCP
      type: str
    partner:
      description: Of the two for a LUN the other one, on the partner node, with the same fields.
      returned: with O(ha_address), or O(lun) and FCP
      type: dict
  sample:
    key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=network_lif,lif_uuid=dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    uuid: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    name: svm_nosan_iscsi_1
    data_protocols:
      - iscsi
    svm:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=cef87c6b-d101-5a17-b40b-18ab5c1ecaf0
      name: svm_nosan
    ip:
      address: 10.20.30.41
      netmask: 255.255.255.0
    gateways:
      - 10.20.30.1
    vlan: null
    mtu: 1500
# Written by make generate: outcome, jobs, diff, planned, applied, not_applied, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
jobs:
  description: The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
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
applied:
  description: The changes that were made, when not all were.
  returned: when some changes were begun and not all are made
  type: list
  elements: str
  sample: []
not_applied:
  description: The changes that were not made. One made in part, or with an unknown outcome, is in neither list.
  returned: when some changes were begun and not all are made
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.access_endpoint import ACCESS_ENDPOINT
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(ACCESS_ENDPOINT)


if __name__ == "__main__":
    main()
