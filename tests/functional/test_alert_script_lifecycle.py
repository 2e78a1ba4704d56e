# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A script is uploaded as a file; what the server answers does not matter, and nothing is uploaded twice."""

from __future__ import annotations

import pytest

from .lifecycle import equal_where_predicted, run_thrice

SCRIPTS = "/management-server/scripts"
SECRET = "#!/bin/sh\nexport PASSWORD=sesame-0pen\n"


def script(**options):
    return {"aiqum.unified_manager.alert_script": options}


def info(**options):
    return {"aiqum.unified_manager.alert_script_info": options}


@pytest.mark.parametrize("answer", ["", '{"key": "x"}', "Uploaded."])
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, tmp_path, answer):
    """What an upload is answered with is unknown (docs/facts/server.md, 5.6)."""
    path = tmp_path / "fix é.sh"
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    desired = script(src=str(path), description="Fixes it - naïvely.")
    if answer:
        um.fault(kind="status", status=200, process=True, body="literal", literal=answer, method="POST", path=SCRIPTS)
    check, real, again, read = run_thrice(um, play, desired, after=[info(name="fix é.sh")])[1]
    assert (check["changed"], check["outcome"]) == (real["changed"], real["outcome"]) == (True, "changed")
    assert check["diff"] == real["diff"]
    assert equal_where_predicted(check["alert_script"], real["alert_script"])
    assert (real["alert_script"]["name"], real["alert_script"]["description"]) == ("fix é.sh", "Fixes it - naïvely.")
    assert (again["changed"], again["outcome"], again["alert_script"]) == (False, "unchanged", real["alert_script"])
    assert read["alert_scripts"] == [real["alert_script"]]
    assert um.writes() == [("POST", SCRIPTS)]


def test_content_is_uploaded_run_by_an_alert_and_shown_nowhere(um, play):
    um.fault(kind="status", status=400, body="literal", literal=SECRET, method="POST", path=SCRIPTS)
    desired = {"name": "b.sh", "content": SECRET}
    ran = play(
        script(**desired),
        script(**desired),
        {"aiqum.unified_manager.alert": {"name": "Everything critical", "script": "b.sh"}},
        info(order_by="name", limit=1),
        options=["-vvvv", "--diff"],
    )
    assert [result["failed"] for result in ran.results] == [True, False, False, False]
    made = ran.results[1]["alert_script"]
    assert ran.results[2]["alert"]["action"]["script"] == {"key": made["key"], "name": "b.sh"}
    assert ran.results[3]["alert_scripts"] == [made]
    assert SECRET.strip() not in ran.output
    assert "sesame-0pen" not in str(ran.results[1:])
    assert play(info(name=made["key"]), script(name=made["key"])).results[0]["alert_scripts"] == [made]


def test_what_cannot_be_done_is_refused_before_anything_is_sent(um, here):
    results = here(
        script(name="page_oncall.sh", description="another"),
        script(name="no_such.sh"),
        script(name="a.sh", state="absent"),
        script(src="/nowhere/a.sh"),
    ).results
    words = (
        "cannot change or delete",
        "also set src or content",
        "state: 'absent' is not one of its values; give present",
        "script: src: /nowhere/a.sh cannot be read",
    )
    for result, word in zip(results, words, strict=True):
        assert (result["failed"], word in result["msg"]) == (True, True), result["msg"]
    assert um.writes() == []


@pytest.mark.parametrize("kind", ["reset_after", "reset_before"])
def test_a_lost_answer_is_not_sent_again(um, here, kind):
    """Nor is a script of that name taken for the one that was sent: what is in it is not shown."""
    um.fault(kind=kind, method="POST", path=SCRIPTS)
    result = here(script(name="a.sh", content="#!/bin/sh")).results[0]
    assert len(um.writes()) == 1
    assert (result["failed"], result["outcome"]) == (True, "unknown")
    assert "does not show content" in result["msg"]


def test_ums_refusal_is_told(um, here):
    um.set(script_upload=False)
    refused = here(script(name="a.sh", content="#!/bin/sh")).results[0]
    assert (refused["failed"], refused["changed"], refused["error"]["code"]) == (True, False, "disabled")
