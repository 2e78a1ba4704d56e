# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metrics and analytics: what is asked of UM, and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import metrics

CLUSTER = "70567416-8e4c-56d2-b19e-e65ec518ff72"
SVM = f"{CLUSTER}:type=vserver,uuid={CLUSTER}"
NODE = f"{CLUSTER}:type=cluster_node,uuid={CLUSTER}"
FC_PORT = f'{CLUSTER}:type=fcp_port,cluster_node_uuid={CLUSTER},node_name="50:0a",port_name="50:0b",adapter=0a'


def desired(kind, **options):
    return {**dict.fromkeys(metrics.ARGUMENTS), "kind": kind, **options}


@pytest.mark.parametrize(
    ("options", "collection", "named_by_path", "scope"),
    [
        (desired("cluster", name="x"), "/datacenter/cluster/clusters", False, ()),
        (desired("node", name="x", cluster="c"), "/datacenter/cluster/nodes", False, (("cluster", "c"),)),
        (desired("aggregate", name="x", node="n"), "/datacenter/storage/aggregates", False, (("node", "n"),)),
        (
            desired("volume", name="x", cluster="c", svm="s"),
            "/datacenter/storage/volumes",
            False,
            (("svm", "s"), ("cluster", "c")),
        ),
        (desired("lun", name="/vol/v/x"), "/datacenter/storage/luns", True, ()),
        (desired("svm", name="x", interval="6m"), "/datacenter/svm/svms", False, ()),
        (desired("ethernet_port", name="x", node=NODE), "/datacenter/network/ethernet/ports", False, (("node", NODE),)),
        (desired("fc_port", name="x"), "/datacenter/network/fc/ports", False, ()),
        (desired("fc_port", name=FC_PORT), "/datacenter/network/fc/ports", False, ()),
        (desired("ip_interface", name="x", svm="s"), "/datacenter/network/ip/interfaces", False, (("svm", "s"),)),
        (desired("fc_interface", name="x"), "/datacenter/network/fc/interfaces", False, ()),
    ],
)
def test_one_object(options, collection, named_by_path, scope):
    subset, reference = metrics.measured(options)
    assert (subset.collection, reference.kind.collection) == (collection, collection)
    assert (reference.name_or_key, reference.scope) == (options["name"], scope)
    assert (reference.kind.key_type, reference.kind.named_by_path) == (subset.key_type, named_by_path)


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (desired("cluster"), {}),
        (desired("cluster", cluster="c*"), {"cluster.name": '"c*"'}),
        (desired("svm", svm=SVM, cluster="c"), {"svm.key": SVM, "cluster.name": "c"}),
        (desired("node", node="n"), {"node.name": "n"}),
        (desired("fc_port", node=NODE, limit=5), {"node.key": NODE, "max_records": 5}),
        (desired("volume", order_by="iops desc", limit=5000), {"order_by": "iops desc", "max_records": 1000}),
        (desired("lun", filters={"iops": ">50", "volume.name": "v"}), {"iops": ">50", "volume.name": "v"}),
    ],
)
def test_all_of_a_kind(options, query):
    assert metrics.measured(options)[1] is None
    assert metrics.analytics_query(options) == query


def ask(options):
    return metrics.measured(options), metrics.analytics_query(options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (desired("volume", name="x", node="n"), "node: no volume can be chosen by node"),
        (desired("aggregate", svm="s"), "svm: no aggregate can be chosen by svm"),
        (desired("cluster", name="x", cluster="c"), "cluster: no cluster can be chosen by cluster"),
        (desired("svm", name="x", svm="s"), "svm: no SVM can be chosen by svm"),
        (desired("node", name="x", node="n"), "node: no node can be chosen by node"),
        (desired("volume", interval="1h"), "interval: analytics are always of 72 hours"),
        (desired("volume", name="x", limit=3), "filters, order_by and limit are for all objects"),
        (desired("volume", name="x", order_by="iops"), "filters, order_by and limit are for all objects"),
        (desired("volume", name=""), "name: a name must not be empty"),
        (desired("volume", svm="a?b"), "svm: 'a?b' contains '?'"),
        (desired("volume", limit=0), "limit: 0 is not a number of records"),
        (desired("volume", filters={"offset": 1}), "filters: offset is not a filter"),
        (desired("volume", filters={"iops": [1]}), "filters.iops: give one value"),
    ],
)
def test_refusals(options, words):
    with pytest.raises(BadInput) as error:
        ask(options)
    assert words in error.value.message


@pytest.mark.parametrize(
    ("options", "there"),
    [
        (desired("volume"), True),
        (desired("volume", svm="svm1"), True),
        (desired("volume", svm="SVM1"), False),
        (desired("volume", svm=SVM, cluster="c"), True),
        (desired("node", node="n"), False),
    ],
)
def test_rows_that_are_meant(options, there):
    row = {"svm": {"name": "svm1", "key": SVM}, "cluster": {"name": "c"}, "iops": 1.0}
    assert metrics.is_there(options, row) is there


def test_the_interval_goes_along_when_it_is_given():
    assert metrics.metrics_query(desired("svm", interval="2d")) == {"interval": "2d"}
    assert metrics.metrics_query(desired("svm")) == {}
