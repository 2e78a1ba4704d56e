# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source on a fake clock: every event once, whatever happens to the server, the source and the clocks."""

from __future__ import annotations

import json
import stat

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, UMError
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils import _event_state

from .setting import Setting

SOME = 12  # polls: six minutes, more than the overlap and any lag here
TROUBLE = {
    "none": {},
    "lag": {"event_lag": 240.0},
    "duplicates on pages": {"event_duplicates": "pages"},
    "everything twice": {"event_duplicates": "twice"},
}


def in_order(setting):
    moments = [event["payload"]["change"]["timestamp"] for event in setting.delivered]
    return moments == sorted(moments)


def restart_nothing(setting):
    setting.poll()


def restart_the_server(setting):
    setting.stop_server()
    setting.poll(2)
    setting.happen()
    setting.start_server()


def restart_the_source(setting):
    setting.happen()
    setting.seconds += 1800
    setting.happen()
    setting.start()


def restart_both(setting):
    setting.stop_server()
    setting.poll()
    setting.happen()
    setting.start()
    setting.poll()
    setting.happen()
    setting.start_server()


@pytest.mark.parametrize("offset", [0, 600, -600], ids=["clock right", "clock ahead", "clock behind"])
@pytest.mark.parametrize("switches", TROUBLE.values(), ids=TROUBLE)
@pytest.mark.parametrize("restart", [restart_nothing, restart_the_server, restart_the_source, restart_both])
def test_each_event_comes_exactly_once(tmp_path, restart, switches, offset):
    setting = Setting(state_file=str(tmp_path / "state.json"))
    setting.set_clock(offset)
    setting.server.state.switches.set_all(switches)
    setting.poll()
    setting.happen()
    setting.poll(2)
    setting.happen()
    restart(setting)
    setting.happen()
    setting.poll(SOME)
    setting.check()


@pytest.mark.parametrize("offsets", [(0, 600), (0, -600), (600, 0), (-600, 600), (600, -600), (0, -86400), (0, -20000)])
@pytest.mark.parametrize("restart", [restart_nothing, restart_the_server, restart_the_source, restart_both])
def test_a_clock_that_is_set_loses_nothing(tmp_path, restart, offsets):
    before, after = offsets
    setting = Setting(state_file=str(tmp_path / "state.json"))
    setting.set_clock(before)
    setting.poll()
    setting.happen()
    setting.poll(SOME)
    setting.happen()
    setting.set_clock(after)
    setting.happen()
    restart(setting)
    setting.happen()
    setting.poll(SOME)
    setting.happen()
    setting.poll(SOME)
    setting.check()


@pytest.mark.parametrize("status", [500, 502, 503, 429, 404])
def test_refusals_that_pass_are_waited_for_and_told_once(status):
    setting = Setting()
    setting.poll()
    for _outage in range(2):
        setting.lines.clear()
        setting.server.instead = lambda method, path: (status, "{}")
        setting.poll(3)
        setting.happen()
        setting.start_server()
        setting.poll(3)
        assert len(setting.lines) == 1
        assert str(status) in setting.lines[0]
    setting.check()


def test_a_burst_is_delivered_in_order_and_once():
    setting = Setting()
    setting.poll()
    for _second in range(3):
        setting.happen(times=400)
    setting.poll(2)
    setting.check()
    assert in_order(setting)


def test_a_page_that_fails_in_the_middle_is_read_again_without_repeating_events():
    setting = Setting()
    setting.poll()
    setting.happen(times=1100)

    def second_page(method, path):
        return (400, "{}") if "offset" in path else None

    setting.server.instead = second_page
    setting.poll()
    assert 0 < len(setting.delivered) < 1100
    setting.start_server()
    setting.poll()
    setting.check()


def test_events_before_the_start_are_not_delivered():
    setting = Setting()
    setting.happen()
    setting.happen(age=7200)
    setting.start()
    setting.poll(SOME)
    assert setting.delivered == []
    setting.happen()
    setting.poll()
    assert setting.keys == setting.raised[-1:]


def test_a_source_that_starts_while_the_server_is_down_delivers_from_its_start_on():
    setting = Setting()
    setting.happen()
    setting.start()
    setting.stop_server()
    setting.seconds += 1
    setting.happen()
    setting.poll(10)
    setting.start_server()
    setting.poll(2)
    assert setting.keys == setting.raised[1:]


def test_all_begins_with_the_oldest():
    setting = Setting(start="all", changes=["new", "acknowledged", "resolved", "obsolete"])
    setting.happen()
    setting.poll(3)
    states = {event["payload"]["change"]["state"] for event in setting.delivered}
    assert states >= {"new", "acknowledged"}
    assert in_order(setting)
    identities = [(event["payload"]["key"], event["payload"]["change"]["state"]) for event in setting.delivered]
    assert len(identities) == len(set(identities)) > 5


@pytest.mark.parametrize("text", ["2027-01-15T08:00:00+00:00", "2027-01-15T09:00:00+01:00", "2027-01-15 08:00:00"])
def test_a_time_to_start_from(text):
    setting = Setting()
    setting.happen(age=60)
    setting.happen()  # a second after NOON, which is 2027-01-15T08:00:00Z
    setting.options["start"] = text
    setting.start()
    setting.poll(3)
    assert setting.keys == setting.raised[1:]


def test_only_the_changes_that_are_asked_for():
    setting = Setting(changes=["acknowledged", "resolved"])
    setting.poll()
    setting.happen()
    setting.poll()
    assert setting.delivered == []
    (key,) = setting.raised
    for state in ("acknowledged", "resolved", "obsolete"):
        setting.move(key=key, state=state, user="admin")
    setting.poll(3)
    assert [event["payload"]["change"]["state"] for event in setting.delivered] == ["acknowledged", "resolved"]
    assert {event["payload"]["key"] for event in setting.delivered} == {key}


def test_the_filters_of_event_info():
    setting = Setting(
        name="Volume Space Full", severity=["critical"], svm="svm1", filters={"impact.area": "capacity"}, origin=None
    )
    setting.poll()
    setting.happen(name="Volume Space Full", severity="critical", resource="vol_db")
    setting.happen(name="Volume Space Full", severity="warning", resource="vol_db")
    setting.happen(name="Volume Space Full Too", severity="critical", resource="vol_db")
    setting.happen(name="Volume Space Full", severity="critical", resource_type="cluster")
    setting.happen(name="Volume Space Full", severity="critical", resource="vol_db", area="security")
    setting.poll(2)
    assert setting.keys == setting.raised[:1]


@pytest.mark.parametrize("state_file", [True, False])
def test_an_idle_source_costs_one_request_for_each_interval(tmp_path, state_file):
    setting = Setting(state_file=str(tmp_path / "state.json") if state_file else None)
    setting.poll()
    setting.happen(times=1100)
    setting.poll(SOME)
    setting.server.sent.clear()
    setting.poll(20)
    since = setting.delivered[-1]["payload"]["change"]["timestamp"]
    query = [("history.state", "new"), ("history.timestamp", f">{since}")]
    query += [("order_by", "history.timestamp asc"), ("max_records", "1000")]
    assert [(sent.method, sent.path, sent.query) for sent in setting.server.sent] == 20 * [
        ("GET", "/api/v2/management-server/events", query)
    ]
    setting.check()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("answered", [True, False])
def test_a_refused_login_is_not_repeated(status, answered):
    setting = Setting()
    if answered:
        setting.poll()
    setting.server.sent.clear()
    setting.server.instead = lambda method, path: (status, "")
    with pytest.raises(UMError, match=str(status)):
        setting.poll()
    assert len(setting.server.sent) == 1


def test_a_wrong_password_is_sent_once():
    setting = Setting(password="wrong-password", start="all")
    with pytest.raises(UMError, match="401"):
        setting.poll()
    assert [sent.status for sent in setting.server.sent] == [401]


def test_a_request_that_is_refused_from_the_start_ends_the_source():
    setting = Setting()
    setting.server.instead = lambda method, path: (400, '{"error": {"message": "bad filter", "code": "1"}}')
    with pytest.raises(UMError, match="bad filter"):
        setting.poll()


def test_no_secret_is_told_or_delivered():
    setting = Setting()
    secret = setting.server.options["password"]
    setting.poll()
    setting.happen(cause=f"login with {secret}")
    setting.poll()
    setting.server.instead = lambda method, path: (500, f"<html>{secret}")
    setting.poll()
    assert secret not in json.dumps([setting.delivered, setting.lines])
    assert len(setting.lines) == 1


def test_what_a_filter_changes_in_one_event_is_not_changed_in_others():
    setting = Setting()
    setting.poll()
    setting.happen(times=2, resource="vol_home")
    setting.follower._deliver = lambda event: (setting.delivered.append(event), event["payload"]["cluster"].clear())
    setting.poll()
    setting.follower._deliver = setting.delivered.append
    setting.happen(resource="vol_home")
    setting.poll()
    assert [event["meta"]["hosts"] for event in setting.delivered] == ["svm_nas.cluster1"] * 3
    setting.check()


def test_a_bug_does_not_stop_the_events(monkeypatch):
    setting = Setting()
    setting.poll()
    with monkeypatch.context() as patch:
        patch.setattr(setting.follower, "_deliver", lambda event: 1 / 0)
        setting.happen()
        setting.poll(2)
    assert len(setting.lines) == 1
    assert "ZeroDivisionError" in setting.lines[0]
    setting.poll()
    setting.check()


def test_the_state_is_private_and_written_only_when_something_happened(tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    written = []
    replace = _event_state._replace
    monkeypatch.setattr(_event_state, "_replace", lambda *given: (written.append(given), replace(*given)))
    setting = Setting(state_file=str(path), overlap=30)
    setting.poll()
    setting.happen()
    setting.poll(5)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    before = len(written)
    setting.poll(5)
    assert len(written) == before
    setting.happen()
    setting.poll()
    assert len(written) > before
    assert path.read_text(encoding="utf-8") == written[-1][1]


def test_an_event_that_was_not_delivered_is_not_in_the_state(tmp_path):
    path = tmp_path / "state.json"
    setting = Setting(state_file=str(path))
    setting.poll()
    setting.happen(times=3)
    accepted = []

    def stop_after_two(event):
        if len(accepted) == 2:
            raise KeyboardInterrupt
        accepted.append(event)

    setting.follower._deliver = stop_after_two
    with pytest.raises(KeyboardInterrupt):
        setting.poll()
    setting.delivered += accepted
    setting.start()
    setting.poll(2)
    setting.check()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"server": "x"}', '{"server": 1, "seen": 5}', "\0"])
def test_a_state_that_cannot_be_read_is_an_error(tmp_path, content):
    path = tmp_path / "state.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="Remove it"):
        Setting(state_file=str(path))
    assert path.read_text(encoding="utf-8") == content


def test_a_state_of_another_server_is_an_error(tmp_path):
    path = tmp_path / "state.json"
    setting = Setting(state_file=str(path))
    setting.poll()
    setting.options["port"] = 8443
    with pytest.raises(BadInput, match="give each source its own file"):
        setting.start()


def test_a_state_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(BadInput, match="cannot be written"):
        Setting(state_file=str(tmp_path / "missing" / "state.json"), start="all")
    folder = tmp_path / "folder"
    folder.mkdir()
    setting = Setting(state_file=str(folder / "state.json"))
    setting.poll()
    (folder / "state.json").unlink()
    folder.rmdir()
    setting.happen()
    setting.poll(3)
    setting.check()
    assert len(setting.lines) == 1
    assert "come again after a restart" in setting.lines[0]


def test_a_server_that_does_not_tell_its_time(monkeypatch):
    setting = Setting()
    monkeypatch.setattr("tests.local.CaseInsensitiveDict", lambda headers: {})
    setting.poll()
    setting.happen()
    setting.poll(SOME)
    setting.check()


def test_the_event_is_what_event_info_returns():
    setting = Setting(server_name="berlin")
    setting.poll()
    setting.happen(name="Volume Space Nearly Full", resource="vol_home", cause="vol_home is at 96 %.")
    setting.poll()
    (event,) = setting.delivered
    (read,) = setting.server.run("event_info", {"keys": setting.raised})["events"]
    payload = {name: value for name, value in event["payload"].items() if name not in ("change", "um", "duration")}
    assert payload == {name: value for name, value in read.items() if name != "duration"}
    assert event["payload"]["change"] == {**read["history"][0]}
    assert event["payload"]["um"] == {"name": "berlin", "hostname": setting.server.options["hostname"]}
    assert event["meta"] == {"hosts": "svm_nas.cluster1"}
    assert event["payload"]["change"]["timestamp"].startswith("2027-01-15T08:00:")
