#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: user_info
short_description: Read users of Unified Manager
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the users of NetApp Active IQ Unified Manager. Some releases let only an Application Administrator do so.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: Only this user. The other filters are then not used.
    type: str
  role:
    description: Only users with this role.
    type: str
    choices: [operator, storage_administrator, administrator, report_schema, integration_schema]
  authentication_type:
    description: Only users of this type.
    type: str
    choices: [local_user, ldap_user, ldap_group, maintenance_user, database_user]
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.user
"""

EXAMPLES = r"""
- name: Who administers Unified Manager?
  aiqum.unified_manager.user_info:
    role: administrator
    order_by: name
"""

RETURN = r"""
users:
  description: The users, each with the fields of RV(aiqum.unified_manager.user#module:user). They never hold a
    password.
  returned: always
  type: list
  elements: dict
  sample:
    - name: admin
      authentication_type: local_user
      role: administrator
      email: admin@example.com
      group: false
      locked: 'no'
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.user import USERS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(USERS)


if __name__ == "__main__":
    main()
