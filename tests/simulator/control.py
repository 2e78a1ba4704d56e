# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API below /simulator, for tests: switches, faults, outcomes, exchanges, restarts. README.md lists it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from . import edits, event_control
from .certificates import Certificates
from .faults import Faults
from .listener import Listener
from .paths import SCRIPTS
from .recorder import Recorder
from .state import State
from .world import World


class Control:
    """Answers requests below /simulator; needs no user.

    :ivar listener: set once it exists
    """

    def __init__(self, state: State, faults: Faults, recorder: Recorder, certificates: Certificates) -> None:
        self._state = state
        self._faults = faults
        self._recorder = recorder
        self._certificates = certificates
        self.listener: Listener | None = None
        self._routes: dict[tuple[str, str], Callable[[web.BaseRequest, Any], Any]] = {
            ("GET", "switches"): lambda request, body: {"switches": state.switches.describe()},
            ("POST", "switches"): self._set_switches,
            ("GET", "exchanges"): self._exchanges,
            ("DELETE", "exchanges"): lambda request, body: recorder.clear(),
            ("GET", "stats"): lambda request, body: recorder.stats(),
            ("POST", "forbid-writes"): self._forbid_writes,
            ("GET", "faults"): lambda request, body: {"faults": faults.waiting()},
            ("POST", "faults"): lambda request, body: _add_all(faults.add, body, "faults"),
            ("DELETE", "faults"): lambda request, body: faults.clear(),
            ("GET", "outcomes"): lambda request, body: {"outcomes": state.world.outcomes.waiting()},
            ("POST", "outcomes"): lambda request, body: _add_all(state.world.outcomes.add, body, "outcomes"),
            ("DELETE", "outcomes"): lambda request, body: state.world.outcomes.clear(),
            ("POST", "restart"): self._restart,
            ("POST", "clock"): self._set_clock,
            ("POST", "certificate"): self._set_certificate,
            ("GET", "jobs"): self._jobs,
            ("GET", "world"): self._world,
            ("POST", "world"): self._edit_world,
            ("GET", "scripts"): self._scripts,
            ("POST", "events"): lambda request, body: self._events(event_control.raise_events, body),
            ("POST", "event-states"): lambda request, body: self._events(event_control.move_events, body),
            ("POST", "reset"): self._reset,
        }

    def requests(self) -> list[str]:
        """All requests that there are: ``GET switches`` and so on."""
        return sorted(f"{method} {path}" for method, path in self._routes)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        name = request.path.removeprefix("/simulator").strip("/")
        route = self._routes.get((request.method, name))
        if route is None:
            return _json_response(404, {"error": "there is no such control", "controls": self.requests()})
        try:
            content = await request.read()
            answer = route(request, json.loads(content) if content.strip() else {})
            if inspect.isawaitable(answer):
                answer = await answer
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return _json_response(400, {"error": f"{type(error).__name__}: {error}"})
        return _json_response(200, {} if answer is None else answer)

    def _set_switches(self, request: web.BaseRequest, body: dict[str, Any]) -> dict[str, Any]:
        """``{"name": value, ...}``"""
        self._state.switches.set_all(body)
        return self._state.switches.as_dict()

    def _exchanges(self, request: web.BaseRequest, body: Any) -> dict[str, Any]:
        """``?since=N`` leaves out those up to number N."""
        exchanges = self._recorder.since(int(request.query.get("since", 0)))
        return {"exchanges": exchanges, "under_way": self._recorder.under_way}

    def _forbid_writes(self, request: web.BaseRequest, body: dict[str, Any]) -> dict[str, Any]:
        self._state.writes_forbidden = bool(body["forbid"])
        return {"forbid": self._state.writes_forbidden, "forbidden_writes": self._recorder.forbidden_writes}

    async def _restart(self, request: web.BaseRequest, body: dict[str, Any]) -> dict[str, Any]:
        """``{"seconds": 2, "jobs": "kept" or "lost"}``"""
        jobs = body.get("jobs", "kept")
        if jobs not in ("kept", "lost"):
            raise ValueError("jobs is kept or lost")
        seconds = float(body.get("seconds", 0))
        if jobs == "lost":
            self._state.world.jobs.lose_all()
        if self.listener is None:
            raise ValueError("the simulator does not listen yet")
        await self.listener.restart(seconds, request.transport)
        return {"seconds": seconds, "jobs": jobs}

    def _set_clock(self, request: web.BaseRequest, body: dict[str, Any]) -> dict[str, Any]:
        """``{"offset": seconds}`` by which UM's clock is off; ``{"stopped": true}`` until the next reset.

        ``{"forward": seconds}`` moves one that is stopped.
        """
        clock = self._state.world.clock
        clock.offset = float(body.get("offset", clock.offset))
        if body.get("stopped"):
            clock.stop()
        if "forward" in body:
            clock.forward(float(body["forward"]))
        return {"offset": clock.offset, "seconds": clock.seconds()}

    def _set_certificate(self, request: web.BaseRequest, body: dict[str, Any]) -> dict[str, Any]:
        self._certificates.use(body["kind"])
        return {"kind": body["kind"]}

    def _jobs(self, request: web.BaseRequest, body: Any) -> dict[str, Any]:
        """All jobs but those that a restart lost, also while UM shows them late or no longer."""
        jobs = self._state.world.jobs.ever()
        return {"jobs": [{"key": job.key, "name": job.name, "spawned": job.parent is not None} for job in jobs]}

    def _world(self, request: web.BaseRequest, body: Any) -> dict[str, Any]:
        """The tables; with ``?table=path`` the records of one, as they are, lag or not."""
        path = request.query.get("table")
        world = self._state.world
        world.agenda.run_due()
        return {"records": list(world.table(path).values())} if path else {"tables": world.tables()}

    def _edit_world(self, request: web.BaseRequest, body: dict[str, Any]) -> dict[str, Any]:
        """One edit, or ``{"edits": [...]}``; see edits.py."""
        self._state.world.agenda.run_due()
        return {"done": [edits.apply(self._state.world, edit) for edit in body.get("edits", [body])]}

    def _scripts(self, request: web.BaseRequest, body: Any) -> dict[str, Any]:
        """The content of the uploaded scripts, by name; UM's own API does not return it."""
        world = self._state.world
        found = {one["name"]: world.note(one["key"]).get("content") for one in world.table(SCRIPTS).values()}
        return {"scripts": {name: content.decode() for name, content in found.items() if content}}

    def _events(self, act: Callable[[World, Any], list[dict[str, Any]]], body: Any) -> dict[str, Any]:
        """One description, a list of them, or ``{"events": [...]}``; what comes back has a row for each event."""
        self._state.world.agenda.run_due()
        return {"events": [row for one in _several(body, "events") for row in act(self._state.world, one)]}

    def _reset(self, request: web.BaseRequest, body: Any) -> None:
        """Everything as at the start, save the port and the CA."""
        self._state.reset()
        self._faults.clear()
        self._recorder.clear()
        self._certificates.use("valid")


def _add_all(add: Callable[[dict[str, Any]], None], body: Any, name: str) -> dict[str, Any]:
    """One description, a list of them, or ``{"<name>": [...]}``."""
    descriptions = _several(body, name)
    for description in descriptions:
        add(description)
    return {"added": len(descriptions)}


def _several(body: Any, name: str) -> list[Any]:
    return body if isinstance(body, list) else body.get(name, [body])


def _json_response(status: int, body: Any) -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")
