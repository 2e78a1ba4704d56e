#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Provision storage"
DOCUMENTATION = r"""
module: active_directory_mapping
short_description: Map an SVM to an Active Directory domain
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Tells Unified Manager the Active Directory domain of an SVM, which it needs to make a CIFS server there.
  - Unified Manager's API can neither change nor delete a mapping. Options that need it are refused before anything is
    sent.
requirements:
  - Unified Manager 9.7 or newer
options:
  svm:
    description:
      - The SVM, by name or key. It has at most one mapping.
    type: str
    required: true
  cluster:
    description:
      - The cluster, by name or key. Needed where the name of the SVM exists on several clusters.
    type: str
  domain:
    description:
      - The domain, fully qualified. Needed to create a mapping, and it cannot be changed.
    type: str
  dns:
    description:
      - The address of a name server of the domain. Needed to create a mapping, and it cannot be changed.
    type: str
  domain_username:
    description:
      - An account that may add computers to the domain. Needed to create a mapping, and never compared.
    type: str
  domain_password:
    description:
      - The account's password. Needed to create a mapping, and never compared.
    type: str
  state:
    description:
      - Whether the mapping exists. V(absent) fails where there is one.
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
  - module: aiqum.unified_manager.active_directory_mapping_info
  - module: aiqum.unified_manager.file_share
"""

EXAMPLES = r"""
- name: Map an SVM to its domain
  aiqum.unified_manager.active_directory_mapping:
    svm: svm1
    domain: ad.example.com
    dns: 10.10.0.2
    domain_username: joiner
    domain_password: "{{ vault_joiner_password | default('Join-1-domain') }}"
"""

RETURN = r"""
active_directory_mapping:
  description: The mapping as Unified Manager shows it after the run. In check mode, as it would be, as far as that is
    known. Null when there is none.
  returned: always
  type: dict
  contains:
    key:
      description: Its key in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    domain:
      description: The domain of Active Directory.
      returned: always
      type: str
    dns:
      description: The address of its DNS server.
      returned: always
      type: str
    username:
      description: The user that joins it.
      returned: when Unified Manager sends it
      type: str
    svm:
      description: Its SVM, with C(key), C(uuid) and C(name).
      returned: always
      type: dict
  sample:
    key: 7d33f98e-0b76-5ef3-909b-951b780e4e57
    domain: ad.example.com
    dns: 10.10.0.2
    username: joiner
    svm:
      key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
      name: svm1
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.active_directory_mapping import (
    ACTIVE_DIRECTORY_MAPPING,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(ACTIVE_DIRECTORY_MAPPING)


if __name__ == "__main__":
    main()
