#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: igroup
short_description: Create, change and delete initiator groups
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates initiator groups, sets their initiators and operating system, and deletes them. An initiator group names
    the hosts that may use the LUNs that are mapped to it.
  - Unified Manager makes these changes at once, without a Job.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The initiator group, by name or key.
    type: str
    required: true
  from_name:
    description:
      - An initiator group to rename to O(name), by its present name or key.
      - Used only if O(name) does not exist yet.
      - It has no effect with O(state=absent).
    type: str
  svm:
    description:
      - The SVM of the initiator group, by name or key. Needed to create an initiator group. It cannot be changed.
    type: str
  cluster:
    description:
      - The cluster of the SVM, by name or key. Needed where the name of the SVM exists on several clusters.
    type: str
  os_type:
    description:
      - The operating system of the hosts. Needed to create an initiator group.
    type: str
    choices: [aix, hpux, hyper_v, linux, netware, openvms, solaris, vmware, windows, xen]
  protocol:
    description:
      - The protocol of the initiators. Needed to create an initiator group. It cannot be changed.
    type: str
    choices: [mixed, fcp, iscsi]
  initiators:
    description:
      - The initiators, each by WWPN, IQN or EUI. Upper and lower case make no difference.
    type: list
    elements: str
  initiators_mode:
    description:
      - With V(exact) the group has exactly O(initiators); V([]) removes all. With V(add) and V(remove) the other
        initiators of the group stay.
    type: str
    choices: [exact, add, remove]
    default: exact
  state:
    description:
      - Whether the initiator group exists. Unified Manager refuses to delete one that is mapped to a LUN.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - aiqum.unified_manager.connection
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
  - module: aiqum.unified_manager.igroup_info
  - module: aiqum.unified_manager.lun
"""

EXAMPLES = r"""
- name: Create an initiator group for a host with two initiators
  aiqum.unified_manager.igroup:
    name: ig_db01
    svm: svm1
    os_type: linux
    protocol: iscsi
    initiators:
      - iqn.1994-05.com.redhat:db01-a
      - iqn.1994-05.com.redhat:db01-b

- name: Add an initiator
  aiqum.unified_manager.igroup:
    name: ig_db01
    svm: svm1
    initiators:
      - iqn.1994-05.com.redhat:db01-c
    initiators_mode: add

- name: Delete it
  aiqum.unified_manager.igroup:
    name: ig_db01
    svm: svm1
    state: absent
"""

RETURN = r"""
igroup:
  description: The initiator group as Unified Manager shows it after the run. In check mode, as it would be, as far as
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
    cluster:
      description: Its cluster, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    svm:
      description: Its SVM, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
    os_type:
      description: The operating system of the hosts.
      returned: always
      type: str
    protocol:
      description: V(iscsi), V(fcp) or V(mixed).
      returned: always
      type: str
    initiators:
      description: Its initiators, each with C(name), an IQN or a WWPN.
      returned: always
      type: list
      elements: dict
  sample:
    key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=igroup,uuid=c213334a-77e6-5505-a173-3fd5d9f7a855
    uuid: c213334a-77e6-5505-a173-3fd5d9f7a855
    name: ig_db01
    cluster:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
      name: cluster1
    svm:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
      name: svm1
    os_type: linux
    protocol: iscsi
    initiators:
      - name: iqn.1994-05.com.redhat:db01-a
# Written by make generate: outcome, no_jobs, diff, planned, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
jobs:
  description: Always empty, since no Job is started; see RV(aiqum.unified_manager.lun#module:jobs).
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
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.igroup import IGROUP
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(IGROUP)


if __name__ == "__main__":
    main()
