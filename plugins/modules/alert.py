#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Watch"
DOCUMENTATION = r"""
module: alert
short_description: Create, change and delete alerts
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates alerts, which tell people by e-mail or SNMP trap, or run a script, when an event occurs; changes and deletes
    them.
  - Unified Manager makes these changes at once, without a Job.
  - Lists are set as a whole. An option that is not given is left as it is.
requirements:
  - Unified Manager 9.10 or newer
options:
  name:
    description:
      - The alert, by name or key.
    type: str
    required: true
  from_name:
    description:
      - An alert to rename to O(name), by its present name or key.
      - Used only if O(name) does not exist yet.
      - It has no effect with O(state=absent).
    type: str
  description:
    description:
      - A description for people. An empty text removes it.
    type: str
  enabled:
    description:
      - Whether the alert is active. A new alert is active, unless this is V(false).
    type: bool
  event_severities:
    description:
      - The severities of the events that the alert is for. Without O(event_types), all events of these severities.
      - To create an alert, one of O(event_severities), O(event_types) and O(resources) must have an entry.
    type: list
    elements: str
    choices: [warning, error, critical]
  event_types:
    description:
      - The names of the events that the alert is for, as Unified Manager shows them, for example V(Aggregate
        Overcommitted).
    type: list
    elements: str
  resources:
    description:
      - The objects that the alert is for, with one entry for each type. V([]) removes them.
      - An entry for a cluster does not include the objects in the cluster.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - The type of the objects. For an SVM this is V(vserver).
        type: str
        required: true
        choices:
          - cluster
          - cluster_node
          - vserver
          - aggregate
          - volume
          - network_lif
          - qtree
          - lun
          - namespace
          - bridge
          - bridge_stack_connection
          - fcp_lif
          - inter_node_connection
          - inter_switch_connection
          - network_port
          - metro_cluster_relationship
          - nvmf_fc_lif
          - node_bridge_connection
          - node_stack_connection
          - node_switch_connection
          - storage_shelf
          - switch
          - switch_bridge_connection
          - snap_mirror
          - fcp_port
          - objectstore_config
          - disk
          - infinitevol_storage_service
          - user_quota
          - management_station
          - storage_service
      include_all:
        description:
          - Whether the alert is for all objects of this type.
        type: bool
        default: false
      include:
        description:
          - Parts of names. The alert is for the objects whose names contain one of them. Upper and lower case matter.
        type: list
        elements: str
      exclude:
        description:
          - Parts of the names of objects that the alert is not for, even if O(resources[].include) matches them.
        type: list
        elements: str
      keys:
        description:
          - The keys of single objects that the alert is for.
        type: list
        elements: str
  emails:
    description:
      - The addresses that get an e-mail. V([]) removes them.
    type: list
    elements: str
  send_snmp_trap:
    description:
      - Whether an SNMP trap is sent. A new alert sends none, unless this is V(true).
    type: bool
  duration:
    description:
      - The time between two notifications, as ISO 8601 writes durations (V(PT1000S), V(PT1H)) or like V(15m). A number
        without a unit is refused, since YAML makes V(90) of an unquoted V(1:30).
      - Without it, a new alert notifies once. An empty text removes it.
    type: str
  from:
    description:
      - The time of day at which repeated notifications begin, in quotes, like V('22:00'), or counted from midnight like
        O(duration). An empty text removes it.
    type: str
  to:
    description:
      - The time of day at which repeated notifications end, written like O(from). An empty text removes it.
    type: str
  script:
    description:
      - The script that is run, by name or key. An empty text removes it.
    type: str
  state:
    description:
      - Whether the alert exists.
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
  - module: aiqum.unified_manager.alert_info
"""

EXAMPLES = r"""
- name: Send the storage team an e-mail about aggregates that fill up, every quarter of an hour during the day
  aiqum.unified_manager.alert:
    name: Aggregates fill up
    event_types:
      - Aggregate Overcommitted
      - Aggregate Nearly Full
    resources:
      - type: aggregate
        include_all: true
        exclude: [scratch]
    emails: [storage@example.com]
    duration: PT15M
    from: '8:00'
    to: '18:00'

- name: Also run a script
  aiqum.unified_manager.alert:
    name: Aggregates fill up
    script: page_oncall.sh

- name: Silence it
  aiqum.unified_manager.alert:
    name: Aggregates fill up
    enabled: false

- name: Give it another name
  aiqum.unified_manager.alert:
    name: Aggregates are nearly full
    from_name: Aggregates fill up

- name: Delete it
  aiqum.unified_manager.alert:
    name: Aggregates are nearly full
    state: absent
"""

RETURN = r"""
alert:
  description: The alert as Unified Manager shows it after the run. In check mode, as it would be, as far as that is
    known. Null when there is none.
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
    description:
      description: Its description; null when it has none.
      returned: always
      type: str
    enabled:
      description: Whether it is raised.
      returned: always
      type: bool
    event:
      description: Which events raise it - C(severities), V(warning), V(error) or V(critical), and C(types), the names
        of events. Both are lists.
      returned: always
      type: dict
    resource:
      description: On which objects, for each C(type), such as V(aggregate), whether C(include_all), or which C(keys),
        and the texts in names to C(include) and C(exclude).
      returned: always
      type: list
      elements: dict
    action:
      description: What it does.
      returned: always
      type: dict
      contains:
        notification:
          description: C(emails), a list of addresses, and C(send_snmp_trap), a bool. C(duration) between repetitions,
            and the time of day C(from) and C(to), as ISO 8601 durations such as V(PT900S).
          returned: always
          type: dict
        script:
          description: The script that it runs, with C(key) and C(name), which are null when there is none.
          returned: always
          type: dict
  sample:
    key: dc28ff90-a5ae-4797-8306-d03bf38b2ffc
    name: Aggregates fill up
    description: null
    enabled: true
    event:
      severities: []
      types:
        - Aggregate Overcommitted
    resource:
      - include: []
        exclude:
          - scratch
        include_all: true
        keys: []
        type: aggregate
    action:
      notification:
        duration: PT900S
        from: PT28800S
        to: PT64800S
        emails:
          - storage@example.com
        send_snmp_trap: false
      script:
        key: null
        name: null
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.alert import ALERT
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(ALERT)


if __name__ == "__main__":
    main()
