#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: datacenter_info
short_description: Read the inventory
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads chosen parts of what Unified Manager knows of the clusters, in one task and over one connection.
  - Unified Manager learns of changes by polling the clusters, so that the inventory may be up to 15 minutes old.
options:
  subsets:
    description: The parts to list.
    type: list
    elements: str
    default: []
    aliases: [gather_subset]
    choices:
      - clusters
      - nodes
      - licenses
      - aggregates
      - volumes
      - luns
      - qtrees
      - qos_policies
      - cifs_shares
      - export_policies
      - svms
      - igroups
      - ethernet_ports
      - fc_ports
      - ip_interfaces
      - fc_interfaces
  keys:
    description:
      - Keys of single objects to read, of any kind, which the key itself tells. They come after what O(subsets) lists.
      - An object that is not there is left out.
    type: list
    elements: str
    default: []
  cluster:
    description: Only what lies on this cluster, by name or key.
    type: str
  svm:
    description: Only what lies on this SVM, by name or key. Parts that lie on none are not limited by it.
    type: str
  filters:
    description:
      - Filters in Unified Manager's own words, by subset, like C(volumes) with C(space.size).
    type: dict
  order_by:
    description: The field to sort by, followed by C(desc) for the reverse order, for all parts.
    type: str
  limit:
    description: At most so many records of each part. Without it all are read, 1000 with each request.
    type: int
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.attributes.info_module
  - aiqum.unified_manager.attributes.action_group
seealso:
  - module: aiqum.unified_manager.metrics_info
  - module: aiqum.unified_manager.svm_info
  - module: aiqum.unified_manager.lun_info
"""

EXAMPLES = r"""
- name: Read clusters, and the volumes of one SVM
  aiqum.unified_manager.datacenter_info:
    subsets: [clusters, volumes]
    svm: svm1
    filters:
      volumes:
        state: online
    order_by: name
  register: read

- name: Read one of these volumes again, and its cluster
  aiqum.unified_manager.datacenter_info:
    keys:
      - "{{ read.datacenter.volumes[0].key }}"
      - "{{ read.datacenter.volumes[0].cluster.key }}"

- name: Read the SSD aggregates of a cluster, and its ports that are down
  aiqum.unified_manager.datacenter_info:
    subsets: [aggregates, ethernet_ports]
    cluster: cluster1
    filters:
      aggregates:
        type: ssd
      ethernet_ports:
        state: down
"""

RETURN = r"""
datacenter:
  description: Lists of the records as Unified Manager sends them, by subset. An empty subset is an empty list.
  returned: always
  type: dict
  sample:
    clusters:
      - key: 4c6bf721-2e3f-11e9-a3e2-00a0985badbb:type=cluster,uuid=4c6bf721-2e3f-11e9-a3e2-00a0985badbb
        name: cluster1
    ethernet_ports: []
outcome:
  description: V(unchanged), or V(failed).
  returned: always
  type: str
  sample: unchanged
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host_surveys import run_survey


def main() -> None:
    run_survey()


if __name__ == "__main__":
    main()
