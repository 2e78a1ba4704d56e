#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: configuration_info
short_description: Export the configuration of a Unified Manager as one structure
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads policies, users, scripts, settings, clusters, SVMs, interfaces, igroups, LUNs, file shares and alerts, and
    returns them as options of the modules that manage them.
  - Two exports of an unchanged Unified Manager are equal. Objects are referred to by name, or by key where two have
    the same name.
  - Secrets are never exported. What Unified Manager does not show is listed in RV(remarks) and RV(not_exported).
requirements:
  - Unified Manager 9.7 or newer, and 9.10 for alerts and alert_scripts
options:
  kinds:
    description:
      - Which kinds of objects to read. Without it, all kinds; where O(cluster) or O(svm) is given, all kinds that lie
        in a cluster or SVM.
    type: list
    elements: str
    aliases: [kind]
    # Written by make generate, from the kinds of a configuration: choices
    choices:
      - performance_service_levels
      - storage_efficiency_policies
      - users
      - alert_scripts
      - backup_settings
      - datasources
      - svms
      - access_endpoints
      - active_directory_mappings
      - igroups
      - luns
      - file_shares
      - alerts
    # End of what make generate writes.
  cluster:
    description:
      - Only what lies on this cluster, given by name or key.
    type: str
  svm:
    description:
      - Only what belongs to this SVM, given by name or key.
    type: str
  system_defined:
    description:
      - Also what Unified Manager defines by itself, such as its own Performance Service Levels.
    type: bool
    default: false
  placeholders:
    description:
      - Write a reference to a variable for each secret that is needed to create an object again, for example
        C({{ vault_um_users_admin_user_password | default(omit) }}).
      - The result is then a template, for a file from which variables are read. Braces in texts of Unified Manager
        are escaped.
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.datacenter_info
"""

EXAMPLES = r"""
- name: Export all that is configured
  aiqum.unified_manager.configuration_info:
  register: um

- name: Keep it in git
  ansible.builtin.copy:
    content: "{{ um.configuration | ansible.builtin.to_nice_yaml(sort_keys=false) }}"
    dest: "{{ playbook_dir }}/um-configuration.yml"
    mode: "0600"

- name: Export the LUNs and igroups of an SVM
  aiqum.unified_manager.configuration_info:
    kinds: [igroups, luns]
    svm: svm1
"""

RETURN = r"""
configuration:
  description:
    - The kinds that were read, in the order in which they depend on each other, each a list of what the module of that
      noun takes. The list of backup settings has one entry.
  returned: always
  type: dict
  contains:
    # Written by make generate, from the kinds of a configuration: results
    performance_service_levels:
      description: What M(aiqum.unified_manager.performance_service_level) takes.
      returned: when read
      type: list
      elements: dict
    storage_efficiency_policies:
      description: What M(aiqum.unified_manager.storage_efficiency_policy) takes.
      returned: when read
      type: list
      elements: dict
    users:
      description: What M(aiqum.unified_manager.user) takes.
      returned: when read
      type: list
      elements: dict
    alert_scripts:
      description: What M(aiqum.unified_manager.alert_script) takes.
      returned: when read
      type: list
      elements: dict
    backup_settings:
      description: What M(aiqum.unified_manager.backup_settings) takes.
      returned: when read
      type: list
      elements: dict
    datasources:
      description: What M(aiqum.unified_manager.datasource) takes.
      returned: when read
      type: list
      elements: dict
    svms:
      description: What M(aiqum.unified_manager.svm) takes.
      returned: when read
      type: list
      elements: dict
    access_endpoints:
      description: What M(aiqum.unified_manager.access_endpoint) takes.
      returned: when read
      type: list
      elements: dict
    active_directory_mappings:
      description: What M(aiqum.unified_manager.active_directory_mapping) takes.
      returned: when read
      type: list
      elements: dict
    igroups:
      description: What M(aiqum.unified_manager.igroup) takes.
      returned: when read
      type: list
      elements: dict
    luns:
      description: What M(aiqum.unified_manager.lun) takes.
      returned: when read
      type: list
      elements: dict
    file_shares:
      description: What M(aiqum.unified_manager.file_share) takes.
      returned: when read
      type: list
      elements: dict
    alerts:
      description: What M(aiqum.unified_manager.alert) takes.
      returned: when read
      type: list
      elements: dict
    # End of what make generate writes.
  sample:
    igroups:
      - cluster: cluster1
        initiators:
          - iqn.1994-05.com.redhat:linux01
        name: ig_linux01
        os_type: linux
        protocol: iscsi
        svm: svm1
not_exported:
  description: What could not be written down.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description: The kind that it belongs to.
      returned: always
      type: str
    name:
      description: Its name, or its key where it has none.
      returned: always
      type: str
    reason:
      description: Why it is left out.
      returned: always
      type: str
  sample:
    - kind: access_endpoints
      name: lif_old
      reason: UM does not show what its module needs to find it.
remarks:
  description: What the configuration does not say of what it has, such as secrets that a re-creation needs.
  returned: always
  type: list
  elements: str
  sample:
    - 'users: admin needs user_password when it is created again.'
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.configuration_info import (
    run_configuration_info,
)


def main() -> None:
    run_configuration_info()


if __name__ == "__main__":
    main()
