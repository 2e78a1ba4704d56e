#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: svm
short_description: Create, change, rename and delete SVMs
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates storage virtual machines with their protocols, services and interfaces, changes what Unified Manager can
    change, deletes them, and waits for the Jobs.
  - Some options can be set only when the SVM is created. If the SVM exists and Unified Manager shows another value,
    the task fails; M(aiqum.unified_manager.ontap) can change the value.
  - Unified Manager does not show O(ip_interfaces), O(routes) and the account in O(cifs), and of O(ldap) only whether
    it is set. On an SVM that exists these have no effect.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The SVM, by name or key.
    type: str
    required: true
  from_name:
    description:
      - An SVM to rename to O(name), by its present name or key.
      - Used only if O(name) does not exist yet.
      - It has no effect with O(state=absent).
    type: str
  cluster:
    description:
      - The cluster, by name or key. Needed to create an SVM, and where its name exists on several clusters.
    type: str
  aggregates:
    description:
      - The complete list of the aggregates, by name or key, on which the SVM may have volumes.
    type: list
    elements: str
  admin_state:
    description:
      - Whether the SVM serves data. A new one runs; with V(stopped) it is stopped by a second Job after its creation.
    type: str
    choices: [running, stopped]
  language:
    description:
      - The language, like V(c.utf_8) or V(en_us.utf_8). Upper and lower case make no difference, nor do C(-) and
        C(_).
      - V(utf8mb4), or C(.utf_8) after one of C(ar), C(c), C(cs), C(da), C(de), C(en), C(en_us), C(es), C(fi), C(fr),
        C(he), C(hr), C(hu), C(it), C(ja), C(ja_jp.932), C(ja_jp.pck), C(ja_jp.pck_v2), C(ja_v1), C(ko), C(nl), C(no),
        C(pl), C(pt), C(ro), C(ru), C(sk), C(sl), C(sv), C(tr), C(zh), C(zh.gbk), C(zh_tw) and C(zh_tw.big5).
    type: str
  snapshot_policy:
    description:
      - The snapshot policy, by name.
    type: str
  subtype:
    description:
      - The purpose of the SVM. Used only when the SVM is created.
    type: str
    choices: [default, dp_destination, sync_source]
  ipspace:
    description:
      - The IPspace, by name. Used only when the SVM is created.
    type: str
  nfs:
    description:
      - Whether the SVM serves NFS. Used only when the SVM is created.
    type: bool
  iscsi:
    description:
      - Whether the SVM serves iSCSI. Used only when the SVM is created.
    type: bool
  fcp:
    description:
      - Whether the SVM serves FC. Used only when the SVM is created.
    type: bool
  nvme:
    description:
      - Whether the SVM serves NVMe. Used only when the SVM is created.
    type: bool
  cifs:
    description:
      - A CIFS server. Used only when the SVM is created, and only together with O(ip_interfaces), O(routes) and
        O(dns).
    type: dict
    suboptions:
      name:
        description: Its NetBIOS name, of at most 15 characters.
        type: str
        required: true
      domain:
        description: The Active Directory domain that it joins, fully qualified.
        type: str
        required: true
      username:
        description: An account that may add computers to the domain. Sent only at creation.
        type: str
      password:
        description: The account's password. Sent only at creation.
        type: str
  dns:
    description:
      - Name resolution by DNS. Used only when the SVM is created.
    type: dict
    suboptions:
      domains:
        description: Search domains, one to six, each of at most 255 characters.
        type: list
        elements: str
        required: true
      servers:
        description: IP addresses of name servers, one to three.
        type: list
        elements: str
        required: true
  nis:
    description:
      - Names of users and hosts by NIS. Used only when the SVM is created.
    type: dict
    suboptions:
      domain:
        description: The NIS domain, of at most 64 characters.
        type: str
        required: true
      servers:
        description: The NIS servers by name or IP address, one to ten, each of at most 255 characters.
        type: list
        elements: str
        required: true
  ldap:
    description:
      - Users by LDAP. Used only when the SVM is created. The task fails if the SVM exists without it.
    type: dict
    suboptions:
      servers:
        description: LDAP servers. Either these or O(ldap.ad_domain) must be given.
        type: list
        elements: str
      ad_domain:
        description: An Active Directory domain whose servers are used.
        type: str
      base_dn:
        description: The distinguished name at which searches begin.
        type: str
        required: true
      bind_dn:
        description: The distinguished name of the account that searches.
        type: str
        required: true
      name:
        description: The name of the LDAP client configuration.
        type: str
  ip_interfaces:
    description:
      - Network interfaces. Used only when the SVM is created; on an SVM that exists they are neither compared nor
        added.
      - M(aiqum.unified_manager.access_endpoint) adds others later.
    type: list
    elements: dict
    suboptions:
      name:
        description: Its name.
        type: str
        required: true
      address:
        description: Its IP address.
        type: str
        required: true
      netmask:
        description: The network mask, or its length in bits.
        type: str
        required: true
      home_node:
        description: The node to which the interface belongs, by name.
        type: str
        required: true
      enabled:
        description: Whether the interface is up.
        type: bool
        default: true
  routes:
    description:
      - Routes. Used only when the SVM is created; on an SVM that exists they are neither compared nor added.
    type: list
    elements: dict
    suboptions:
      gateway:
        description: The address of the gateway.
        type: str
        required: true
      destination:
        description: The network, like C(10.0.0.0/8). Everything, if it is not given.
        type: str
  force:
    description:
      - With O(state=absent), delete an SVM together with its data volumes. B(All data on them is lost.)
    type: bool
    default: false
  state:
    description:
      - Whether the SVM exists. An SVM that has data volumes is not deleted without O(force); the task fails.
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
  - module: aiqum.unified_manager.svm_info
  - module: aiqum.unified_manager.access_endpoint
  - module: aiqum.unified_manager.active_directory_mapping
"""

EXAMPLES = r"""
- name: An SVM for NFS and iSCSI
  aiqum.unified_manager.svm:
    name: svm_new
    cluster: cluster1
    aggregates: [aggr1, aggr2]
    nfs: true
    iscsi: true
    ip_interfaces:
      - name: svm_new_nfs_1
        address: 10.20.99.11
        netmask: "24"
        home_node: cluster1-01
    routes:
      - gateway: 10.20.99.1

- name: Stop it
  aiqum.unified_manager.svm:
    name: svm_new
    cluster: cluster1
    admin_state: stopped

- name: Give it another name
  aiqum.unified_manager.svm:
    name: svm_newer
    from_name: svm_new
    cluster: cluster1

- name: Delete it
  aiqum.unified_manager.svm:
    name: svm_newer
    cluster: cluster1
    state: absent
"""

RETURN = r"""
svm:
  description: The SVM as Unified Manager shows it after the run. In check mode, as it would be, as far as that is
    known. Null when there is none.
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
    cluster:
      description: Its cluster, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    state:
      description: V(starting), V(running), V(stopping), V(stopped) or V(deleting).
      returned: always
      type: str
    subtype:
      description: V(default), V(dp_destination), V(sync_source) or V(sync_destination).
      returned: always
      type: str
    aggregates:
      description: Its aggregates, each with C(key), C(uuid) and C(name).
      returned: always
      type: list
      elements: dict
    language:
      description: The language of its volumes, for example V(c.utf_8).
      returned: always
      type: str
    ipspace:
      description: Its IPspace, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    snapshot_policy:
      description: Its snapshot policy, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    nfs:
      description: C(enabled), whether it serves NFS.
      returned: always
      type: dict
    iscsi:
      description: C(enabled), whether it serves iSCSI.
      returned: always
      type: dict
    fcp:
      description: C(enabled), whether it serves FCP.
      returned: always
      type: dict
    nvme:
      description: C(enabled), whether it serves NVMe.
      returned: always
      type: dict
    cifs:
      description: C(enabled), C(name), its NetBIOS name, and C(ad_domain) with C(fqdn).
      returned: always
      type: dict
    dns:
      description: C(domains) and C(servers), both lists.
      returned: always
      type: dict
    nis:
      description: C(enabled), C(domain) and C(servers), a list.
      returned: always
      type: dict
    ldap:
      description: C(enabled), whether it is a client of LDAP.
      returned: always
      type: dict
  sample:
    key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    uuid: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    name: svm_new
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
      enabled: false
    nvme:
      enabled: false
    cifs:
      enabled: false
      name: null
      ad_domain:
        fqdn: null
    dns:
      domains: []
      servers: []
    nis:
      enabled: false
      domain: null
      servers: []
    ldap:
      enabled: false
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.svm import SVM
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(SVM)


if __name__ == "__main__":
    main()
