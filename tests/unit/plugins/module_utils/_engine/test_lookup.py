# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names into keys: one GET per kind, exact, unambiguous."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, Missing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.lookup import Lookup, Promised
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Finding, Reference

C = "11111111-2222-3333-4444-555555555555"
SVM_KEY = f"{C}:type=vserver,uuid={C}"
LEVEL_KEY = "dddddddd-2222-3333-4444-555555555555"


class Records:
    """A client whose collections hold these records, whatever the query."""

    def __init__(self, *records):
        self.found = records
        self.asked = []

    def records(self, collection, query=None, limit=None):
        self.asked.append((collection, dict(query)))
        return iter(self.found)


def igroup(name, svm="svm1", key=None):
    return {"name": name, "key": key or f"key of {name}", "svm": {"name": svm, "key": SVM_KEY}}


def reference(name, kind=kinds.IGROUP, svm="svm1"):
    return Reference(kind, name, "lun_maps.igroup", (("svm", svm),) if svm else ())


def test_several_names_of_a_kind_are_one_get():
    client = Records(igroup("a", key="ka"), igroup("b", key="kb"), igroup("ab", key="kc"))
    lookup = Lookup(client)
    body = {"lun_maps": [{"igroup": reference("a")}, {"igroup": reference("b")}, {"igroup": reference("a")}]}
    lookup.resolve([body])
    lookup.resolve([body])
    assert client.asked == [("/datacenter/protocols/san/igroups", {"name": "a|b", "svm.name": "svm1"})]
    assert lookup.wire(body) == {"lun_maps": [{"igroup": {"key": key}} for key in ("ka", "kb", "ka")]}
    assert lookup.shown(body)["lun_maps"][0] == {"igroup": {"key": "ka", "name": "a"}}


def test_names_with_operators_and_other_scopes_stand_alone():
    client = Records(igroup("a"), igroup("b"), igroup("c*"), igroup("d", "svm2"))
    Lookup(client).resolve([[reference("a"), reference("b"), reference("c*"), reference("d", svm="svm2")]])
    assert [query["name"] for collection, query in client.asked] == ["a|b", '"c*"', "d"]


def test_keys_are_not_looked_up():
    client = Records()
    lookup = Lookup(client)
    body = {
        "svm": reference(SVM_KEY, kinds.SVM, None),
        "level": reference(LEVEL_KEY, kinds.PERFORMANCE_SERVICE_LEVEL, None),
    }
    lookup.resolve([body])
    assert client.asked == []
    assert lookup.wire(body) == {"svm": {"key": SVM_KEY}, "level": {"key": LEVEL_KEY}}
    assert lookup.shown(body)["svm"] == {"key": SVM_KEY}


def test_many_names_stay_below_the_length_of_a_url():
    names = [f"igroup-with-a-rather-long-name-{n:04}" for n in range(300)]
    client = Records(*map(igroup, names))
    Lookup(client).resolve([[reference(name) for name in names]])
    assert len(client.asked) == 4
    assert all(len(query["name"]) < 4000 for collection, query in client.asked)


def test_names_fill_a_query_to_the_last_character():
    """Each counts with what may stand around it, a bar and two quotes; the last of a query does not."""
    lengths = [497] * 5 + [500] + [497] * 5 + [500] + [497] * 5 + [501]
    names = [f"{number:02}".ljust(length, "x") for number, length in enumerate(lengths)]
    client = Records(*map(igroup, names))
    Lookup(client).resolve([[reference(name) for name in names]])
    parts = (names[:6], names[6:12], names[12:17], names[17:])
    assert [query["name"] for collection, query in client.asked] == ["|".join(part) for part in parts]


def test_what_was_found_is_not_looked_for_where_it_may_also_be_seen():
    kind = kinds.IGROUP._replace(seen_in=("/elsewhere", "igroup"))
    client = Records(igroup("a"), igroup("b"))
    Lookup(client).resolve([[reference("a", kind), reference("b", kind)]])
    assert [collection for collection, query in client.asked] == [kind.collection]


IGROUP_KEY = f"{C}:type=igroup,uuid={C}"


def test_one_object_under_two_names_is_refused():
    lookup = Lookup(Records(igroup("a", key=IGROUP_KEY), igroup("b")))
    both = [{"igroup": reference("a")}, {"igroup": reference(IGROUP_KEY)}]
    with pytest.raises(BadInput) as error:
        lookup.resolve([{"lun_maps": both}])
    assert error.value.message == f"lun_maps.igroup: 'a' and '{IGROUP_KEY}' are the same igroup; give it once."
    lookup.resolve(both)


@pytest.mark.parametrize(
    ("name_or_key", "records", "words"),
    [
        (reference("a"), [], "igroup 'a' does not exist in svm 'svm1'"),
        (reference("a"), [igroup("A"), igroup("aa")], "igroup 'a' does not exist"),
        (reference("a"), [igroup("a", "svm2")], "igroup 'a' does not exist in svm 'svm1'"),
        (
            reference("a", svm=None),
            [igroup("a"), igroup("a", "svm2")],
            "2 objects of kind igroup match 'a': a, svm svm1",
        ),
        (reference(SVM_KEY), [], "is a key of kind vserver; the name or key of a different kind, igroup, is needed"),
        (
            reference(LEVEL_KEY, kinds.SVM),
            [],
            "is a key of kind unknown; the name or key of a different kind, SVM, is needed",
        ),
        (reference("a?"), [], "no name in Unified Manager has"),
        (reference(""), [], "must not be empty"),
    ],
)
def test_refusals(name_or_key, records, words):
    with pytest.raises(BadInput) as error:
        Lookup(Records(*records)).resolve([name_or_key])
    assert error.value.message.startswith("lun_maps.igroup: ")
    assert words in error.value.message


class Growing:
    """A server that has no level at first."""

    def __init__(self):
        self.records_there = []

    def records(self, collection, query=None, limit=None):
        return iter(self.records_there)


def test_what_the_run_creates_can_be_referred_to_before_it_is_there():
    server = Growing()
    lookup = Lookup(server)
    body = {"level": Reference(kinds.PERFORMANCE_SERVICE_LEVEL, "Gold", "performance_service_level")}
    lookup.promise(kinds.PERFORMANCE_SERVICE_LEVEL.collection, "Gold")
    lookup.resolve([body])
    assert lookup.shown(body) == {"level": {"name": "Gold"}}
    with pytest.raises(Promised, match="Performance Service Level 'Gold' is not there yet"):
        lookup.wire(body)
    assert lookup.awaits(body)
    server.records_there = [{"key": "k1", "name": "Gold"}]
    assert lookup.wire(body) == {"level": {"key": "k1"}}
    assert not lookup.awaits(body)
    assert lookup.shown(body) == {"level": {"key": "k1", "name": "Gold"}}


def test_only_what_the_run_creates_is_awaited():
    """Not what UM makes of something else that is sent, nor what is there already."""
    lookup = Lookup(Growing())
    volume = Reference(kinds.VOLUME, "v", "volume", otherwise=(("name_tag", "v"),))
    key = Reference(kinds.PERFORMANCE_SERVICE_LEVEL, LEVEL_KEY, "level")
    lookup.promise(kinds.PERFORMANCE_SERVICE_LEVEL.collection, LEVEL_KEY)
    body = {"volume": volume, "level": key, "plain": {"name": "x"}}
    lookup.resolve([body])
    assert not lookup.awaits(body)
    lookup.promise_all(body)
    assert lookup.awaits(body)


def test_what_nobody_promised_is_missing():
    lookup = Lookup(Growing())
    lookup.promise(kinds.SVM.collection, "Gold")
    with pytest.raises(Missing):
        lookup.resolve([Reference(kinds.PERFORMANCE_SERVICE_LEVEL, "Gold", "performance_service_level")])


@pytest.mark.parametrize(("together", "found"), [(False, None), (True, 2)])
def test_two_objects_with_one_name_are_refused_unless_all_are_meant(together, found):
    client = Records(igroup("a", key="k1"), igroup("a", svm="svm2", key="k2"), igroup("b"))
    finding = Finding(
        collection="/igroups", query={"name": "a"}, matches=lambda record: record["name"] == "a", together=together
    )
    if found is None:
        with pytest.raises(BadInput, match=r"k1.*k2"):
            Lookup(client).record(finding, "igroup", "a")
    else:
        assert len(Lookup(client).record(finding, "igroup", "a")["records"]) == found


def test_one_of_a_list_is_found_by_its_exact_name():
    client = Records(igroup("a1"), igroup("a"))
    finding = Finding(collection="/igroups", query={"name": "a"}, matches=lambda record: record["name"] == "a")
    assert Lookup(client).record(finding, "igroup", "a")["key"] == "key of a"
    assert Lookup(Records(igroup("a1"))).record(finding, "igroup", "a") is None
    assert Lookup(Records(igroup("a1"))).record(finding._replace(together=True), "igroup", "a") is None


def test_what_is_not_found_is_looked_for_elsewhere():
    first = Finding(collection="/one", matches=lambda record: False)
    second = Finding(collection="/other", matches=lambda record: True)
    client = Records(igroup("a"))
    assert Lookup(client).record(first._replace(otherwise=second), "igroup", "a")["name"] == "a"
    assert [collection for collection, query in client.asked] == ["/one", "/other"]
