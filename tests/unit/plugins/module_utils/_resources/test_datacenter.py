# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory: the query of each part, which part a key is of, and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import datacenter

C = "70567416-8e4c-56d2-b19e-e65ec518ff72"
CLUSTER = f"{C}:type=cluster,uuid={C}"
SVM = f"{C}:type=vserver,uuid={C}"


def desired(*subsets, **options):
    given = {"subsets": list(subsets), "keys": [], **options}
    return {**dict.fromkeys(datacenter.ARGUMENTS), **given}


@pytest.mark.parametrize(
    ("options", "queries"),
    [
        (desired("licenses"), {"licenses": {}}),
        (desired("luns", "luns"), {"luns": {}}),
        (desired(keys=[CLUSTER]), {}),
        (desired("svms", "qtrees", svm="svm1"), {"svms": {"name": "svm1"}, "qtrees": {"svm.name": "svm1"}}),
        (desired("svms", "qtrees", svm=SVM), {"svms": {"key": SVM}, "qtrees": {"svm.key": SVM}}),
        (desired("nodes", "fc_ports", svm="svm1"), {"nodes": {}, "fc_ports": {}}),
        (desired("clusters", "nodes", cluster="c1"), {"clusters": {"name": "c1"}, "nodes": {"cluster.name": "c1"}}),
        (
            desired("clusters", "nodes", cluster=CLUSTER),
            {"clusters": {"key": CLUSTER}, "nodes": {"cluster.key": CLUSTER}},
        ),
        (desired("volumes", svm="s", cluster="c"), {"volumes": {"svm.name": "s", "cluster.name": "c"}}),
        (desired("igroups", svm="a*b"), {"igroups": {"svm.name": '"a*b"'}}),
        (
            desired("luns", "nodes", filters={"luns": {"name": "*db*"}}, order_by="name"),
            {"luns": {"name": "*db*", "order_by": "name"}, "nodes": {"order_by": "name"}},
        ),
        (desired("luns", svm="s", filters={"luns": {"svm.name": "t*"}}), {"luns": {"svm.name": "t*"}}),
    ],
)
def test_queries(options, queries):
    assert datacenter.queries(options) == queries


@pytest.mark.parametrize("name", ["svm", "cluster"])
def test_every_part_is_limited_to_the_place_it_lies_on(name):
    found = datacenter.queries(desired(*datacenter.SUBSETS, **{name: "x"}))
    free = {part for part, query in found.items() if not query}
    on_no_svm = {"clusters", "nodes", "licenses", "aggregates", "ethernet_ports", "fc_ports"}
    assert free == (on_no_svm if name == "svm" else set())


@pytest.mark.parametrize(
    ("key", "subset"),
    [
        (CLUSTER, "clusters"),
        (f"{C}:type=cluster_node,uuid={C}", "nodes"),
        (f"{C}:type=license,package_name=base,serial_number=1-80-000011", "licenses"),
        (f"{C}:type=aggregate,uuid={C}", "aggregates"),
        (f"{C}:type=volume,uuid={C}", "volumes"),
        (f"{C}:type=lun,uuid={C}", "luns"),
        (f"{C}:type=qtree,vserver_uuid={C},volume_uuid={C},qtree_id=1", "qtrees"),
        (f"{C}:type=qos_policy_group,qos_policy_group_uuid={C}", "qos_policies"),
        (f"{C}:type=cifs_share,vserver_uuid={C},share_name=C$ OF ALL", "cifs_shares"),
        (f"{C}:type=export_policy,uuid=1460288880641", "export_policies"),
        (SVM, "svms"),
        (f"{C}:type=igroup,uuid={C}", "igroups"),
        (f"{C}:type=network_port,uuid={C}", "ethernet_ports"),
        (f"{C}:type=network_port,cluster_node_uuid={C},port=e0a", "ethernet_ports"),
        (f"{C},type=network_port,uuid={C}", "ethernet_ports"),
        (f"{C}:type=fcp_port,uuid={C}", "fc_ports"),
        (f'{C}:type=fcp_port,cluster_node_uuid={C},node_name="50:0a",port_name="50:0b",adapter=0a', "fc_ports"),
        (f"{C},type=fc_port,uuid={C}", "fc_ports"),
        (f"{C}:type=network_lif,lif_uuid={C}", "ip_interfaces"),
        (f"{C}:type=fcp_lif,lif_uuid={C}", "fc_interfaces"),
        (SVM.upper(), "svms"),
    ],
)
def test_a_key_tells_its_part(key, subset):
    assert datacenter.subset_of(key) == (subset, datacenter.SUBSETS[subset])


@pytest.mark.parametrize("key", ["", "..", "svm1", C, f"{C}:type=", f"{C}:type=snapshot_policy,name=x", f"{CLUSTER}/x"])
def test_what_is_no_key_of_the_inventory(key):
    with pytest.raises(BadInput, match="is not a key of the inventory"):
        datacenter.subset_of(key)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (desired(), "Give subsets to list, or keys of single objects"),
        (desired("nodes", filters={"volumes": {"name": "x"}}), "filters: volumes is not among the subsets"),
        (desired("nodes", filters={"name": "x"}), "filters: name is not among the subsets"),
        (desired("nodes", filters={"nodes": "x"}), "filters.nodes: give filters with their values"),
        (desired("nodes", filters={"nodes": {"max_records": 5}}), "filters.nodes: max_records is not a filter"),
        (desired("nodes", filters={"nodes": {"name": ["a"]}}), "filters.nodes.name: give one value"),
        (desired("nodes", cluster=""), "cluster: a name must not be empty"),
        (desired("luns", svm="a?"), "svm: 'a?' contains '?'"),
    ],
)
def test_refusals(options, words):
    with pytest.raises(BadInput) as error:
        datacenter.queries(options)
    assert words in error.value.message


@pytest.mark.parametrize(
    ("part", "record", "expected"),
    [
        ("volumes", {"space": {"size": 200, "used": 150}}, 0.75),
        ("luns", {"space": {"size": "200", "used": "50.0"}}, 0.25),
        ("clusters", {"storage_capacity": {"total": 4, "used": 4}}, 1.0),
        ("aggregates", {"space": {"block_storage": {"size": 4, "used": 0}, "efficiency": {}}}, 0.0),
        ("volumes", {"space": {"size": 100, "used": 130}}, 1.3),
        ("volumes", {"space": {"size": 0, "used": 0}}, None),
        ("volumes", {"space": {"size": 200}}, None),
        ("volumes", {"space": {"used": 200}}, None),
        ("volumes", {"space": {"size": "?", "used": 1}}, None),
        ("volumes", {"space": None}, None),
        ("volumes", {}, None),
        ("aggregates", {"space": {"block_storage": None}}, None),
        ("aggregates", {"space": 3}, None),
    ],
)
def test_how_full_an_object_is(part, record, expected):
    assert datacenter.fullness(datacenter.SUBSETS[part], record) == expected


def test_the_fullest_come_first_and_the_others_are_not_kept():
    def volumes():
        for number in range(1000):
            yield {"name": str(number), "space": {"size": 1000, "used": number * 7 % 1000}}
        yield {"name": "of unknown size", "space": {}}

    found = datacenter.the_fullest(datacenter.SUBSETS["volumes"], volumes(), 3)
    assert [one["space"]["used"] for one in found] == [999, 998, 997]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"fullest": 0}, "fullest: 0 is not a number of objects over 0."),
        ({"fullest": 3, "limit": 3}, "leave limit out"),
        ({"fullest": 3, "order_by": "name"}, "leave order_by out"),
    ],
)
def test_what_the_fullest_are_not_asked_for_with(options, says):
    with pytest.raises(BadInput, match=says):
        datacenter.fullest_of(desired("volumes", **options))


def test_parts_without_space_have_no_fullest():
    with pytest.raises(BadInput, match=r"igroups have no space .* clusters, aggregates, volumes, luns"):
        datacenter.fullest_of(desired("volumes", "igroups", fullest=3))
    assert datacenter.fullest_of(desired("igroups")) is None
    assert datacenter.fullest_of(desired("luns", fullest=3)) == 3
