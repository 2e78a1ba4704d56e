#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Read what there is"
DOCUMENTATION = r"""
module: datacenter_info
short_description: Read the whole inventory in one task
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Reads chosen parts of Unified Manager's inventory of the clusters, in one task and over one connection.
  - Unified Manager learns of changes by polling the clusters, so that the inventory may be up to 15 minutes old.
requirements:
  - Unified Manager 9.7 or newer, and 9.9 for licenses, 9.10 for ports and interfaces
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
      - Keys of single objects of any kind. They come after what O(subsets) lists.
      - An object that is not there is left out.
    type: list
    elements: str
    default: []
  cluster:
    description: Only what lies on this cluster, by name or key.
    type: str
  svm:
    description: Only what lies on this SVM, by name or key. Parts that do not lie on an SVM are not limited by it.
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
  fullest:
    description:
      - Only so many records of each part, those of which the largest part of the space is used, the fullest first.
      - All records are read for it, since Unified Manager cannot sort by this, but no more than these are kept and
        returned. Objects whose size Unified Manager does not show are left out.
      - For C(clusters), C(aggregates), C(volumes) and C(luns). Not together with O(order_by) and O(limit).
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

- name: Read the ten fullest volumes, and the ten fullest LUNs
  aiqum.unified_manager.datacenter_info:
    subsets: [volumes, luns]
    fullest: 10

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
  description: Lists of the records, by subset. An empty subset is an empty list.
  returned: always
  type: dict
  contains:
    clusters:
      description: Clusters.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        management_ip:
          description: The address of its management interface.
          returned: always
          type: str
        version:
          description: Its version of ONTAP, with C(full), C(generation), C(major) and C(minor).
          returned: always
          type: dict
        location:
          description: Where it stands; null when that is not known.
          returned: always
          type: str
        contact:
          description: Whom to ask; null when that is not known.
          returned: always
          type: str
        is_san_optimized:
          description: Whether it is an All SAN Array.
          returned: when Unified Manager sends it
          type: bool
        storage_capacity:
          description: In bytes - C(total), C(used) and C(available).
          returned: when Unified Manager sends it
          type: dict
        protocol_breakdown:
          description: The bytes that are provisioned for C(nfs), C(cifs), C(iscsi) and C(fcp).
          returned: when Unified Manager sends it
          type: dict
        nodes:
          description: Its nodes, with the fields of RV(datacenter.nodes) up to C(serial_number).
          returned: always
          type: list
          elements: dict
    nodes:
      description: Nodes.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        model:
          description: Its model, for example V(AFF-A400).
          returned: always
          type: str
        version:
          description: Its version of ONTAP, with C(full), C(generation), C(major) and C(minor).
          returned: always
          type: dict
        location:
          description: Where it stands; null when that is not known.
          returned: always
          type: str
        uptime:
          description: For how many seconds it has been up.
          returned: always
          type: int
        serial_number:
          description: Its serial number.
          returned: always
          type: str
        system_id:
          description: Its system ID.
          returned: when Unified Manager sends it
          type: str
        health:
          description: Whether it is healthy.
          returned: when Unified Manager sends it
          type: bool
        performance_capacity:
          description: C(used), in percent.
          returned: when Unified Manager sends it
          type: dict
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        ha:
          description: C(partners), each with C(key), C(uuid) and C(name).
          returned: when Unified Manager sends it
          type: dict
    licenses:
      description: Licenses.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its id, which is not always a UUID.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        scope:
          description: V(site), V(cluster), V(node) or V(not_available).
          returned: always
          type: str
        licenses:
          description: Each with C(serial_number), C(owner) and C(expiry_time).
          returned: always
          type: list
          elements: dict
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
    aggregates:
      description: Aggregates.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        node:
          description: Its node, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        state:
          description: V(online), V(offline), V(restricted), V(failed), V(inconsistent), V(unmounted), V(relocating),
            V(onlining), V(offlining) or V(unknown).
          returned: always
          type: str
        type:
          description: What it is made of, for example V(ssd), V(hdd), V(hybrid), V(ssd_fabricpool) or
            V(hdd_fabricpool).
          returned: always
          type: str
        space:
          description: In bytes - C(block_storage) with C(size), C(used) and C(available), and C(efficiency) with
            C(logical_used) and C(savings).
          returned: always
          type: dict
        performance_capacity:
          description: C(used), in percent.
          returned: when Unified Manager sends it
          type: dict
        block_storage:
          description: C(primary) with C(raid_type) and C(raid_size), C(hybrid_cache) with C(enabled) and C(size), and
            C(mirror) with C(state).
          returned: when Unified Manager sends it
          type: dict
        data_encryption:
          description: C(software_encryption_enabled), a bool.
          returned: when Unified Manager sends it
          type: dict
        snaplock_type:
          description: V(non_snaplock), V(compliance) or V(enterprise).
          returned: when Unified Manager sends it
          type: str
        create_time:
          description: When it was created.
          returned: always
          type: str
    volumes:
      description: Volumes.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        aggregates:
          description: Its aggregates, each with C(key), C(uuid) and C(name).
          returned: always
          type: list
          elements: dict
        state:
          description: V(online), V(offline), V(mixed) or V(error).
          returned: always
          type: str
        type:
          description: V(rw), V(dp) or V(ls).
          returned: always
          type: str
        style:
          description: V(flexvol) or V(flexgroup).
          returned: always
          type: str
        space:
          description: In bytes - C(size), C(used) and C(available).
          returned: always
          type: dict
        autosize:
          description: C(mode), V(grow), V(grow_shrink) or V(off), and C(maximum), in bytes.
          returned: when Unified Manager sends it
          type: dict
        tiering:
          description: C(policy), V(none), V(auto), V(snapshot-only) or V(all).
          returned: when Unified Manager sends it
          type: dict
        snapmirror:
          description: C(is_protected), whether SnapMirror copies it.
          returned: when Unified Manager sends it
          type: dict
        nas:
          description: C(export_policy), with C(key), C(id) and C(name).
          returned: when Unified Manager sends it
          type: dict
        snapshot_policy:
          description: Its snapshot policy, with C(key), C(uuid) and C(name).
          returned: when Unified Manager sends it
          type: dict
        language:
          description: Its language, for example V(c.utf_8).
          returned: always
          type: str
        create_time:
          description: When it was created.
          returned: always
          type: str
    luns:
      description: LUNs.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its path, for example V(/vol/vol1/db01).
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        location:
          description: C(volume) and C(qtree), each with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        os_type:
          description: The operating system of the hosts.
          returned: always
          type: str
        serial_number:
          description: Its serial number.
          returned: always
          type: str
        space:
          description: In bytes - C(size) and C(used).
          returned: always
          type: dict
        status:
          description: C(state), V(online) or V(offline), and C(mapped), a bool.
          returned: always
          type: dict
        lun_maps:
          description: Its maps, each with C(igroup), which has C(key), C(uuid) and C(name), and
            C(logical_unit_number).
          returned: when Unified Manager sends it
          type: list
          elements: dict
        class:
          description: V(regular), V(protocol_endpoint) or V(vvol).
          returned: always
          type: str
        comment:
          description: The comment; null when it has none.
          returned: always
          type: str
    qtrees:
      description: Qtrees.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        id:
          description: Its id in the volume.
          returned: always
          type: int
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        volume:
          description: Its volume, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        security_style:
          description: For example V(unix), V(ntfs) or V(mixed).
          returned: always
          type: str
        export_policy:
          description: Its export policy, with C(key), C(id) and C(name).
          returned: when Unified Manager sends it
          type: dict
    qos_policies:
      description: QoS policies.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        object_count:
          description: How many objects it is applied to.
          returned: always
          type: int
        fixed:
          description: C(max_throughput_iops), C(min_throughput_iops), C(max_throughput_mbps) and C(capacity_shared).
          returned: when Unified Manager sends it
          type: dict
        adaptive:
          description: C(absolute_min_iops), in IOPS.
          returned: when Unified Manager sends it
          type: dict
    cifs_shares:
      description: CIFS shares.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        volume:
          description: Its volume, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        path:
          description: Its path in the SVM.
          returned: always
          type: str
        comment:
          description: The comment; null when it has none.
          returned: always
          type: str
        acls:
          description: Who may reach it, each with C(user_or_group) and C(permission).
          returned: always
          type: list
          elements: dict
    export_policies:
      description: Export policies.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        id:
          description: Its id in ONTAP.
          returned: always
          type: int
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        rules:
          description: Its rules, with C(index), C(clients), C(protocols), C(ro_rule), C(rw_rule), C(superuser) and
            C(anonymous_user).
          returned: always
          type: list
          elements: dict
    svms:
      description: SVMs, each with the fields of RV(aiqum.unified_manager.svm#module:svm).
      returned: with this subset
      type: list
      elements: dict
    igroups:
      description: Initiator groups, each with the fields of RV(aiqum.unified_manager.igroup#module:igroup).
      returned: with this subset
      type: list
      elements: dict
    ethernet_ports:
      description: Ethernet ports.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        node:
          description: Its node, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        type:
          description: V(physical), V(vlan) or V(if_group).
          returned: always
          type: str
        state:
          description: V(up) or V(down).
          returned: always
          type: str
        enabled:
          description: Whether it is switched on.
          returned: always
          type: bool
        speed:
          description: The speed of the link, as text.
          returned: always
          type: str
        mtu:
          description: The largest packet, in bytes.
          returned: always
          type: int
        mac_address:
          description: Its MAC address.
          returned: always
          type: str
        broadcast_domain:
          description: Its broadcast domain, with C(key), C(uuid), C(name) and C(ipspace).
          returned: when Unified Manager sends it
          type: dict
        vlan:
          description: C(tag), the id of the VLAN, and C(base_port).
          returned: when Unified Manager sends it
          type: dict
    fc_ports:
      description: Fibre Channel ports.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        node:
          description: Its node, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        state:
          description: For example V(online), V(link_not_connected) or V(offlined_by_user).
          returned: always
          type: str
        enabled:
          description: Whether it is switched on.
          returned: always
          type: bool
        description:
          description: Its description; null when it has none.
          returned: always
          type: str
        physical_protocol:
          description: V(fibre_channel) or V(ethernet).
          returned: always
          type: str
        wwnn:
          description: Its world wide node name.
          returned: always
          type: str
        wwpn:
          description: Its world wide port name.
          returned: always
          type: str
        speed:
          description: In Gbit/s, as text - C(configured) and C(maximum).
          returned: always
          type: dict
        fabric:
          description: C(connected), a bool, C(connected_speed), in Gbit/s, and C(switch_port).
          returned: when Unified Manager sends it
          type: dict
    ip_interfaces:
      description: IP interfaces.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: when Unified Manager sends it
          type: dict
        scope:
          description: V(svm) or V(cluster).
          returned: always
          type: str
        state:
          description: V(up) or V(down).
          returned: always
          type: str
        enabled:
          description: Whether it is switched on.
          returned: always
          type: bool
        ip:
          description: C(address), C(netmask) and C(family).
          returned: always
          type: dict
        ipspace:
          description: Its IPspace, with C(key), C(uuid) and C(name).
          returned: when Unified Manager sends it
          type: dict
        location:
          description: C(home_node), C(home_port), C(node) and C(port), each with C(name), and C(is_home), whether it
            is there.
          returned: when Unified Manager sends it
          type: dict
    fc_interfaces:
      description: Fibre Channel interfaces.
      returned: with this subset
      type: list
      elements: dict
      contains:
        key:
          description: Its key in Unified Manager, by which other tasks can name it.
          returned: always
          type: str
        uuid:
          description: Its UUID in ONTAP.
          returned: always
          type: str
        name:
          description: Its name.
          returned: always
          type: str
        cluster:
          description: Its cluster, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        svm:
          description: Its SVM, with C(key), C(uuid) and C(name).
          returned: always
          type: dict
        state:
          description: V(up) or V(down).
          returned: always
          type: str
        enabled:
          description: Whether it is switched on.
          returned: always
          type: bool
        data_protocol:
          description: V(fcp) or V(fc_nvme).
          returned: always
          type: str
        wwnn:
          description: Its world wide node name.
          returned: always
          type: str
        wwpn:
          description: Its world wide port name.
          returned: always
          type: str
        location:
          description: C(home_node), C(home_port), C(node) and C(port), each with C(name), and C(is_home), whether it
            is there.
          returned: when Unified Manager sends it
          type: dict
  sample:
    clusters:
      - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
        uuid: 70567416-8e4c-56d2-b19e-e65ec518ff72
        name: cluster1
        management_ip: 10.10.0.10
        version:
          full: 'NetApp Release 9.16.1: Thu Jan 30 18:13:12 UTC 2025'
          generation: 9
          major: 16
          minor: 1
        location: rack 1
        contact: null
        is_san_optimized: false
        storage_capacity:
          total: 109951162777600
          used: 32985348833280
          available: 76965813944320
        protocol_breakdown:
          cifs: 0
          fcp: 2
          iscsi: 2
          nfs: 3
    volumes:
      - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=volume,uuid=54372cf1-53f1-5e80-829e-e204078b47ba
        uuid: 54372cf1-53f1-5e80-829e-e204078b47ba
        name: vol_db
        cluster:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=cluster,uuid=70567416-8e4c-56d2-b19e-e65ec518ff72
          name: cluster1
        svm:
          key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b
          name: svm1
        aggregates:
          - key: 70567416-8e4c-56d2-b19e-e65ec518ff72:type=aggregate,uuid=f7e0cf92-6d15-5029-b044-1aeaf5b2aff3
            name: aggr1
        state: online
        type: rw
        style: flexvol
        space:
          size: 536870912000
          used: 214748364800
          available: 322122547200
        autosize:
          maximum: 1073741824000
          mode: grow
        tiering:
          policy: none
        snapmirror:
          is_protected: false
        language: c.utf_8
        create_time: '2026-11-25T15:16:58.195+00:00'
    ethernet_ports: []
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

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.datacenter_info import run_survey


def main() -> None:
    run_survey()


if __name__ == "__main__":
    main()
