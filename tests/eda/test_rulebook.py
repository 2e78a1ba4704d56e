# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Under a real ansible-rulebook each event starts its action once, whatever restarts and however wrong the clock is."""

from __future__ import annotations

import collections
import json
import re
import subprocess
import sys

import pytest
import trustme

from tests.simulator.launch import running

from .rulebook import ROOT, Rulebook, started

pytestmark = pytest.mark.java
EVENTS = "/management-server/events"
TOKEN = "sesame-0pen"
TROUBLE = {"event_lag": 2.0, "event_duplicates": "twice"}
SOURCE = {
    "name": "polled",
    "aiqum.unified_manager.events": {"interval": 1, "name": "Made up", "state_file": "{{ um_state }}"},
}
RULE = {
    "name": "Say what came",
    "condition": 'event.payload.name == "Made up"',
    "action": {
        "debug": {
            "msg": "CAME {{ event.payload.key or event.payload.cause }} {{ event.payload.change.state }}"
            " {{ event.payload.impact.resource_type }} {{ event.meta.hosts | default('-') }} END"
        }
    },
}


@pytest.fixture
def simulator():
    with running("--job-seconds", "0.1") as simulator:
        yield simulator


@pytest.fixture
def rulebook(simulator, tmp_path):
    """A rulebook that says each event that came; started, and ended with the test."""
    made = []

    def make(*more_sources):
        book = [{"name": "Events", "hosts": "all", "sources": [SOURCE, *more_sources], "rules": [RULE]}]
        path = tmp_path / "rulebook.yml"
        path.write_text(json.dumps(book), encoding="utf-8")
        made.append(Rulebook(str(path), simulator.ready, tmp_path, um_state=str(tmp_path / "state.json")))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def came(rulebook):
    """The keys of the events whose actions ran, in order."""
    return re.findall(r"CAME (\S+) \S+ \S+ \S+ END", rulebook.output)


def happen(simulator, times=1):
    raised = simulator.control("POST", "events", {"name": "Made up", "resource": "vol_home", "times": times})
    return [one["key"] for one in raised["events"]]


def start(rulebook, simulator):
    """Started, and through its first poll."""
    simulator.control("DELETE", "exchanges")
    rulebook.start()
    rulebook.wait_for("poll", lambda: polls(simulator) >= 3)


def polls(simulator):
    exchanges = simulator.control("GET", "exchanges")["exchanges"]
    return sum(exchange["path"].partition("?")[0].endswith(EVENTS) for exchange in exchanges)


def restart_server(simulator):
    """Down for three seconds; the events that are raised now become visible meanwhile."""
    keys = happen(simulator)
    simulator.control("POST", "restart", {"seconds": 3})
    return keys


def wait_until_it_is_up(book, simulator):
    def answers():
        try:
            return bool(simulator.control("GET", "switches"))
        except OSError:
            return False

    book.wait_for("answer of the server", answers)


def restart_the_server(book, simulator):
    return restart_server(simulator)


def restart_the_source(book, simulator):
    book.stop()
    keys = happen(simulator)
    start(book, simulator)
    return keys


def restart_both(book, simulator):
    book.stop()
    keys = happen(simulator) + restart_server(simulator)
    book.start()
    return keys


@pytest.mark.parametrize(
    ("restart", "offset"), [(restart_the_server, 600), (restart_the_source, -600), (restart_both, 600)]
)
def test_each_event_starts_its_action_exactly_once(simulator, rulebook, restart, offset):
    """With lag, a clock that is wrong, a list that repeats, a server in trouble, and a burst."""
    simulator.control("POST", "clock", {"offset": offset})
    simulator.control("POST", "switches", TROUBLE)
    book = rulebook()
    start(book, simulator)
    raised = happen(simulator, 5)
    book.wait_for("first events", lambda: set(came(book)) >= set(raised))
    raised += restart(book, simulator)
    wait_until_it_is_up(book, simulator)
    simulator.control("POST", "faults", {"kind": "status", "status": 503, "path": EVENTS, "times": 2})
    raised += happen(simulator, 200)
    book.wait_for("rest of the events", lambda: set(came(book)) >= set(raised))
    last = happen(simulator)  # what came twice would have come by now
    book.wait_for("last event", lambda: set(came(book)) >= set(last))
    assert collections.Counter(came(book)) == collections.Counter(raised + last)
    assert simulator.ready["password"] not in book.output


def test_one_rule_serves_what_is_polled_and_what_is_pushed(simulator, rulebook, tmp_path):
    """The script runs with Unified Manager's documented arguments and posts to the webhook over TLS, with a token."""
    authority = trustme.CA()
    pem = tmp_path / "webhook.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(pem))
    port = free_port()
    tls = {"certfile": str(pem), "keyfile": str(pem), "token": TOKEN, "host": "127.0.0.1", "port": port}
    book = rulebook({"name": "pushed", "eda.builtin.webhook": tls})
    start(book, simulator)
    (key,) = happen(simulator)
    settings = {
        "url": f"https://127.0.0.1:{port}/um",
        "token": TOKEN,
        "ca": authority.cert_pem.bytes().decode(),
    }
    text = (ROOT / "playbooks" / "files" / "post_event.py").read_text(encoding="utf-8")
    script = tmp_path / "post_event.py"
    script.write_text(text.replace("SETTINGS = {}", f"SETTINGS = {json.dumps(settings)}"), encoding="utf-8")
    words = ["-eventID", "290", "-eventName", "Made up", "-eventSeverity", "WARNING", "-eventSourceID", "4138"]
    words += ["-eventSourceName", "vol_home", "-eventSourceType", "VOLUME", "-eventState", "NEW", "-eventArgs", "x=1"]
    posted = subprocess.run([sys.executable, str(script), *words], capture_output=True, text=True, check=False)
    assert (posted.returncode, posted.stderr) == (0, "")
    book.wait_for("both events", lambda: set(came(book)) == {key, "x=1"})
    assert f"CAME {key} new volume svm_nas.cluster1 END" in book.output
    assert "CAME x=1 new volume - END" in book.output


def free_port():
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_the_rulebook_of_the_collection_opens_and_closes_a_ticket(simulator, tmp_path):
    inventory = tmp_path / "um.yml"
    inventory.write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")
    tickets = tmp_path / "tickets"
    book = Rulebook(
        "aiqum.unified_manager.respond",
        simulator.ready,
        tmp_path,
        str(inventory),
        um_interval=1,
        um_ticket_folder=str(tickets),
    )
    with started(book):
        book.wait_for("poll", lambda: polls(simulator) >= 3)
        description = {"name": "Cluster Not Reachable", "severity": "error", "area": "availability", "group": "none"}
        description.update(level="incident", resource_type="cluster", resource="cluster1")
        (event,) = simulator.control("POST", "events", description)["events"]
        ticket = tickets / f"{event['key']}.yml"
        book.wait_for("ticket", lambda: ticket.exists() and "status: open" in ticket.read_text(encoding="utf-8"))
        book.wait_for("acknowledgement", lambda: state(simulator, event["key"]) == "acknowledged")
        simulator.control(
            "POST", "event-states", {"key": event["key"], "state": "obsolete", "cause": "system_resolved"}
        )
        book.wait_for("end of the ticket", lambda: "status: closed" in ticket.read_text(encoding="utf-8"))


def state(simulator, key):
    records = simulator.control("GET", f"world?table={EVENTS}")["records"]
    return {record["key"]: record["current_state"] for record in records}[key]
