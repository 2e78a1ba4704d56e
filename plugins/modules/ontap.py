#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Call ONTAP"
DOCUMENTATION = r"""
module: ontap
short_description: Call the REST API of ONTAP through Unified Manager
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Sends one call of ONTAP's own REST API to a cluster that NetApp Active IQ Unified Manager manages, with the
    credentials of Unified Manager. The gateway must be switched on there (General > Feature Settings).
  - Reading is open to every role; the other methods need the role Application Administrator.
  - A change is compared with what is there, sent once, and its ONTAP job is waited for.
  - Unified Manager's own inventory shows what was changed this way only after its next poll of the cluster.
requirements:
  - Unified Manager 9.7 or newer
options:
  cluster:
    description:
      - The cluster, by name, UUID or key. M(aiqum.unified_manager.gateway_info) lists those that can be reached.
    type: str
    required: true
  path:
    description:
      - The path below ONTAP's C(/api/), for example V(storage/volumes), without a query and without a leading slash.
      - Names in it may be given as they are; a slash within a name is written V(%2F).
      - With O(method=patch) and O(method=delete) it leads to one object, or O(query) chooses one of a collection.
    type: str
    required: true
  method:
    description:
      - V(get) reads, and never changes anything. Of a collection all pages are read.
      - V(patch) reads the fields of O(body) first, and sends nothing when they already have these values.
      - V(delete) sends nothing when the object is not there.
      - V(post) sends nothing when O(unless) finds something. Without O(unless) it is always sent.
    type: str
    choices: [get, post, patch, delete]
    default: get
  query:
    description:
      - Parameters of ONTAP, such as C(fields), C(order_by), C(max_records) (the size of a page), C(return_records),
        or filters. C(fields) and C(order_by) may be lists.
      - C(return_timeout) lets ONTAP hold the answer to a change until its job has ended. It must be at most four
        fifths of O(request_timeout), so that the answer cannot come too late.
      - With O(method=patch), a parameter that is not a filter makes a call that cannot be compared and is
        therefore always sent.
    type: dict
  body:
    description:
      - What is sent with O(method=post) and O(method=patch). C(svm.name) stands for C(name) within C(svm).
      - A list is compared with the whole list that is there, in its order. V(null) is the same as absent.
    type: dict
  secret_body:
    description:
      - Fields that are added to O(body) and shown nowhere, such as passwords.
      - They cannot be read back, so with O(method=patch) they are always sent.
    type: dict
  svm:
    description:
      - The SVM to which the call is narrowed, by name, UUID or key. Unified Manager supports this for O(method=get) and
        O(method=post) only.
    type: str
  unless:
    description:
      - Filters, with O(method=post), that find in the collection what the call would make, for example C(name) and
        C(svm.name). When they find something, nothing is sent.
      - Without it, running the task again makes a second object, or fails.
    type: dict
  limit:
    description:
      - The largest number of records to return with O(method=get).
    type: int
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
      - With O(method=post) only if O(unless) is given; with O(method=patch) only for fields that can be read.
notes:
  - With O(polling=long) and no C(return_timeout), the change itself is sent with a C(return_timeout), since ONTAP has
    no other way to hold an answer.
  - A job of ONTAP has no partial failures, so O(ignore_partial_failure) changes nothing here.
  - ONTAP forgets a job some minutes after its end.
seealso:
  - module: aiqum.unified_manager.gateway_info
  - module: aiqum.unified_manager.job_wait
"""

EXAMPLES = r"""
- name: A volume, unless there is one of this name
  aiqum.unified_manager.ontap:
    cluster: cluster1
    path: storage/volumes
    method: post
    unless:
      name: vol_scratch
      svm.name: svm1
    body:
      name: vol_scratch
      svm.name: svm1
      aggregates:
        - name: aggr1
      size: 1073741824

- name: Find it
  aiqum.unified_manager.ontap:
    cluster: cluster1
    path: storage/volumes
    query:
      name: vol_scratch
      fields: [size, comment]
    svm: svm1
  register: found

- name: Grow it and say whose it is
  aiqum.unified_manager.ontap:
    cluster: cluster1
    path: "storage/volumes/{{ found.records[0].uuid }}"
    method: patch
    body:
      size: 2147483648
      comment: of the build farm

- name: Delete it
  aiqum.unified_manager.ontap:
    cluster: cluster1
    path: "storage/volumes/{{ found.records[0].uuid }}"
    method: delete

- name: A command of ONTAP's command line that has no API of its own
  aiqum.unified_manager.ontap:
    cluster: cluster1
    path: private/cli/version
"""

RETURN = r"""
records:
  description:
    - With O(method=get), the records of all pages, or the one object.
    - Else the object after the run with the fields that O(body) names, in check mode as it would be. After a V(post)
      without O(unless), what ONTAP returned with C(return_records=true).
    - The fields are ONTAP's; its API reference names them.
  returned: always
  type: list
  elements: dict
  sample:
    - uuid: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
      name: vol_scratch
      size: 2147483648
      comment: of the build farm
response:
  description: The body of ONTAP's answer, with O(method=get) without its records; null when nothing was sent.
  returned: always
  type: dict
  sample:
    job:
      uuid: 8e7aa6e9-9f19-4504-99dd-251de5121482
status_code:
  description: The HTTP status of ONTAP's answer; null when no change was sent, or its answer was lost.
  returned: always
  type: int
  sample: 202
location:
  description: The path of the object that a V(post) makes, as O(path) takes it; null where ONTAP does not name it.
  returned: always
  type: str
  sample: storage/volumes/9ec9c92d-1e3f-11e9-a3e2-00a0985badbb
jobs:
  description:
    - The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
    - It is ONTAP's job, if there is one. Its C(key) is its UUID, its C(name) is ONTAP's description of it, C(failures)
      holds ONTAP's words, and there are no tasks.
  returned: always
  type: list
  elements: dict
planned:
  description:
    - What would be done, in order.
    - It is create, delete, act, or the fields that would change.
  returned: in check mode
  type: list
  elements: str
  sample:
    - size
error:
  description:
    - The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
    - Where ONTAP refused it, they are ONTAP's.
  returned: when a request was refused
  type: dict
# Written by make generate: outcome, diff, applied, not_applied
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
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.ontap import run_ontap


def main() -> None:
    run_ontap()


if __name__ == "__main__":
    main()
