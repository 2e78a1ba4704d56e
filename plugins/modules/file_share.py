#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: file_share
short_description: Create, grow, export and delete file shares
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates file shares for NFS, CIFS or both, grows them, assigns policies, sets who may reach them, takes them online
    and offline, deletes them, and waits for the Jobs.
  - Unified Manager changes one property of a file share at a time. Several changes are several Jobs, one after the
    other.
  - If neither O(acl) nor O(export_policy) is given, a new file share is open to every NFS host, and is not a CIFS
    share.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The file share, by name or key. Its volume has the same name.
    type: str
    required: true
  svm:
    description:
      - The SVM of the file share, by name or key. Needed to create a file share, unless O(aggregate) is given.
    type: str
  cluster:
    description:
      - The cluster, by name or key. Needed where the name of the SVM exists on several clusters.
    type: str

  aggregate:
    description:
      - The aggregate for the volume, by name or key. Without it Unified Manager chooses one. Used only when the file
        share is created, and not compared later.
    type: str
  size:
    description:
      - The size, for example C(10GiB). It is rounded up to whole MiB. A file share can grow, but cannot shrink.
    type: str
  type:
    description:
      - V(rw) is for reading and writing. V(dp) is the destination of a data protection relationship, and is not
        mounted. Used only when the file share is created.
    type: str
    choices: [rw, dp]
  mountpoint:
    description:
      - The path at which the volume is mounted in the SVM's namespace; C(/<name>) by default. The CIFS share is named
        after it. Used only when the file share is created. Unified Manager does not show it later.
    type: str
  performance_service_level:
    description:
      - The Performance Service Level, by name or key. V(Unassigned) removes it. Needed to create a file share.
    type: str
  storage_efficiency_policy:
    description:
      - The Storage Efficiency Policy, by name or key. It cannot be removed.
    type: str
  acl:
    description:
      - The complete list of those who may use the CIFS share. Where there is no CIFS share, the first entry makes
        one.
    type: list
    elements: dict
    suboptions:
      user_or_group:
        description: A user or group. Upper and lower case make no difference.
        type: str
        required: true
      permission:
        description: What the user or group may do.
        type: str
        required: true
        choices: [no_access, read, change, full_control]
  active_directory_mapping:
    description:
      - The Active Directory mapping of the SVM, by domain or key. If the SVM has no CIFS server, Unified Manager uses
        the mapping to make one. It is sent when the file share is created, and with an O(acl) that differs. It cannot
        be read back.
    type: str
  export_policy:
    description:
      - Which hosts may reach the file share. V({}) removes the policy; the policy of the SVM's root volume then
        applies.
      - A file share without a policy of its own is shown with no policy, or with the policy C(default).
    type: dict
    suboptions:
      name:
        description: An export policy that exists on the SVM, by name or key.
        type: str
      name_tag:
        description: A part of the name of the policy that Unified Manager makes of O(export_policy.rules).
        type: str
      rules:
        description: The rules of the policy. Unified Manager uses a policy of the SVM that has exactly these rules,
          or makes one.
        type: list
        elements: dict
        suboptions:
          clients:
            description: The hosts, networks such as C(10.10.0.0/16), or netgroups written as C(@name).
            type: list
            elements: str
            required: true
          protocols:
            description: The protocols to which the rule applies. Without it, all protocols.
            type: list
            elements: str
            choices: [nfs3, nfs4, cifs]
          ro_rule:
            description: How a client must authenticate to read.
            type: list
            elements: str
            choices: [any, none, never, kerberos5, kerberos5i, kerberos5p, ntlm, sys]
            default: [any]
          rw_rule:
            description: How a client must authenticate to write.
            type: list
            elements: str
            choices: [any, none, never, kerberos5, kerberos5i, kerberos5p, ntlm, sys]
            default: [any]
          index:
            description: The place of the rule among the rules. Without it, the rules keep the order in which they are
              given.
            type: int
  operational_state:
    description:
      - Whether the volume of the file share is online.
    type: str
    choices: [online, offline]
  state:
    description:
      - Whether the file share exists. V(absent) also deletes its volume and B(all data on it).
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
    support: partial
    details:
      - If the policy of the SVM's root volume has a name other than C(default), a file share whose export policy was
        removed looks as if it had that policy itself.
seealso:
  - module: aiqum.unified_manager.file_share_info
  - module: aiqum.unified_manager.active_directory_mapping
  - module: aiqum.unified_manager.access_endpoint
"""

EXAMPLES = r"""
- name: Create a file share for two networks, the second of which may only read
  aiqum.unified_manager.file_share:
    name: projects_2026
    svm: svm_nas
    size: 100GiB
    performance_service_level: Value
    export_policy:
      rules:
        - clients: [10.10.0.0/16]
          ro_rule: [sys]
          rw_rule: [sys]
        - clients: [10.20.0.0/16]
          ro_rule: [sys]
          rw_rule: [never]

- name: Grow it, and make it a CIFS share as well
  aiqum.unified_manager.file_share:
    name: projects_2026
    svm: svm_nas
    size: 200GiB
    acl:
      - user_or_group: EXAMPLE\engineers
        permission: change

- name: Delete it
  aiqum.unified_manager.file_share:
    name: projects_2026
    svm: svm_nas
    state: absent
"""

RETURN = r"""
file_share:
  description: The file share as Unified Manager shows it after the run. In check mode, as it would be, as far as that
    is known. Null when there is none.
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
    type:
      description: V(rw) for reading and writing, V(dp) for data protection.
      returned: when Unified Manager sends it
      type: str
    cluster:
      description: Its cluster, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    svm:
      description: Its SVM, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    space:
      description: C(size), in bytes.
      returned: always
      type: dict
    assigned_performance_service_level:
      description: Its Performance Service Level, with C(key), C(name), C(expected_iops) and C(peak_iops) in IOPS.
        Without one the name is V(Unassigned).
      returned: always
      type: dict
    recommended_performance_service_level:
      description: The Performance Service Level that Unified Manager recommends, with the same fields.
      returned: always
      type: dict
    assigned_storage_efficiency_policy:
      description: Its Storage Efficiency Policy, with C(key) and C(name). Without one the name is V(Unassigned).
      returned: always
      type: dict
    access_control:
      description: Who may reach it.
      returned: when the record was read by its key, as after a change
      type: dict
      contains:
        acl:
          description: Access for CIFS, each with C(user_or_group) and C(permission), V(no_access), V(read), V(change)
            or V(full_control).
          returned: always
          type: list
          elements: dict
        export_policy:
          description: Access for NFS, with C(key), C(id), C(name) and C(rules). Each rule has C(index), C(clients)
            with C(match), C(protocols), C(ro_rule), C(rw_rule), C(superuser) and C(anonymous_user).
          returned: always
          type: dict
    operational_state:
      description: V(online) or V(offline).
      returned: when O(operational_state) is given
      type: str
  sample:
    key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=dc28ff90-a5ae-4797-8306-d03bf38b2ffc
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.file_share import FILE_SHARE
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(FILE_SHARE)


if __name__ == "__main__":
    main()
