# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""``from_name`` takes a name or a key in every module that has it, and deletes nothing."""

from __future__ import annotations

import pytest

from .test_alert_lifecycle import NEW as ALERT
from .test_igroup_lifecycle import NEW as IGROUP
from .test_policy_lifecycle import LEVEL, POLICY
from .test_svm_lifecycle import NEW as SVM

NOUNS = {
    "alert": (ALERT, {}),
    "igroup": (IGROUP, {"svm": "svm1"}),
    "performance_service_level": (LEVEL, {}),
    "storage_efficiency_policy": (POLICY, {}),
    "svm": (SVM, {"cluster": "cluster1"}),
}


@pytest.mark.parametrize("way", ["name", "key"])
@pytest.mark.parametrize("noun", NOUNS)
def test_it_is_renamed_once_and_kept_when_the_new_name_shall_be_absent(um, play, noun, way):
    settings, where = NOUNS[noun]

    def task(name, **options):
        return {f"aiqum.unified_manager.{noun}": {"name": name, **where, **options}}

    made, kept = play(task("old", **settings), task("new", from_name="old", state="absent")).results
    assert (made["outcome"], kept["outcome"]) == ("changed", "unchanged")
    um.forget_requests()
    rename = task("new", from_name=made[noun][way])
    check, real, again = play({**rename, "check_mode": True}, rename, rename, options=["--diff"]).results
    assert [result["outcome"] for result in (check, real, again)] == ["changed", "changed", "unchanged"]
    assert check["diff"] == real["diff"] == {"before": {"name": "old"}, "after": {"name": "new"}}
    assert [result[noun]["name"] for result in (check, real, again)] == ["new"] * 3
    assert real[noun]["key"] == made[noun]["key"]
    assert len(um.writes()) == 1
