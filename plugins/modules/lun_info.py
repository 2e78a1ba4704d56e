#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: lun_info
short_description: Read LUNs
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads the LUNs that NetApp Active IQ Unified Manager lists, with their policies.
requirements:
  - Unified Manager 9.7 or newer
options:
  name:
    description:
      - A LUN, by its name, its path or its key. Use O(filters) with C(name) for patterns.
    type: str
  svm:
    description: Only LUNs of this SVM, by name or key.
    type: str
  cluster:
    description: Only LUNs of this cluster, by name or key.
    type: str
  volume:
    description: Only LUNs in this volume, by name or key.
    type: str
  performance_service_level:
    description: Only LUNs with this Performance Service Level, by name or key.
    type: str
  storage_efficiency_policy:
    description: Only LUNs with this Storage Efficiency Policy, by name or key.
    type: str
  query:
    description: Only LUNs with this text anywhere in their attributes.
    type: str
  details:
    description:
      - Whether to read each LUN by its key as well. The list lacks C(os_type) and C(lun_maps).
      - This is one more request for each LUN.
    type: bool
    default: false
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.listing
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.lun
"""

EXAMPLES = r"""
- name: Read one LUN with its maps
  aiqum.unified_manager.lun_info:
    name: db01
    svm: svm1
    details: true

- name: Read the ten largest LUNs of a cluster
  aiqum.unified_manager.lun_info:
    cluster: cluster1
    order_by: space.size desc
    limit: 10

- name: Read all LUNs whose volume begins with AIQUM_
  aiqum.unified_manager.lun_info:
    filters:
      name: /vol/AIQUM_*
"""

RETURN = r"""
luns:
  description: The LUNs, each with the fields of RV(aiqum.unified_manager.lun#module:lun). The last of them need
    O(details=true).
  returned: always
  type: list
  elements: dict
  sample:
    - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=lun,uuid=46902afb-f575-56e4-847f-35984002230b
      uuid: 46902afb-f575-56e4-847f-35984002230b
      name: /vol/vol_db/lun_ora01
      cluster:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
      svm:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
        name: svm1
      volume:
        key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=54372cf1-53f1-5e80-829e-e204078b47ba
        name: vol_db
      space:
        size: 107374182400
      assigned_performance_service_level:
        key: ccc06f88-7bf3-5bad-9d35-fba82909e908
        name: Performance
        peak_iops: 500
        expected_iops: 500
      recommended_performance_service_level:
        key: 4a3bd71f-485b-5271-9c97-7e4caeecde01
        name: Extreme Performance
        peak_iops: 1200
        expected_iops: 1000
      assigned_storage_efficiency_policy:
        key: 9358fd06-1af6-5b76-90c9-b658938ae62d
        name: High
      os_type: linux
      lun_maps:
        - igroup:
            key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=igroup,uuid=df9207f7-8266-566a-a144-9c5651bdf028
            name: ig_linux01
          logical_unit_number: 0
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun_info import LUNS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.read import run_listing


def main() -> None:
    run_listing(LUNS)


if __name__ == "__main__":
    main()
