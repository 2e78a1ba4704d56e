#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Watch"
DOCUMENTATION = r"""
module: event
short_description: Acknowledge, resolve and assign events
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Acknowledges, resolves or assigns events, either those with the given O(keys), or all that match the other
    options. If several options are given, an event must match all of them.
  - The module plans all changes first, then changes one event after the other. The result has the outcome of each.
  - An obsolete event cannot be acknowledged or resolved, and an event of severity information cannot be acknowledged.
    If its key is given, the task fails before it sends anything; if options found it, it is skipped and reported.
  - An event that is already as desired is left alone. A resolved event counts as acknowledged.
  - Unified Manager makes these changes at once, without a Job.
requirements:
  - Unified Manager 9.10 or newer
options:
  keys:
    description:
      - The keys of the events. They cannot be given together with options that select events otherwise.
    type: list
    elements: str
  current_state:
    description:
      - Only events in these states. Without it, only those that are V(new) or V(acknowledged).
    type: list
    elements: str
    choices: [new, acknowledged, resolved, obsolete]
  filters:
    description:
      - Further filters in Unified Manager's own words and filter language, for example C(impact.area), with V(*) as
        wildcard and V(|) between alternatives.
    type: dict
  state:
    description:
      - What the events become. Unified Manager itself makes them obsolete; its API offers no way back to new, and
        none to take an assignment away.
    type: str
    choices: [acknowledged, resolved]
  on_behalf_of:
    description:
      - Who is recorded as the one who acknowledges or resolves them. Without it, the user who logs in.
    type: str
  assigned_to:
    description:
      - The user to whom the events are assigned.
    type: str
extends_documentation_fragment:
  - aiqum.unified_manager.event_filters
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
    details:
      - The returned events have not yet the duration and history that they will have.
  diff_mode:
    support: full
  idempotent:
    support: full
seealso:
  - module: aiqum.unified_manager.event_info
"""

EXAMPLES = r"""
- name: Acknowledge the events about the capacity of svm1, and assign them to the user operator
  aiqum.unified_manager.event:
    svm: svm1
    impact_area: [capacity]
    state: acknowledged
    assigned_to: operator

- name: Read the events about overcommitted aggregates
  aiqum.unified_manager.event_info:
    name: Aggregate Overcommitted
    current_state: [new, acknowledged]
  register: overcommitted

- name: Resolve these events
  aiqum.unified_manager.event:
    keys: "{{ overcommitted.events | map(attribute='key') }}"
    state: resolved
    on_behalf_of: operator
"""

RETURN = r"""
events:
  description: The events, in the order in which they were found or given.
  returned: always
  type: list
  elements: dict
  contains:
    key:
      description: The key of the event.
      returned: always
      type: str
    name:
      description: The name of the event; null when there is none with this key.
      returned: always
      type: str
    outcome:
      description: How the change of the event ended - unchanged, changed, skipped, partial, failed, timeout,
        interrupted or unknown.
      returned: always
      type: str
    changed:
      description: Whether it was changed, or in check mode would be.
      returned: always
      type: bool
    event:
      description: The event after the run, in check mode as it would be; null when there is none.
      returned: always
      type: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        severity:
          description: V(normal), V(information), V(warning), V(error) or V(critical).
          returned: always
          type: str
        current_state:
          description: V(new), V(acknowledged), V(resolved) or V(obsolete).
          returned: always
          type: str
        group:
          description: V(storage_capacity), V(performance_capacity), V(workload_performance), V(workload_iops),
            V(security) or V(none).
          returned: always
          type: str
        origin:
          description: The origin of the event.
          returned: always
          type: str
        cause:
          description: The cause of the event, in Unified Manager's words.
          returned: always
          type: str
        annotation:
          description: The note that was made of it; null when there is none.
          returned: always
          type: str
        duration:
          description: How long ago the event came up, as an ISO 8601 duration such as V(PT36H).
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name); null when it is about none.
          returned: always
          type: dict
        node:
          description: Its node, with C(key), C(uuid) and C(name); null when it is about none.
          returned: always
          type: dict
        impact:
          description: The impact of the event, and the object that it is about.
          returned: always
          type: dict
          contains:
            area:
              description: V(availability), V(capacity), V(configuration), V(performance), V(protection) or
                V(security).
              returned: always
              type: str
            level:
              description: V(event), V(risk), V(incident) or V(upgrade).
              returned: always
              type: str
            resource_type:
              description: The kind of object, for example V(volume), V(aggregate) or V(cluster_node).
              returned: always
              type: str
            resource_name:
              description: The full name of the object.
              returned: always
              type: str
            resource_uuid:
              description: The UUID of the object.
              returned: always
              type: str
        assigned:
          description: C(user) that it is assigned to, and C(timestamp) of that; both are null when it is not
            assigned.
          returned: always
          type: dict
        history:
          description: The states that it went through, each with C(state), C(timestamp), C(user) and C(cause).
          returned: always
          type: list
          elements: dict
    msg:
      description: Why it failed, or was skipped.
      returned: when it is not
      type: str
    planned:
      description: What would be done, in order.
      returned: in check mode
      type: list
      elements: str
      sample:
        - assigned_to
        - state
    applied:
      description: The changes that were made, when not all were.
      returned: when some changes were begun and not all are made
      type: list
      elements: str
      sample:
        - assigned_to
    not_applied:
      description: The changes that were not made. One made in part, or with an unknown outcome, is in neither
        list.
      returned: when some changes were begun and not all are made
      type: list
      elements: str
      sample:
        - state
    error:
      description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
      returned: when a request was refused
      type: dict
  sample:
    - key: 23acb365-aea0-5749-9c75-d9ae0a09fdda
      name: Volume Space Full
      outcome: changed
      changed: true
      event:
        key: 23acb365-aea0-5749-9c75-d9ae0a09fdda
        name: Volume Space Full
        severity: error
        current_state: acknowledged
        group: storage_capacity
        origin: Management Server
        cause: 'vol_db: Volume Space Full.'
        annotation: null
        duration: PT8357H17M32S
        cluster:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
          name: cluster1
        svm:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
          name: svm1
        node: null
        impact:
          area: capacity
          level: risk
          resource_name: cluster1:vol_db
          resource_type: volume
          resource_uuid: 54372cf1-53f1-5e80-829e-e204078b47ba
        assigned:
          user: operator
          timestamp: '2026-11-25T15:17:32.233+00:00'
        history:
          - state: new
            timestamp: '2025-12-12T10:00:00.000+00:00'
            user: null
            cause: null
diff:
  description:
    - What was changed, or in check mode would be, with C(before) and C(after).
    - Each has the changed events under their keys.
  returned: always
  type: dict
  sample:
    before:
      23acb365-aea0-5749-9c75-d9ae0a09fdda:
        current_state: new
    after:
      23acb365-aea0-5749-9c75-d9ae0a09fdda:
        current_state: acknowledged
error:
  description:
    - The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
    - As RV(events[].error), of the first event that has one.
  returned: when a request was refused
  type: dict
# Written by make generate: outcome, no_jobs
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
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.event import run_event


def main() -> None:
    run_event()


if __name__ == "__main__":
    main()
