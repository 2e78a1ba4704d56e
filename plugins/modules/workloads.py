#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: workloads
short_description: Create, change and delete many LUNs and file shares, in one task and side by side
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Does for many LUNs and file shares what M(aiqum.unified_manager.lun) and M(aiqum.unified_manager.file_share) do for
    one, in one task, with many Jobs under way at a time.
  - Everything is planned before anything is sent. One list of all LUNs and one of all file shares are read, and each
    name that is referred to is looked up once. Then at most O(max_in_flight) objects are changed at a time. All Jobs
    are watched together, and the next change begins as soon as one ends.
  - Two entries that can mean the same object are refused before anything is sent.
  - If an object fails, the others are still changed, unless O(stop_on_failure) is set. The task then fails, with the
    outcome V(partial).
requirements:
  - Unified Manager 9.7 or newer
options:
  luns:
    description:
      - The LUNs, each with the options of M(aiqum.unified_manager.lun).
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - As O(aiqum.unified_manager.lun#module:name).
        type: str
        required: true
      svm: &svm
        description:
          - As O(aiqum.unified_manager.lun#module:svm).
        type: str
      cluster: &cluster
        description:
          - As O(aiqum.unified_manager.lun#module:cluster).
        type: str
      volume: &volume
        description:
          - As O(aiqum.unified_manager.lun#module:volume).
        type: str
      volume_name_tag: &volume_name_tag
        description:
          - As O(aiqum.unified_manager.lun#module:volume_name_tag).
        type: str
      aggregate: &aggregate
        description:
          - As O(aiqum.unified_manager.lun#module:aggregate).
        type: str
      size: &size
        description:
          - As O(aiqum.unified_manager.lun#module:size).
        type: str
      os_type: &os_type
        description:
          - As O(aiqum.unified_manager.lun#module:os_type).
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
      performance_service_level: &performance_service_level
        description:
          - As O(aiqum.unified_manager.lun#module:performance_service_level).
        type: str
      storage_efficiency_policy: &storage_efficiency_policy
        description:
          - As O(aiqum.unified_manager.lun#module:storage_efficiency_policy).
        type: str
      lun_maps: &lun_maps
        description:
          - As O(aiqum.unified_manager.lun#module:lun_maps).
        type: list
        elements: raw
      operational_state: &operational_state
        description:
          - As O(aiqum.unified_manager.lun#module:operational_state).
        type: str
        choices: [online, offline]
      state: &state
        description:
          - As O(aiqum.unified_manager.lun#module:state). The default is O(defaults.state), and without that
            V(present).
        type: str
        choices: [present, absent]
  file_shares:
    description:
      - The file shares, each with the options of M(aiqum.unified_manager.file_share).
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - As O(aiqum.unified_manager.file_share#module:name).
        type: str
        required: true
      svm: *svm
      cluster: *cluster
      aggregate: *aggregate
      size: *size
      type: &type
        description:
          - As O(aiqum.unified_manager.file_share#module:type).
        type: str
        choices: [rw, dp]
      mountpoint: &mountpoint
        description:
          - As O(aiqum.unified_manager.file_share#module:mountpoint).
        type: str
      performance_service_level: *performance_service_level
      storage_efficiency_policy: *storage_efficiency_policy
      acl: &acl
        description:
          - As O(aiqum.unified_manager.file_share#module:acl).
        type: list
        elements: dict
        suboptions:
          user_or_group:
            description:
              - As O(aiqum.unified_manager.file_share#module:acl[].user_or_group).
            type: str
            required: true
          permission:
            description:
              - As O(aiqum.unified_manager.file_share#module:acl[].permission).
            type: str
            required: true
            choices: [no_access, read, change, full_control]
      active_directory_mapping: &active_directory_mapping
        description:
          - As O(aiqum.unified_manager.file_share#module:active_directory_mapping).
        type: str
      export_policy: &export_policy
        description:
          - As O(aiqum.unified_manager.file_share#module:export_policy).
        type: dict
        suboptions:
          name:
            description:
              - As O(aiqum.unified_manager.file_share#module:export_policy.name).
            type: str
          name_tag:
            description:
              - As O(aiqum.unified_manager.file_share#module:export_policy.name_tag).
            type: str
          rules:
            description:
              - As O(aiqum.unified_manager.file_share#module:export_policy.rules).
            type: list
            elements: dict
            suboptions:
              clients:
                description:
                  - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].clients).
                type: list
                elements: str
                required: true
              protocols:
                description:
                  - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].protocols).
                type: list
                elements: str
                choices: [nfs3, nfs4, cifs]
              ro_rule:
                description:
                  - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].ro_rule).
                type: list
                elements: str
                choices: [any, none, never, kerberos5, kerberos5i, kerberos5p, ntlm, sys]
                default: [any]
              rw_rule:
                description:
                  - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].rw_rule).
                type: list
                elements: str
                choices: [any, none, never, kerberos5, kerberos5i, kerberos5p, ntlm, sys]
                default: [any]
              index:
                description:
                  - As O(aiqum.unified_manager.file_share#module:export_policy.rules[].index).
                type: int
      operational_state: *operational_state
      state: *state
  defaults:
    description:
      - Options for all entries of O(luns) and O(file_shares). What an entry sets itself comes first. An entry ignores
        the options that its kind does not have.
    type: dict
    suboptions:
      svm: *svm
      cluster: *cluster
      volume: *volume
      volume_name_tag: *volume_name_tag
      aggregate: *aggregate
      size: *size
      os_type: *os_type
      performance_service_level: *performance_service_level
      storage_efficiency_policy: *storage_efficiency_policy
      lun_maps: *lun_maps
      operational_state: *operational_state
      state: *state
      type: *type
      mountpoint: *mountpoint
      acl: *acl
      active_directory_mapping: *active_directory_mapping
      export_policy: *export_policy
  max_in_flight:
    description:
      - How many objects are changed at a time. With O(wait=false) no Job is waited for, so all changes are submitted.
    type: int
    default: 8
  stop_on_failure:
    description:
      - Whether to begin nothing new once an object has failed, or cannot be planned. Changes under way are still
        waited for.
    type: bool
    default: false
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
      - As for M(aiqum.unified_manager.lun) and M(aiqum.unified_manager.file_share).
notes:
  - Many records are read as a list, and a list leaves out the maps of LUNs and the access control of file shares.
    They are then not in the result either. M(aiqum.unified_manager.lun_info) and
    M(aiqum.unified_manager.file_share_info) with O(aiqum.unified_manager.lun_info#module:details) return all.
  - A run that changes nothing takes one request for the list. Where the operating system or the operational state is
    set, it takes one more, for the list of the inventory. Where maps or access control are set, it takes one for each
    of these objects.
  - O(wait_timeout) is the time for the whole task, not for each object.
seealso:
  - module: aiqum.unified_manager.lun
  - module: aiqum.unified_manager.file_share
  - module: aiqum.unified_manager.job_wait
"""

EXAMPLES = r"""
- name: Provision LUNs and a file share for a cluster of databases
  aiqum.unified_manager.workloads:
    defaults:
      svm: svm1
      size: 100GiB
      performance_service_level: Value
      os_type: linux
    luns:
      - name: db01
      - name: db02
      - name: db03
        size: 200GiB
    file_shares:
      - name: db_backup
    max_in_flight: 4

- name: Delete them, and stop at the first that cannot be deleted
  aiqum.unified_manager.workloads:
    defaults:
      svm: svm1
      state: absent
    luns:
      - name: db01
      - name: db02
      - name: db03
    file_shares:
      - name: db_backup
    stop_on_failure: true
"""

RETURN = r"""
luns:
  description: What became of each LUN, in the order given.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Its name, as it was given.
      returned: always
      type: str
    changed:
      description: Whether it was changed, or in check mode would be.
      returned: always
      type: bool
    failed:
      description: V(true) when it failed.
      returned: when it failed
      type: bool
    outcome:
      description: How it ended, in the words of RV(outcome), or V(skipped) when it was not begun.
      returned: always
      type: str
    msg:
      description: Why it failed, or was not begun.
      returned: when it failed, or was not begun
      type: str
    lun:
      description: Its record after the run, in check mode as it would be, with the fields of
        RV(aiqum.unified_manager.lun#module:lun); null when there is none.
      returned: always
      type: dict
    jobs:
      description: The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
      returned: always
      type: list
      elements: dict
    diff:
      description: What was changed, or in check mode would be, with C(before) and C(after).
      returned: always
      type: dict
    planned:
      description: What would be done, in order.
      returned: in check mode
      type: list
      elements: str
    applied:
      description: The changes that were made, when not all were.
      returned: when some changes were begun and not all are made
      type: list
      elements: str
    not_applied:
      description: The changes that were not made. One made in part, or with an unknown outcome, is in neither
        list.
      returned: when some changes were begun and not all are made, or when it was not begun
      type: list
      elements: str
    error:
      description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
      returned: when a request was refused
      type: dict
  sample:
    - name: db01
      changed: true
      outcome: changed
      lun:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=c4a334bf-c6cd-45e9-bb04-9a79d7a7a3cc
        name: /vol/AIQUM_VOL_LUN_1795619887950/db01
        svm:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
          name: svm1
        assigned_performance_service_level:
          key: 7cfb58c1-fe1a-55fb-9ad7-9ed4c4f6019d
          name: Value
          peak_iops: 75
          expected_iops: 75
        space:
          size: 107374182400
      jobs:
        - key: 06a6148bf9e862df:-2611856e:16e8d47e722:-7f87
          name: Create LUN
          outcome: success
          finished: true
          succeeded: true
      diff:
        before:
          state: absent
        after:
          state: present
          name: db01
          svm: svm1
          size: 100GiB
          os_type: linux
          performance_service_level: Value
file_shares:
  description: What became of each file share, in the order given.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Its name, as it was given.
      returned: always
      type: str
    changed:
      description: Whether it was changed, or in check mode would be.
      returned: always
      type: bool
    failed:
      description: V(true) when it failed.
      returned: when it failed
      type: bool
    outcome:
      description: How it ended, in the words of RV(outcome), or V(skipped) when it was not begun.
      returned: always
      type: str
    msg:
      description: Why it failed, or was not begun.
      returned: when it failed, or was not begun
      type: str
    file_share:
      description: Its record after the run, in check mode as it would be, with the fields of
        RV(aiqum.unified_manager.file_share#module:file_share); null when there is none.
      returned: always
      type: dict
    jobs:
      description: The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
      returned: always
      type: list
      elements: dict
    diff:
      description: What was changed, or in check mode would be, with C(before) and C(after).
      returned: always
      type: dict
    planned:
      description: What would be done, in order.
      returned: in check mode
      type: list
      elements: str
    applied:
      description: The changes that were made, when not all were.
      returned: when some changes were begun and not all are made
      type: list
      elements: str
    not_applied:
      description: The changes that were not made. One made in part, or with an unknown outcome, is in neither
        list.
      returned: when some changes were begun and not all are made, or when it was not begun
      type: list
      elements: str
    error:
      description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
      returned: when a request was refused
      type: dict
  sample:
    - name: db_backup
      changed: true
      outcome: changed
      file_share:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=8c3d5f16-9293-4e8f-888b-28756bad6be2
        name: db_backup
        svm:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
          name: svm1
        assigned_performance_service_level:
          key: 7cfb58c1-fe1a-55fb-9ad7-9ed4c4f6019d
          name: Value
          peak_iops: 75
          expected_iops: 75
        space:
          size: 107374182400
      jobs:
        - key: 06a6148bf9e862df:-2611856e:16e8d47e722:-7f87
          name: Create File Share
          outcome: success
          finished: true
          succeeded: true
      diff:
        before:
          state: absent
        after:
          state: present
          name: db_backup
          svm: svm1
          size: 100GiB
          performance_service_level: Value
outcome:
  description:
    - How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
    - V(partial) when some are as desired and others are not.
  returned: always
  type: str
  sample: changed
diff:
  description:
    - What was changed, or in check mode would be, with C(before) and C(after).
    - Each has the changed objects under their place in the options and their name, such as C(luns[0] db01).
  returned: always
  type: dict
  sample:
    before:
      luns[0] db01:
        state: absent
    after:
      luns[0] db01:
        state: present
        size: 100GiB
error:
  description:
    - The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
    - It is that of the first one that was refused.
  returned: when a request was refused
  type: dict
# Written by make generate: jobs
jobs:
  description: The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
  returned: always
  type: list
  elements: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.workloads import run_workloads


def main() -> None:
    run_workloads()


if __name__ == "__main__":
    main()
