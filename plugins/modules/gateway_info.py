#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Call ONTAP"
DOCUMENTATION = r"""
module: gateway_info
short_description: Read the clusters that the API gateway reaches
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the clusters whose own REST API NetApp Active IQ Unified Manager passes on to
    M(aiqum.unified_manager.ontap).
  - These are clusters with ONTAP 9.5 or later that were added over HTTPS. The API Gateway must be switched on.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description: A cluster, by name, UUID or key. Use O(filters) with C(name) for patterns.
    type: str
  ip_address:
    description: Only the cluster with this management address.
    type: str
  filters:
    description:
      - Further filters in Unified Manager's own words and filter language - C(uuid), C(name), C(ip_address) and
        C(type), with V(*) as wildcard and V(|) between alternatives.
    type: dict
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.ontap
"""

EXAMPLES = r"""
- name: Read the clusters that can be reached
  aiqum.unified_manager.gateway_info:
  register: reached

- name: Ask each of them for its version
  aiqum.unified_manager.ontap:
    cluster: "{{ item.uuid }}"
    path: cluster
    query:
      fields: version
  loop: "{{ reached.gateways }}"
"""

RETURN = r"""
gateways:
  description: The clusters that the API gateway reaches.
  returned: always
  type: list
  elements: dict
  contains:
    uuid:
      description: Its UUID in ONTAP.
      returned: always
      type: str
    name:
      description: Its name.
      returned: always
      type: str
    ip_address:
      description: The address of its management interface.
      returned: always
      type: str
    type:
      description: V(ONTAP).
      returned: always
      type: str
  sample:
    - uuid: 70567416-8e4c-56d2-b19e-e65ec518ff72
      name: cluster1
      ip_address: 10.10.0.10
      type: ONTAP
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.gateway_info import GATEWAYS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(GATEWAYS)


if __name__ == "__main__":
    main()
