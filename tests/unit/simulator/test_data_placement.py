# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a workload would best be placed: within what, by which criteria, and what a real client reads of it."""

from __future__ import annotations

import itertools

import pytest

from tests.simulator import paths
from tests.simulator.errors import Refusal
from tests.simulator.resources.data_placement import (
    BALANCE,
    LESS_IS_BETTER,
    LITERAL,
    NORMALIZED,
    PLACEMENT,
    PRIORITIES,
    RANK,
    measures,
    scores,
    weights_of,
)

from .um import UM


def balanced(um, **body):
    """(key, score) of each aggregate in the answer, as OpenStack Manila's weigher reads it (5.9)."""
    status, answer = um.ask("POST", BALANCE, {"capacity": "1GB", "opt_method": 0, "separate_flag": False, **body})
    assert status == 200, answer
    return [(one["key"], one["scores"]["total_weighted_score"]) for one in answer]


def test_balance_is_a_list_by_default_and_plain_placement_one_aggregate():
    um = UM()
    assert len(balanced(um)) > 3
    status, best = um.ask("POST", PLACEMENT, {"capacity": "1G"})
    assert (status, best["key"]) == (202, balanced(um)[0][0])


@pytest.mark.parametrize(
    ("switch", "plain", "balance"), [("balance_list", 202, 200), ("document", 202, 202), ("list", 200, 200)]
)
def test_the_switch(switch, plain, balance):
    um = UM(data_placement=switch)
    assert (um.ask("POST", PLACEMENT, {"capacity": "1G"})[0], um.ask("POST", BALANCE, {})[0]) == (plain, balance)


def test_scores_fall_and_have_a_decimal_point():
    ranked = balanced(UM())
    assert [score for _key, score in ranked] == sorted((score for _key, score in ranked), reverse=True)
    assert all(isinstance(score, float) for _key, score in ranked)


@pytest.mark.parametrize("first", PRIORITIES)
def test_the_first_of_the_order_decides_most(first):
    um = UM()
    rest = [name for name in PRIORITIES if name != first]
    best = dict(balanced(um, priority_order=[first, *rest]))
    last = dict(balanced(um, priority_order=[*rest, first]))
    world = um.world
    table = {key: measures(world, world.record(paths.AGGREGATES, key))[first] for key in best}
    leader = min(table, key=table.get) if first in LESS_IS_BETTER else max(table, key=table.get)
    assert best[leader] > last[leader]


def test_different_orders_rank_differently():
    um = UM()
    orders = {
        tuple(key for key, _score in balanced(um, priority_order=list(one)))
        for one in itertools.permutations(PRIORITIES)
    }
    assert len(orders) > 3


def test_three_that_agree_in_everything_score_as_a_real_server_scored_them():
    found = [{"volume_count": 3.0 - n, "size": 1.0 + n, "latency": 3.0 - n, "ops": 1.0 + n} for n in range(3)]
    assert scores(found, weights_of(list(PRIORITIES)), RANK) == [10.0, 20.0, 30.0]
    assert scores(found, weights_of(list(PRIORITIES)), NORMALIZED) == [0.0, 0.5, 1.0]


def test_literal_scores_are_what_was_measured():
    found = [{"volume_count": 2.0, "size": 10.0, "latency": 4.0, "ops": 50.0}]
    assert scores(found, weights_of([":".join(PRIORITIES)]), LITERAL) == [(-2 + 10 - 4 + 50) / 4]


def test_weights():
    assert weights_of(["size", "ops", "latency", "volume_count"]) == {
        "size": 0.4,
        "ops": 0.3,
        "latency": 0.2,
        "volume_count": 0.1,
    }
    shared = weights_of(["latency:ops", "size:volume_count"])
    assert shared["latency"] == shared["ops"] == 2 * shared["size"]


@pytest.mark.parametrize("order", [["size"], ["size", "size", "latency", "ops"], ["a:b:c:d"], ["size:ops", "latency"]])
def test_an_order_names_each_criterion_once(order):
    with pytest.raises(Refusal):
        weights_of(order)


@pytest.mark.parametrize("svm", ["svm1", "svm2", "svm_nas", "svm_fas", "svm_asa"])
def test_placement_within_an_svm(svm):
    um = UM()
    (found,) = um.world.table(paths.SVMS).find("name", svm)
    keys = {one["key"] for one in found["aggregates"]}
    ranked = balanced(um, resource_keys=[found["key"]], capacity="1M")
    assert {key for key, _score in ranked} == keys
    assert ranked


def test_an_svm_without_aggregates_of_its_own_has_those_of_its_cluster():
    um = UM()
    svm = um.world.table(paths.SVMS).edit(um.key(paths.SVMS, "svm1"))
    um.world.table(paths.SVMS).put({**svm, "aggregates": []})
    cluster = balanced(um, resource_keys=[svm["cluster"]["key"]])
    assert balanced(um, resource_keys=[svm["key"]]) == cluster
    assert cluster


@pytest.mark.parametrize("path", [paths.AGGREGATES, paths.NODES, paths.CLUSTERS])
def test_placement_within_other_objects(path):
    um = UM()
    record = next(iter(um.world.table(path).values()))
    for key, _score in balanced(um, resource_keys=[record["key"]], capacity="1M"):
        aggregate = um.world.record(paths.AGGREGATES, key)
        assert record["key"] in (key, aggregate["node"]["key"], aggregate["cluster"]["key"])


def test_several_keys_mean_the_sum_of_them():
    um = UM()
    one, other = um.key(paths.AGGREGATES, "aggr1"), um.key(paths.AGGREGATES, "aggr2")
    assert {key for key, _score in balanced(um, resource_keys=[one, other])} == {one, other}


def test_a_key_that_belongs_to_nothing_is_refused():
    um = UM()
    volume = next(iter(um.world.table(paths.VOLUMES).values()))["key"]
    for key in ("no:such=key", volume):
        assert um.refused("POST", BALANCE, {"resource_keys": [key]}) == (400, "resource_keys")


def test_raw_statistics():
    um = UM()
    status, answer = um.ask("POST", BALANCE, {"separate_flag": True, "eval_method": 2})
    assert status == 200
    assert all(len(numbers) == len(PRIORITIES) for numbers in answer.values())
    assert um.refused("POST", BALANCE, {"separate_flag": True}) == (400, "separate_flag")
    assert um.refused("POST", BALANCE, {"opt_method": 1}) == (400, "opt_method")


def test_nothing_has_room():
    um = UM()
    assert balanced(um, capacity="900P") == []
    assert um.refused("POST", PLACEMENT, {"capacity": "900P"}) == (400, "capacity")
