#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: lun
short_description: Create, grow, map and delete LUNs
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates LUNs with a Performance Service Level, grows them, assigns other policies, maps them to initiator groups,
    takes them online and offline, and deletes them.
  - Unified Manager answers every change with a Job. The module waits until the Job has ended and reports how it ended.
  - Unified Manager takes one change of a LUN at a time, so several changes are several Jobs, in this order - size,
    Performance Service Level, Storage Efficiency Policy, maps, state. The first that does not succeed stops the rest.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The LUN, by its name such as V(lun1), by its path such as V(/vol/vol1/lun1), or by its key in Unified Manager.
      - A LUN in a qtree can also be named by its path, but Unified Manager cannot create one there.
    type: str
    required: true
  svm:
    description:
      - The SVM of the LUN, by name or key.
      - To create a LUN, either this or O(volume) is needed.
    type: str
  cluster:
    description:
      - The cluster of the LUN, by name or key. Needed where the name of the SVM or volume exists on several clusters.
    type: str
  volume:
    description:
      - The volume of the LUN, by name or key. Without it Unified Manager creates one for the LUN.
      - The volume is grown as the LUN needs it. It must not be a file share.
    type: str
  volume_name_tag:
    description:
      - A tag for the name of the volume that Unified Manager creates. Used at creation only, and not with O(volume).
        It is not compared later.
      - Where O(name) is a path in such a volume, for example V(/vol/AIQUM_db/lun1) beside the tag V(db), the volume is
        created if it does not exist. So several LUNs can lie in one volume that Unified Manager creates.
    type: str
  aggregate:
    description:
      - The aggregate for the volume that Unified Manager creates, by name or key. Used at creation only, and not with
        O(volume). It is not compared later. Without it Unified Manager chooses one that can keep the Performance
        Service Level.
    type: str
  size:
    description:
      - The size, for example V(10GiB), V(512M) or a number of bytes. All units are powers of 1024, as in ONTAP.
        Unified Manager rounds up to whole MiB.
      - A LUN can grow and cannot shrink.
    type: str
  os_type:
    description:
      - The operating system of the hosts. It cannot be changed later.
    type: str
    choices:
      - aix
      - hpux
      - hyper_v
      - linux
      - netware
      - openvms
      - solaris
      - solaris_efi
      - vmware
      - windows
      - windows_2008
      - windows_gpt
      - xen
  performance_service_level:
    description:
      - The Performance Service Level, by name or key. V(Unassigned) removes it from an existing LUN.
    type: str
  storage_efficiency_policy:
    description:
      - The Storage Efficiency Policy, by name or key. It also applies to the volume of the LUN.
        It can be replaced, but not removed.
    type: str
  lun_maps:
    description:
      - All initiator groups that the LUN is to be mapped to. Maps that are not named are removed; V([]) removes all.
      - Each entry is the name of an initiator group in the LUN's SVM, or its key; or a dictionary of C(igroup), which
        is required, and C(logical_unit_number), the LUN id from 0 to 4095. Other keys are refused.
      - Without an id a map keeps the one that it has, and ONTAP chooses that of a new one.
      - Beside O(state=absent), V([]) removes the maps before the LUN is deleted.
    type: list
    elements: raw
  operational_state:
    description:
      - Whether the LUN serves its hosts. New LUNs are online.
      - It is compared with Unified Manager's inventory, which may be some minutes old.
    type: str
    choices: [online, offline]
  state:
    description:
      - Whether the LUN exists.
      - With V(absent) the LUN is deleted with its data. Whether Unified Manager takes a map away by itself is not
        documented; where it refuses, unmap the LUN first with O(lun_maps=[]).
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
  - module: aiqum.unified_manager.lun_info
  - module: aiqum.unified_manager.job_wait
"""

EXAMPLES = r"""
- name: Provision a LUN and wait until it is there
  aiqum.unified_manager.lun:
    name: db01
    svm: svm1
    size: 100GiB
    os_type: linux
    performance_service_level: Value

- name: Grow it, give it a better service level, and map it
  aiqum.unified_manager.lun:
    name: db01
    svm: svm1
    size: 200GiB
    performance_service_level: Performance
    lun_maps:
      - igroup: ig_linux01
        logical_unit_number: 7

- name: Take it offline
  aiqum.unified_manager.lun:
    name: db01
    svm: svm1
    operational_state: offline

- name: Delete it
  aiqum.unified_manager.lun:
    name: db01
    svm: svm1
    state: absent
"""

RETURN = r"""
lun:
  description: The LUN as Unified Manager shows it after the run. In check mode, as it would be, as far as that is
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
      description: Its path, for example V(/vol/vol1/db01).
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
    volume:
      description: Its volume, with C(key), C(uuid) and C(name).
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
    os_type:
      description: The operating system of the hosts.
      returned: when the record was read by its key, as after a change
      type: str
    lun_maps:
      description: Its maps, each with C(igroup), which has C(key), C(uuid) and C(name), and C(logical_unit_number).
      returned: when it is mapped and the record was read by its key, as after a change
      type: list
      elements: dict
    operational_state:
      description: V(online) or V(offline).
      returned: with O(operational_state)
      type: str
  sample:
    key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=46902afb-f575-56e4-847f-35984002230b
    uuid: 46902afb-f575-56e4-847f-35984002230b
    name: /vol/vol_db/lun_ora01
    cluster:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
      name: cluster1
    svm:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
      name: svm1
    volume:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=54372cf1-53f1-5e80-829e-e204078b47ba
      name: vol_db
    space:
      size: 107374182400
    assigned_performance_service_level:
      key: ccc06f88-7bf3-5bad-9d35-fba82909e908
      name: Performance
      peak_iops: 500
      expected_iops: 500
    recommended_performance_service_level:
      key: 4a3bd71f-485b-5271-9c97-7e4caeecde01
      name: Extreme Performance
      peak_iops: 1200
      expected_iops: 1000
    assigned_storage_efficiency_policy:
      key: 9358fd06-1af6-5b76-90c9-b658938ae62d
      name: High
    os_type: linux
    lun_maps:
      - igroup:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=igroup,uuid=df9207f7-8266-566a-a144-9c5651bdf028
          name: ig_linux01
        logical_unit_number: 0
jobs:
  description:
    - The Jobs of the run, in the order submitted.
    - What is empty is left out, so that the message of a failed task is not buried.
  returned: always
  type: list
  elements: dict
  contains:
    key:
      description: The Job's key, for M(aiqum.unified_manager.job_info) and M(aiqum.unified_manager.job_wait).
      returned: always
      type: str
    name:
      description: The Job's name, in Unified Manager's words.
      returned: when not empty
      type: str
    type:
      description: The Job's type, in Unified Manager's words.
      returned: when not empty
      type: str
    state:
      description: The Job's state, as Unified Manager last gave it.
      returned: when not empty
      type: str
    status:
      description: The Job's status, as Unified Manager last gave it.
      returned: when not empty
      type: str
    outcome:
      description: What that means - submitted, success, warning, partial, failed, timeout, interrupted or unknown.
      returned: always
      type: str
    finished:
      description: Whether the Job has ended.
      returned: always
      type: bool
    succeeded:
      description: Whether it succeeded; null while that is not known.
      returned: always
      type: bool
    submit_time:
      description: When Unified Manager accepted it.
      returned: when not empty
      type: str
    complete_time:
      description: When it ended.
      returned: when not empty
      type: str
    results:
      description: What the Job gave back, for example the key of the new object.
      returned: when not empty
      type: dict
    tasks:
      description: How many tasks it has (C(total)), and how many of them are C(completed) and C(failed).
      returned: when not empty
      type: dict
    failures:
      description: The failed tasks, each with C(task), C(description) and C(reason).
      returned: when not empty
      type: list
      elements: dict
    children:
      description: Counts of the jobs that it spawned.
      returned: when not empty
      type: dict
    elapsed:
      description: Seconds from the submission to the end of the wait.
      returned: always
      type: float
    polling:
      description: The technique that served - standard, or long where the server held its answers.
      returned: always
      type: str
    polls:
      description: How many looks it took.
      returned: always
      type: int
    poll_errors:
      description: How many of these looks failed.
      returned: always
      type: int
  sample:
    - key: 06a6148bf9e862df:-2611856e:16e8d47e722:-7f87
      name: Create LUN
      type: provision_lun_create
      state: completed
      status: normal
      outcome: success
      finished: true
      succeeded: true
      submit_time: '2026-11-25T15:17:41.137+00:00'
      complete_time: '2026-11-25T15:17:41.337+00:00'
      results:
        lunKey: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=46902afb-f575-56e4-847f-35984002230b
      tasks:
        total: 3
        completed: 3
        failed: 0
      elapsed: 0.3
      polling: standard
      polls: 1
      poll_errors: 0
# Written by make generate: outcome, diff, planned, applied, not_applied, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(LUN)


if __name__ == "__main__":
    main()
