# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options by which events are described. Private to this collection."""

from __future__ import annotations


class ModuleDocFragment:
    """What events that are read, or changed, have in common."""

    DOCUMENTATION = r"""
options:
  name:
    description:
      - Only events of this name, as Unified Manager shows it.
    type: str
  severity:
    description:
      - Only events of these severities.
    type: list
    elements: str
    choices: [normal, information, warning, error, critical]
  current_state:
    description:
      - Only events in these states.
    type: list
    elements: str
    choices: [new, acknowledged, resolved, obsolete]
  cluster:
    description:
      - Only events of this cluster, by name or key.
    type: str
  svm:
    description:
      - Only events of this SVM, by name or key.
    type: str
  node:
    description:
      - Only events of this node, by name or key.
    type: str
  impact_area:
    description:
      - Only events with an impact on these areas.
    type: list
    elements: str
    choices: [availability, capacity, configuration, performance, protection, security]
  impact_level:
    description:
      - Only events of these impact levels.
    type: list
    elements: str
    choices: [event, risk, incident, upgrade]
  resource_type:
    description:
      - Only events of objects of these types, in Unified Manager's words, such as V(aggregate) or V(vserver).
    type: list
    elements: str
  group:
    description:
      - Only events of these groups.
    type: list
    elements: str
    choices: [storage_capacity, performance_capacity, workload_performance, workload_iops, security, none]
  assigned_user:
    description:
      - Only events that are assigned to this user.
    type: str
"""
