# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One step in the life of an object: foreseen in check mode, done, and found done."""

from __future__ import annotations


def equal_where_predicted(predicted, real):
    """Whether every field of a prediction is in the later record; what UM only then knows may be more."""
    if isinstance(predicted, dict):
        return isinstance(real, dict) and all(equal_where_predicted(predicted[k], real.get(k)) for k in predicted)
    if isinstance(predicted, list):
        return len(predicted) == len(real) and all(map(equal_where_predicted, predicted, real))
    return predicted == real


def take_step(um, play, before, task, writes=1):
    """Run the tasks ``before``, then ``task`` in check mode while writes are forbidden, for real, and again.

    :param task: of one module, whose noun is the key of the record in its result
    :param writes: how many the server may see
    :returns: the results of the check, of the real run and of the second run
    """
    noun = next(iter(task)).rpartition(".")[2]
    if before:
        prepared = play(*before)
        assert not any(result["failed"] for result in prepared.results), prepared.output
    um.forget_requests()
    um.forbid_writes()
    check = play(task, options=["--check", "--diff"]).results[0]
    assert um.writes() == []
    um.forbid_writes(False)
    done = play(task, task, options=["--diff"])
    real, again = done.results
    assert (real["changed"], real["outcome"]) == (True, "changed"), done.output
    assert (check["changed"], check["outcome"], check["jobs"]) == (True, "changed", [])
    assert check["diff"] == real["diff"]
    assert equal_where_predicted(check[noun], real[noun]), (check[noun], real[noun])
    assert (again["changed"], again["outcome"], again["jobs"]) == (False, "unchanged", [])
    assert again["diff"] == {"before": {}, "after": {}}
    assert len(um.writes()) == writes
    return check, real, again
