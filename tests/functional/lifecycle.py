# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One step in the life of an object: predicted in check mode, done, and found done."""

from __future__ import annotations

from .conftest import requests_among


def equal_where_predicted(predicted, real):
    """Whether every field of a prediction is in the later record; what UM only then knows may be more."""
    if isinstance(predicted, dict):
        return isinstance(real, dict) and all(equal_where_predicted(predicted[k], real.get(k)) for k in predicted)
    if isinstance(predicted, list):
        return len(predicted) == len(real) and all(map(equal_where_predicted, predicted, real))
    return predicted == real


def control(method, name, body=None):
    """A task that steers the simulator; see simulator.launch."""
    return {"simulator": {"method": method, "name": name, "body": body}}


def run_thrice(um, play, task, before=(), after=()):
    """Run ``before``; then ``task`` in check mode while writes are forbidden, for real, and again; then ``after``.

    All that in one play. No write reaches the server in check mode, and no control of it fails.

    :returns: the play; and the results of the check, of the real run, of the second run and of those ``after``
    """
    played = play(
        *before,
        control("DELETE", "exchanges"),
        control("POST", "forbid-writes", {"forbid": True}),
        {**task, "check_mode": True},
        control("GET", "exchanges"),
        control("POST", "forbid-writes", {"forbid": False}),
        task,
        task,
        *after,
        options=["--diff"],
    )
    cleared, forbidden, check, seen, allowed, real, again, *rest = played.results[len(before) :]
    for controlled in (*played.results[: len(before)], cleared, forbidden, seen, allowed):
        assert not controlled["failed"], played.output
    assert [one for one in requests_among(seen["answer"]["exchanges"]) if one[0] != "GET"] == []
    assert (forbidden["answer"]["forbid"], allowed["answer"]["forbidden_writes"]) == (True, 0)
    return played, (check, real, again, *rest)


def take_step(um, play, before, task, writes=1):
    """The result of check mode is the one of the real run, and a second run changes nothing; see run_thrice.

    :param task: of one module, whose noun is the key of the record in its result
    :param writes: how many the server may see
    :returns: the results of the check, of the real run and of the second run
    """
    noun = next(iter(task)).rpartition(".")[2]
    done, (check, real, again) = run_thrice(um, play, task, before)
    assert (real["changed"], real["outcome"]) == (True, "changed"), done.output
    assert (check["changed"], check["outcome"], check["jobs"]) == (True, "changed", [])
    assert check["diff"] == real["diff"]
    assert equal_where_predicted(check[noun], real[noun]), (check[noun], real[noun])
    assert (again["changed"], again["outcome"], again["jobs"]) == (False, "unchanged", [])
    assert again["diff"] == {"before": {}, "after": {}}
    assert len(um.writes()) == writes
    return check, real, again
