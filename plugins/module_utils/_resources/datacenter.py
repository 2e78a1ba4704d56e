# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory: what it is made of, and how it is listed (docs/facts/server.md, 2.5 and 7).

Private to this collection.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Any, NamedTuple

from .._base.errors import BadInput
from .._base.lenient import number
from .._base.names import by, checked_name, object_type
from .._model.listing import LIST_ARGUMENTS, own_filters
from .._model.resource import Params, Record


class Subset(NamedTuple):
    """One part of the inventory.

    :param key_type: the ``type`` in the keys of its objects
    :param in_svm: its objects lie on an SVM
    :param measured: the server measures their performance
    :param on_node: its objects refer to the node that they lie on
    :param space: where its objects say how full they are: the fields that lead there, and those of the size and of what
        is used, in bytes; empty where they have no space
    """

    title: str
    collection: str
    key_type: str
    in_svm: bool = False
    measured: bool = False
    on_node: bool = False
    space: tuple[str, ...] = ()


SPACE = ("space", "size", "used")
SUBSETS = {
    "clusters": Subset(
        "cluster",
        "/datacenter/cluster/clusters",
        "cluster",
        measured=True,
        space=("storage_capacity", "total", "used"),
    ),
    "nodes": Subset("node", "/datacenter/cluster/nodes", "cluster_node", measured=True),
    "licenses": Subset("license", "/datacenter/cluster/licensing/licenses", "license"),
    "aggregates": Subset(
        "aggregate",
        "/datacenter/storage/aggregates",
        "aggregate",
        measured=True,
        on_node=True,
        space=("space", "block_storage", "size", "used"),
    ),
    "volumes": Subset("volume", "/datacenter/storage/volumes", "volume", True, True, space=SPACE),
    "luns": Subset("LUN", "/datacenter/storage/luns", "lun", True, True, space=SPACE),
    "qtrees": Subset("qtree", "/datacenter/storage/qtrees", "qtree", True),
    "qos_policies": Subset("QoS policy", "/datacenter/storage/qos/policies", "qos_policy_group", True),
    "cifs_shares": Subset("CIFS share", "/datacenter/protocols/cifs/shares", "cifs_share", True),
    "export_policies": Subset("export policy", "/datacenter/protocols/nfs/export-policies", "export_policy", True),
    "svms": Subset("SVM", "/datacenter/svm/svms", "vserver", measured=True),
    "igroups": Subset("igroup", "/datacenter/protocols/san/igroups", "igroup", True),
    "ethernet_ports": Subset("Ethernet port", "/datacenter/network/ethernet/ports", "network_port", False, True, True),
    "fc_ports": Subset("FC port", "/datacenter/network/fc/ports", "fcp_port", False, True, True),
    "ip_interfaces": Subset("IP interface", "/datacenter/network/ip/interfaces", "network_lif", True, True),
    "fc_interfaces": Subset("FC interface", "/datacenter/network/fc/interfaces", "fcp_lif", True, True),
}
SPELLINGS = {"fc_port": "fcp_port"}  # docs/facts/server.md, 7
ARGUMENTS = {
    "subsets": {
        "type": "list",
        "elements": "str",
        "choices": list(SUBSETS),
        "default": [],
        "aliases": ["gather_subset"],
    },
    "keys": {"type": "list", "elements": "str", "default": [], "no_log": False},
    "cluster": {"type": "str"},
    "svm": {"type": "str"},
    "fullest": {"type": "int"},
    **LIST_ARGUMENTS,
}


def queries(params: Params) -> dict[str, Record]:
    """The query of each subset that is asked for.

    :raises BadInput: filters of a subset that is not asked for, or nothing is asked for
    """
    if not params["subsets"] and not params["keys"]:
        raise BadInput("Give subsets to list, or keys of single objects.")
    filters = params["filters"] or {}
    unknown = sorted(set(filters) - set(params["subsets"]))
    if unknown:
        raise BadInput(f"filters: {unknown[0]} is not among the subsets; filters are given by subset.")
    found = {}
    for name in dict.fromkeys(params["subsets"]):
        own = filters.get(name) or {}
        if not isinstance(own, dict):
            raise BadInput(f"filters.{name}: give filters with their values, like svm.name: svm1.")
        query = {**_scope(SUBSETS[name], name, params), **own_filters(own, f"filters.{name}")}
        found[name] = {**query, **({"order_by": params["order_by"]} if params["order_by"] else {})}
    return found


def _scope(subset: Subset, name: str, params: Params) -> Record:
    """The filters for one cluster or SVM; a subset that lies on none is not limited by it."""
    query: Record = {}
    if params["svm"] is not None and (subset.in_svm or name == "svms"):
        query.update(_place("svm", subset, params["svm"]))
    if params["cluster"] is not None:
        query.update(_place("cluster", subset, params["cluster"]))
    return query


def _place(field: str, subset: Subset, desired: str) -> Record:
    filters = by(field, checked_name(desired, field))
    if subset.key_type == {"svm": "vserver", "cluster": "cluster"}[field]:
        return {name.partition(".")[2]: value for name, value in filters.items()}
    return filters


def subset_of(key: str) -> tuple[str, Subset]:
    """Which subset a key belongs to.

    :raises BadInput: to none
    """
    kind = object_type(key) or ""
    kind = SPELLINGS.get(kind, kind)
    for name, subset in SUBSETS.items():
        if subset.key_type == kind:
            return name, subset
    raise BadInput(f"keys: {key!r} is not a key of the inventory.")


def fullest_of(params: Params) -> int | None:
    """How many of the fullest objects are asked for; None for all objects.

    :raises BadInput: not a number of objects, or not beside what else is asked for
    """
    most = params["fullest"]
    if most is None:
        return None
    if most < 1:
        raise BadInput(f"fullest: {most} is not a number of objects over 0.")
    for option in ("order_by", "limit"):
        if params[option]:
            raise BadInput(f"fullest: the fullest come first, and no more of them; leave {option} out.")
    for name in params["subsets"]:
        if not SUBSETS[name].space:
            able = ", ".join(one for one, subset in SUBSETS.items() if subset.space)
            raise BadInput(f"fullest: {name} have no space that fills up; name only subsets among {able}.")
    return most


def fullness(subset: Subset, record: Record) -> float | None:
    """How much of an object is used, 1.0 if it is full; None where Unified Manager does not say.

    >>> fullness(SUBSETS["volumes"], {"space": {"size": 200, "used": 150}})
    0.75
    """
    *way, size, used = subset.space
    space: Any = record
    for name in way:
        space = space.get(name) if isinstance(space, dict) else None
    if not isinstance(space, dict):
        return None
    whole, part = number(space.get(size)), number(space.get(used))
    return part / whole if whole and part is not None and whole > 0 else None


def the_fullest(subset: Subset, records: Iterable[Record], most: int) -> list[Record]:
    """So many of the records, the fullest first; no more than that is kept while the others pass."""
    known = ((fullness(subset, record), record) for record in records)
    found = heapq.nlargest(most, (one for one in known if one[0] is not None), key=lambda one: one[0] or 0.0)
    return [record for _full, record in found]


def first(records: Any, limit: int | None) -> list[Record]:
    """As many as are wanted, and no page more than that needs."""
    found: list[Record] = []
    for record in records:
        found.append(record)
        if len(found) == limit:
            break
    return found
