#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Read what there is"
DOCUMENTATION = r"""
module: system_info
short_description: Read the release and the state of the management server
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the version, the deployment and the services of Unified Manager itself.
requirements:
  - Unified Manager 9.7 or newer
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.backup_info
"""

EXAMPLES = r"""
- name: Read the version of Unified Manager
  aiqum.unified_manager.system_info:
"""

RETURN = r"""
system:
  description: The management server; null when it could not be read.
  returned: always
  type: dict
  contains:
    uuid:
      description: Its UUID.
      returned: always
      type: str
    product:
      description: The name of the product.
      returned: always
      type: str
    vendor:
      description: Who makes it.
      returned: always
      type: str
    version:
      description: Its version, for example V(9.16).
      returned: always
      type: str
    deployment:
      description: What it runs on, for example V(RedHat).
      returned: always
      type: str
    services:
      description: Its services, each with C(name), C(description) and C(status), V(running) or V(stopped).
      returned: always
      type: list
      elements: dict
  sample:
    uuid: 6a18ab5d-78a7-5c19-97d8-1e52303a8716
    product: Active IQ Unified Manager
    vendor: NetApp, Inc.
    version: '9.16'
    deployment: RedHat
    services:
      - name: ocie
        description: Active IQ Unified Manager server service
        status: running
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.system import SYSTEM
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_reading


def main() -> None:
    run_reading(SYSTEM)


if __name__ == "__main__":
    main()
