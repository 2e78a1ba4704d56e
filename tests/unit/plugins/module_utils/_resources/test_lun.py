# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUN: options, comparison, plans and predictions, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import lun

C = "11111111-2222-3333-4444-555555555555"
LUN_KEY = f"{C}:type=lun,uuid=aaaaaaaa-2222-3333-4444-555555555555"
SVM_KEY = f"{C}:type=vserver,uuid=bbbbbbbb-2222-3333-4444-555555555555"
IGROUP_KEY = f"{C}:type=igroup,uuid=cccccccc-2222-3333-4444-555555555555"
PSL_KEY = "dddddddd-2222-3333-4444-555555555555"
GIB = 1024**3
RECORD = {
    "key": LUN_KEY,
    "name": "/vol/vol1/lun1",
    "svm": {"key": SVM_KEY, "name": "svm1"},
    "cluster": {"key": f"{C}:type=cluster,uuid={C}", "name": "cluster1"},
    "volume": {"key": f"{C}:type=volume,uuid=eeeeeeee-2222-3333-4444-555555555555", "name": "vol1"},
    "space": {"size": 10 * GIB},
    "os_type": "linux",
    "assigned_performance_service_level": {"key": PSL_KEY, "name": "Value", "peak_iops": 75},
    "assigned_storage_efficiency_policy": {"key": None, "name": "Unassigned"},
    "lun_maps": [{"igroup": {"key": IGROUP_KEY, "name": "ig1"}, "logical_unit_number": 3}],
    "operational_state": "online",
}
NEW = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}


def desired(**options):
    params = dict.fromkeys(lun.ARGUMENTS)
    params.update({"name": "lun1", "state": "present", **options})
    return lun.desired(params)


def plan(*before, **options):
    """The plan from RECORD, or from what is given instead: a record, or None for no such LUN."""
    (record,) = before or (RECORD,)
    return list(lun.plan(None if record is None else lun.current(record), desired(**options)))


def bodies(operations):
    return [(operation.purpose, operation.verb, operation.body) for operation in operations]


PSL = kinds.PERFORMANCE_SERVICE_LEVEL
SCOPE = (("svm", SVM_KEY),)


@pytest.mark.parametrize(
    ("options", "operations"),
    [
        ({}, []),
        (NEW, []),
        ({"size": str(10 * GIB - 5)}, []),
        ({"performance_service_level": PSL_KEY.upper()}, []),
        ({"aggregate": "other", "volume_name_tag": "tag"}, []),
        ({"lun_maps": [{"igroup": "ig1", "logical_unit_number": None}]}, []),
        ({"lun_maps": [{"igroup": IGROUP_KEY, "logical_unit_number": 3}]}, []),
        ({"operational_state": "online"}, []),
        ({"size": "20G"}, [("size", "PATCH", {"space": {"size": 20 * GIB}})]),
        (
            {"performance_service_level": "Extreme"},
            [
                (
                    "performance_service_level",
                    "PATCH",
                    {"performance_service_level": Reference(PSL, "Extreme", "performance_service_level")},
                )
            ],
        ),
        (
            {"performance_service_level": "Unassigned"},
            [("performance_service_level", "PATCH", {"performance_service_level": {"key": "Unassigned"}})],
        ),
        (
            {"storage_efficiency_policy": "High"},
            [
                (
                    "storage_efficiency_policy",
                    "PATCH",
                    {
                        "storage_efficiency_policy": Reference(
                            kinds.STORAGE_EFFICIENCY_POLICY, "High", "storage_efficiency_policy"
                        )
                    },
                )
            ],
        ),
        ({"lun_maps": []}, [("lun_maps", "PATCH", {"lun_maps": []})]),
        (
            {"lun_maps": [{"igroup": "ig1", "logical_unit_number": None}, {"igroup": "ig2", "logical_unit_number": 9}]},
            [
                (
                    "lun_maps",
                    "PATCH",
                    {
                        "lun_maps": [
                            {
                                "igroup": Reference(kinds.IGROUP, "ig1", "lun_maps.igroup", SCOPE),
                                "logical_unit_number": 3,
                            },
                            {
                                "igroup": Reference(kinds.IGROUP, "ig2", "lun_maps.igroup", SCOPE),
                                "logical_unit_number": 9,
                            },
                        ]
                    },
                )
            ],
        ),
        (
            {"lun_maps": [{"igroup": "ig1", "logical_unit_number": 0}]},
            [
                (
                    "lun_maps",
                    "PATCH",
                    {
                        "lun_maps": [
                            {
                                "igroup": Reference(kinds.IGROUP, "ig1", "lun_maps.igroup", SCOPE),
                                "logical_unit_number": 0,
                            }
                        ]
                    },
                )
            ],
        ),
        (
            {"operational_state": "offline"},
            [("operational_state", "PATCH", {"operational_state": "offline"})],
        ),
        ({"state": "absent"}, [("delete", "DELETE", None)]),
    ],
)
def test_changes(options, operations):
    assert bodies(plan(**options)) == operations


@pytest.mark.parametrize("more", [[], [{"igroup": {"key": "k2", "name": "ig2"}}]])
def test_one_igroup_given_twice_is_never_as_wished(more):
    """So that its names are looked up, and it is refused."""
    record = {**RECORD, "lun_maps": [*RECORD["lun_maps"], *more]}
    twice = [{"igroup": "ig1"}, {"igroup": IGROUP_KEY}]
    assert [change.purpose for change in plan(record, lun_maps=twice)] == ["lun_maps"]


def test_several_changes_have_a_fixed_order():
    changes = plan(
        operational_state="offline",
        lun_maps=[],
        storage_efficiency_policy="Low",
        performance_service_level="Extreme",
        size="1TiB",
    )
    assert [change.purpose for change in changes] == [
        "size",
        "performance_service_level",
        "storage_efficiency_policy",
        "lun_maps",
        "operational_state",
    ]
    assert all(len(change.body) == 1 for change in changes)


def test_create_with_everything():
    (create,) = plan(
        None,
        **NEW,
        cluster="c1",
        aggregate="aggr1",
        volume_name_tag="tag",
        storage_efficiency_policy="High",
        lun_maps=[{"igroup": "ig1", "logical_unit_number": 4}],
    )
    assert create.verb == "POST"
    assert create.body == {
        "name": "lun1",
        "space": {"size": 10 * GIB},
        "os_type": "linux",
        "performance_service_level": Reference(PSL, "Value", "performance_service_level"),
        "storage_efficiency_policy": Reference(kinds.STORAGE_EFFICIENCY_POLICY, "High", "storage_efficiency_policy"),
        "svm": Reference(kinds.SVM, "svm1", "svm", (("cluster", "c1"),)),
        "aggregate": Reference(kinds.AGGREGATE, "aggr1", "aggregate", (("cluster", "c1"),)),
        "volume": {"name_tag": "tag"},
        "lun_maps": [
            {
                "igroup": Reference(kinds.IGROUP, "ig1", "lun_maps.igroup", (("svm", "svm1"), ("cluster", "c1"))),
                "logical_unit_number": 4,
            }
        ],
    }


def test_create_in_a_volume_leaves_the_svm_out():
    (create,) = plan(None, **{**NEW, "volume": "vol1"})
    assert create.body["volume"] == Reference(kinds.VOLUME, "vol1", "volume", (("svm", "svm1"),))
    assert "svm" not in create.body


def test_a_path_names_the_volume():
    (create,) = plan(None, **{**NEW, "svm": None, "name": "/vol/vol1/lun1"})
    assert (create.body["name"], create.body["volume"].name_or_key) == ("lun1", "vol1")


def test_create_offline_is_two_steps():
    assert [operation.purpose for operation in plan(None, **NEW, operational_state="offline")] == [
        "create",
        "operational_state",
    ]
    assert [operation.purpose for operation in plan(None, **NEW, operational_state="online")] == ["create"]


def test_the_diff_of_a_creation_leaves_the_state_to_its_own_step():
    create, offline = plan(None, **NEW, operational_state="offline")
    assert create.after == {"state": "present", "name": "lun1", **NEW}
    assert offline.after == {"operational_state": "offline"}


def test_absent_and_absent():
    assert plan(None, state="absent") == []


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (RECORD, {"size": "10 bananas"}, "'10 bananas' is not a size"),
        (RECORD, {"size": "9GiB"}, "9GiB is smaller than the LUN, which has 10GiB"),
        (RECORD, {"size": "-1"}, "is not a size"),
        (RECORD, {"size": "0"}, "out of range"),
        (RECORD, {"os_type": "windows"}, "has linux, and it cannot be changed to windows"),
        (RECORD, {"lun_maps": [{"igroup": "ig1", "logical_unit_number": 5000}]}, "5000 is out of range"),
        (RECORD, {"lun_maps": [{"igroup": "ig1", "logical_unit_number": -1}]}, "-1 is out of range"),
        (RECORD, {"lun_maps": [{"igroup": "ig1"}, {"igroup": "ig1"}]}, "igroup ig1 is named more than once"),
        (RECORD, {"storage_efficiency_policy": "Unassigned"}, "cannot remove a policy"),
        (RECORD, {"name": ""}, "must not be empty"),
        (RECORD, {"name": "a/b"}, "not a path like /vol"),
        (RECORD, {"name": "a\nb"}, "unprintable"),
        (RECORD, {"name": "what?"}, "no name in Unified Manager has"),
        (RECORD, {"name": SVM_KEY}, "not that of a LUN"),
        (RECORD, {"name": "/vol/vol2/lun1", "volume": "vol1"}, "lies in volume 'vol2'"),
        (RECORD, {"svm": ""}, "svm: a name must not be empty"),
        (None, {}, "also set size, os_type, performance_service_level and svm or volume"),
        (None, {**NEW, "performance_service_level": "Unassigned"}, "a new workload needs one"),
        (None, {**NEW, "name": LUN_KEY}, "no LUN has the key"),
        (
            None,
            {**NEW, "name": "/vol/vol1/q1/lun1"},
            "LUN /vol/vol1/q1/lun1 does not exist, and Unified Manager cannot create",
        ),
        (None, {**NEW, "name": "/vol/vol1/q1/x/lun1"}, "not a path like /vol"),
        (None, {**NEW, "volume": "vol1", "aggregate": "aggr1"}, "aggregate: it is for a volume that Unified Manager"),
        (None, {**NEW, "name": "/vol/vol1/lun1", "volume_name_tag": "t"}, "volume_name_tag: it is for a volume"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput, match=r"\S") as error:
        plan(record, **options)
    assert words in error.value.message


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({}, {"name": "*/lun1"}),
        ({"svm": "svm1", "cluster": "c1"}, {"name": "*/lun1", "svm.name": "svm1", "cluster.name": "c1"}),
        ({"svm": SVM_KEY, "volume": "v"}, {"name": "*/lun1", "svm.key": SVM_KEY, "volume.name": "v"}),
        ({"name": "a*b", "svm": "s|t"}, {"svm.name": '"s|t"'}),
        ({"name": "/vol/v/q/l"}, {"name": "/vol/v/q/l", "volume.name": "v"}),
    ],
)
def test_find(options, query):
    finding = lun.find(desired(**options))
    assert (finding.collection, finding.query) == ("/storage-provider/luns", query)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, True),
        ({"svm": "svm1", "cluster": "cluster1", "volume": "vol1"}, True),
        ({"svm": SVM_KEY.upper()}, True),
        ({"name": "LUN1"}, False),
        ({"name": "un1"}, False),
        ({"svm": "SVM1"}, False),
        ({"cluster": "other"}, False),
        ({"name": "/vol/vol2/lun1"}, False),
        ({"name": "/vol/vol1/lun1"}, True),
        ({"name": "/vol/vol1/q1/lun1"}, False),
    ],
)
def test_a_listed_record_is_checked_exactly(options, found):
    assert lun.find(desired(**options)).matches(RECORD) is found


def test_a_path_in_a_qtree_means_only_the_lun_there():
    in_qtree = {**RECORD, "name": "/vol/vol1/q1/lun1"}
    assert lun.find(desired(name="/vol/vol1/q1/lun1")).matches(in_qtree)
    assert not lun.find(desired(name="/vol/vol1/lun1")).matches(in_qtree)
    assert lun.find(desired(name="lun1")).matches(in_qtree)


def test_find_by_key():
    assert lun.find(desired(name=LUN_KEY)).key == LUN_KEY


@pytest.mark.parametrize(
    ("options", "read"),
    [
        ({}, []),
        ({"size": "1TiB", "performance_service_level": "Value"}, []),
        ({"os_type": "linux"}, ["/storage-provider/luns"]),
        ({"os_type": "linux", "lun_maps": []}, ["/storage-provider/luns"]),
        ({"operational_state": "online"}, ["/datacenter/storage/luns"]),
        ({"state": "absent", "os_type": "linux", "operational_state": "online"}, []),
        ({"state": "absent", "lun_maps": ["ig1"]}, []),
        ({"state": "absent", "lun_maps": []}, ["/storage-provider/luns"]),
    ],
)
def test_only_what_is_missing_is_read(options, read):
    asked = []
    lun.complete({}, desired(**options), lambda collection: asked.append(collection) or {})
    assert asked == read


def test_the_diff_shows_only_what_was_asked_for():
    size, level = plan(size="20GiB", performance_service_level="Extreme", os_type="linux")
    assert (size.before, size.after) == ({"size": "10GiB"}, {"size": "20GiB"})
    assert (level.before, level.after) == (
        {"performance_service_level": "Value"},
        {"performance_service_level": "Extreme"},
    )


def test_prediction_of_a_patch():
    record = lun.planned(RECORD, {"performance_service_level": {"key": "k", "name": "Extreme"}})
    assert record["assigned_performance_service_level"] == {"key": "k", "name": "Extreme"}
    assert "lun_maps" not in lun.planned(RECORD, {"lun_maps": []})


def test_prediction_of_a_creation():
    body = {"name": "lun1", "volume": {"key": "v", "name": "vol1"}, "space": {"size": GIB}, "os_type": "linux"}
    assert lun.planned({}, body) == {"name": "/vol/vol1/lun1", "space": {"size": GIB}, "os_type": "linux"}


def test_a_mapped_lun_is_unmapped_before_it_is_deleted_where_that_is_asked_for():
    assert bodies(plan(state="absent", lun_maps=[])) == [
        ("lun_maps", "PATCH", {"lun_maps": []}),
        ("delete", "DELETE", None),
    ]
    assert bodies(plan({**RECORD, "lun_maps": []}, state="absent", lun_maps=[])) == [("delete", "DELETE", None)]
    assert plan(None, state="absent", lun_maps=[]) == []
    (deletion,) = plan(state="absent")
    assert "lun_maps: []" in deletion.advice


@pytest.mark.parametrize(
    ("maps", "words"),
    [
        ([{"igrop": "ig1"}], "entry 1 has igrop; only igroup and logical_unit_number are allowed"),
        (["ig1", {"logical_unit_number": 1}], "entry 2 has no igroup"),
        ([["ig1"]], "entry 1 is ['ig1']"),
        ([{"igroup": "ig1", "logical_unit_number": "x"}], "x is out of range"),
        (["ig1", "ig1"], "igroup ig1 is named more than once"),
    ],
)
def test_maps_are_checked_although_their_names_may_stand_alone(maps, words):
    with pytest.raises(BadInput) as caught:
        plan(lun_maps=maps)
    assert words in caught.value.message


@pytest.mark.parametrize(
    "maps",
    [["ig1"], [{"igroup": "ig1", "logical_unit_number": "3"}], ["igroup=ig1 logical_unit_number=3"], [IGROUP_KEY]],
)
def test_a_map_may_be_a_plain_name(maps):
    assert plan(lun_maps=maps) == []


@pytest.mark.parametrize(
    ("size", "asked", "planned"),
    [
        (107374182401, "100GiB", []),
        (100 * GIB + 1024**2 - 1, "100GiB", []),
        (100 * GIB, "107374182401", ["size"]),
        (107374182401, "107374182401", []),
        (None, "100GiB", ["size"]),
    ],
)
def test_less_than_the_mib_that_um_counts_in_is_no_difference(size, asked, planned):
    record = {**RECORD, "space": {"size": size}}
    assert [operation.purpose for operation in plan(record, size=asked)] == planned
