#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: event_info
short_description: Read events
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the events that NetApp Active IQ Unified Manager has noticed, obsolete ones included.
requirements:
  - Unified Manager 9.7 or newer, and 9.10 for O(keys)
options:
  keys:
    description:
      - The keys of events. They cannot be given together with options that select events otherwise.
    type: list
    elements: str
  origin:
    description:
      - Only events from this origin, for example V(Management Server).
    type: str
  history:
    description:
      - Only events whose history has such an entry.
    type: dict
    suboptions:
      state:
        description:
          - The state that the event came into.
        type: str
        required: true
        choices: [new, acknowledged, resolved, obsolete]
      after:
        description:
          - It came into the state later than this, for example V(2026-01-31T10:00:00+00:00).
          - Mutually exclusive with O(history.before).
        type: str
      before:
        description:
          - It came into the state earlier than this.
        type: str
      user:
        description:
          - Who acknowledged or resolved it.
        type: str
      cause:
        description:
          - Why it became obsolete.
        type: str
        choices:
          - system_resolved
          - event_overwritten
          - event_type_value_disabled
          - root_aggr_event_ignored
          - notified_ems_event
          - maintenance_window_ended
          - invalid_event_for_current_configuration
  summary:
    description:
      - Also count all events of each severity, independent of O(limit). This takes one more request for each
        severity. It cannot be given together with O(keys).
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.event_filters
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
notes:
  - To order by C(history.timestamp) or C(history.user), O(history.state) must be given.
seealso:
  - module: aiqum.unified_manager.event
"""

EXAMPLES = r"""
- name: Read what is still new
  aiqum.unified_manager.event_info:
    current_state: [new]
    severity: [error, critical]
    order_by: severity

- name: Count what is open, and read the latest ten
  aiqum.unified_manager.event_info:
    filters:
      current_state: new|acknowledged
      history.state: new
    order_by: history.timestamp desc
    limit: 10
    summary: true

- name: Read what was resolved this year, the latest first
  aiqum.unified_manager.event_info:
    history:
      state: resolved
      after: "{{ '%Y' | ansible.builtin.strftime }}-01-01T00:00:00+00:00"
    order_by: history.timestamp desc
"""

RETURN = r"""
events:
  description: The events, each with the fields of RV(aiqum.unified_manager.event#module:events[].event).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 94043240-8ebd-5e23-8a41-f4ed0f324338
      name: Aggregate Overcommitted
      severity: error
      current_state: new
      group: storage_capacity
      origin: Management Server
      cause: 'aggr_full: Aggregate Overcommitted.'
      annotation: null
      duration: PT1064H7M3S
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      svm: null
      node: null
      impact:
        area: capacity
        level: risk
        resource_name: cluster1:aggr_full
        resource_type: aggregate
        resource_uuid: 5f28907b-43cc-5ab7-a2a7-30c119d5de6c
      assigned:
        user: null
        timestamp: null
      history:
        - state: new
          timestamp: '2025-12-11T10:00:00.000+00:00'
          user: null
          cause: null
summary:
  description: How many events meet the options and filters, by severity.
  returned: when O(summary=true)
  type: dict
  contains:
    normal:
      description: How many are V(normal).
      returned: when it is among O(severity), or O(severity) is not set
      type: int
    information:
      description: How many only inform.
      returned: when it is among O(severity), or O(severity) is not set
      type: int
    warning:
      description: How many are warnings.
      returned: when it is among O(severity), or O(severity) is not set
      type: int
    error:
      description: How many are errors.
      returned: when it is among O(severity), or O(severity) is not set
      type: int
    critical:
      description: How many are critical.
      returned: when it is among O(severity), or O(severity) is not set
      type: int
  sample:
    normal: 0
    information: 12
    warning: 7
    error: 3
    critical: 1
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.event import EVENTS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(EVENTS)


if __name__ == "__main__":
    main()
