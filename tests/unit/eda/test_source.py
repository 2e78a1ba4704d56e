# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source as ansible-rulebook runs it: loaded by its path, a coroutine with a queue, and cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import runpy
import threading

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.options import CONNECTION
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._event_options import ARGUMENTS
from tests.local import LocalServer
from tests.simulator import event_control
from tools.reading import load_yaml, texts_of

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATH = ROOT / "extensions" / "eda" / "plugins" / "event_source" / "events.py"
PATIENCE = 120  # seconds; nothing takes so long unless it hangs


@pytest.fixture
def server():
    server = LocalServer()
    with server.reached():
        yield server


@pytest.fixture(scope="module")
def source():
    main = runpy.run_path(str(PATH))["main"]
    main.__globals__["PATIENCE"] = PATIENCE  # however busy the machine is, a delivery ends before the source does
    return main


def raise_events(server, **description):
    return [one["key"] for one in event_control.raise_events(server.state.world, description)]


async def collected(source, options, count, act=lambda: None, size=1):
    """What the source delivers until there are so many; then it is cancelled."""
    queue = asyncio.Queue(size)
    task = asyncio.create_task(source(queue, options))
    act()
    found = [await asyncio.wait_for(queue.get(), PATIENCE) for _event in range(count)]
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait_for(task, PATIENCE)
    return found


def test_it_delivers_into_the_queue_until_it_is_cancelled(server, source):
    keys = raise_events(server, name="Made up", times=30)
    options = {**server.options, "name": "Made up", "start": "all"}
    found = asyncio.run(collected(source, options, 30))
    assert sorted(event["payload"]["key"] for event in found) == sorted(keys)
    threads = [thread for thread in threading.enumerate() if thread.name == "aiqum-events"]
    for thread in threads:
        thread.join(PATIENCE)
    assert [thread for thread in threads if thread.is_alive()] == []


def test_what_was_taken_is_kept_when_it_is_cancelled_in_the_middle(server, source, tmp_path):
    """The queue has one place, as ansible-rulebook's; what lies in it at the end was taken by no rule."""
    keys = raise_events(server, name="Made up", times=20)
    options = {**server.options, "name": "Made up", "start": "all", "state_file": str(tmp_path / "state.json")}
    found = []

    async def some(count):
        queue = asyncio.Queue(1)
        task = asyncio.create_task(source(queue, options))
        for _event in range(count):
            found.append(await asyncio.wait_for(queue.get(), PATIENCE))
        while queue.empty() and len(found) < len(keys):  # the next one lies there
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task], timeout=PATIENCE)

    asyncio.run(some(5))
    asyncio.run(some(7))
    asyncio.run(some(8))
    assert sorted(event["payload"]["key"] for event in found) == sorted(keys)


def test_a_queue_without_bounds_is_filled_at_once(server, source):
    keys = raise_events(server, name="Made up", times=5)

    async def fill():
        queue = asyncio.Queue()
        task = asyncio.create_task(source(queue, {**server.options, "name": "Made up", "start": "all"}))
        async with asyncio.timeout(PATIENCE):
            while queue.qsize() < len(keys):
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task], timeout=PATIENCE)

    asyncio.run(fill())


def test_it_waits_for_the_rule_engine_where_there_is_feedback(server, source):
    raise_events(server, name="Made up", times=3)

    async def deliver():
        queue, feedback = asyncio.Queue(), asyncio.Queue(1)
        options = {
            **server.options,
            "name": "Made up",
            "start": "all",
            "feedback": True,
            "eda_feedback_queue": feedback,
        }
        task = asyncio.create_task(source(queue, options))
        for _event in range(3):
            event = await asyncio.wait_for(queue.get(), PATIENCE)
            for _turn in range(100):
                await asyncio.sleep(0)
            assert queue.empty()
            await feedback.put(event)
        task.cancel()
        await asyncio.wait([task], timeout=PATIENCE)

    asyncio.run(deliver())


def test_a_refused_login_ends_it_after_one_request(server, source):
    async def start():
        await asyncio.wait_for(source(asyncio.Queue(1), {**server.options, "password": "wrong-password"}), PATIENCE)

    with pytest.raises(UMError, match="401") as refused:
        asyncio.run(start())
    assert [sent.status for sent in server.sent] == [401]
    assert "wrong-password" not in str(refused.value)


@pytest.fixture
def pauses(source, monkeypatch):
    """The seconds of each pause between two polls; none is waited for."""
    names, seconds = source.__globals__, []

    def pause(self, length):
        seconds.append(length)
        if self._stop.is_set():
            raise names["Stopped"]

    monkeypatch.setattr(names["Source"], "_pause", pause)
    return seconds


def test_an_outage_is_logged_once(server, source, pauses, caplog):
    failed = []

    def refuse_some(method, path):
        if len(failed) < 4:  # two polls, each of which also asks for the release
            failed.append(path)
            return 404, "{}"
        return None

    server.instead = refuse_some
    raise_events(server, name="Made up")
    options = {**server.options, "name": "Made up", "start": "all", "interval": 1}
    assert len(asyncio.run(collected(source, options, 1))) == 1
    told = [record.getMessage() for record in caplog.records if record.name == "aiqum.unified_manager.events"]
    assert len(told) == 1
    assert told[0].endswith("Polling goes on every 1 s.")
    assert len(pauses) >= 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hostname": ""}, "lacks hostname"),
        ({"interval": 0.5}, "interval: 0.5"),
        ({"interval": "soon"}, "interval"),
        ({"overlap": -1}, "overlap: -1"),
        ({"overlap": float("nan")}, "overlap: nan"),
        ({"start": "yesterday"}, "start: 'yesterday'"),
        ({"changes": []}, "changes"),
        ({"changes": ["gone"]}, "changes"),
        ({"filters": {"history.state": "new"}}, "history.state is the source's own"),
        ({"keys": ["x"]}, "keys"),
        ({"limit": 3}, "limit"),
        ({"servity": ["error"]}, "servity"),
        ({"severity": ["bad"]}, "severity"),
        ({"svm_names": "name"}, "svm_names"),
    ],
)
def test_options_that_make_no_sense_end_it_before_anything_is_sent(server, source, options, message):
    with pytest.raises(BadInput, match=message):
        asyncio.run(source(asyncio.Queue(1), {**server.options, **options}))
    assert server.sent == []


def test_the_connection_comes_from_the_environment(server, source, monkeypatch):
    for name, value in server.options.items():
        monkeypatch.setenv(f"UM_{name.upper()}", value)
    raise_events(server, name="Made up")
    assert len(asyncio.run(collected(source, {"name": "Made up", "start": "all"}, 1))) == 1


def test_its_options_are_documented():
    texts = texts_of(PATH)
    documented = load_yaml(texts["DOCUMENTATION"])["options"]
    for name, spec in {**ARGUMENTS, **CONNECTION}.items():
        for part in ("type", "elements", "default", "choices"):
            assert documented[name].get(part) == spec.get(part), (name, part)
    assert set(documented) == {*ARGUMENTS, *CONNECTION}
    (example,) = load_yaml(texts["EXAMPLES"])
    assert set(example["aiqum.unified_manager.events"]) <= set(documented)
