#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Run Unified Manager"
DOCUMENTATION = r"""
module: user
short_description: Create, change, lock and delete users of Unified Manager
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Creates users of Unified Manager, sets their role, e-mail address and password, locks and unlocks them, and deletes
    them.
  - Unified Manager makes these changes at once, without a Job. They need the role Application Administrator.
  - If the module changes the password of the user with which it logs in itself, it warns, since it cannot read back
    what was changed.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - The name of the user, which is also its key. It cannot be changed.
      - For V(ldap_user) and V(ldap_group) the name in the directory.
    type: str
    required: true
  authentication_type:
    description:
      - Where the user comes from. Needed to create a user. It cannot be changed.
    type: str
    choices: [local_user, ldap_user, ldap_group, maintenance_user, database_user]
  role:
    description:
      - What the user may do. Needed to create a user. A changed role takes effect at the next login.
      - V(report_schema) and V(integration_schema) are for a V(database_user), and the other roles are for all other
        types.
    type: str
    choices: [operator, storage_administrator, administrator, report_schema, integration_schema]
  email:
    description:
      - The e-mail address. Needed to create a V(local_user) or V(ldap_user). Two users cannot have the same address.
    type: str
  user_password:
    description:
      - The password of the user; O(password) is the password of the connection. Needed to create a V(local_user),
        V(maintenance_user) or V(database_user), and not for other types.
    type: str
  update_password:
    description:
      - Unified Manager does not show passwords, so the module cannot compare them.
      - With V(always) the password is set in every run, and the task is always C(changed). With V(on_create) it is set
        only when the user is created.
    type: str
    choices: [always, on_create]
    default: always
  group:
    description:
      - Whether the user stands for a group of users. It cannot be changed.
    type: bool
  locked:
    description:
      - Whether the user is kept from logging in. Only a V(local_user) or a V(maintenance_user) can be locked.
    type: bool
  state:
    description:
      - Whether the user exists. Events that were assigned to a deleted user are no longer assigned.
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
    details:
      - It says that a password is set, but never shows the password.
  idempotent:
    support: partial
    details:
      - With O(user_password) and O(update_password=always), every run is a change.
seealso:
  - module: aiqum.unified_manager.user_info
"""

EXAMPLES = r"""
- name: Create an operator, and leave the password alone once it is set
  aiqum.unified_manager.user:
    name: kim
    authentication_type: local_user
    role: operator
    email: kim@example.com
    user_password: "{{ vault_kim_password | default('Ch4nge-me') }}"
    update_password: on_create

- name: Lock the user kim
  aiqum.unified_manager.user:
    name: kim
    locked: true

- name: Delete the user
  aiqum.unified_manager.user:
    name: kim
    state: absent
"""

RETURN = r"""
user:
  description: The user as Unified Manager shows it after the run. In check mode, as it would be, as far as that is
    known. Null when there is none. It never holds a password.
  returned: always
  type: dict
  contains:
    name:
      description: Its name.
      returned: always
      type: str
    authentication_type:
      description: V(local_user), V(ldap_user), V(ldap_group), V(maintenance_user) or V(database_user).
      returned: always
      type: str
    role:
      description: V(operator), V(storage_administrator), V(administrator), V(integration_schema) or V(report_schema).
      returned: always
      type: str
    email:
      description: The address; null when there is none.
      returned: always
      type: str
    group:
      description: Whether it is a group of users.
      returned: always
      type: bool
    locked:
      description: V(yes), V(no), or V(na) where users of this kind cannot be locked. It is text, not a bool.
      returned: always
      type: str
  sample:
    name: kim
    authentication_type: local_user
    role: operator
    email: kim@example.com
    group: false
    locked: 'no'
# Written by make generate: outcome, no_jobs, diff, planned, applied, not_applied, error
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.user import USER
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(USER)


if __name__ == "__main__":
    main()
