# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator without a server: requests go straight to the handlers, and time moves only when a test says so."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any
from urllib.parse import quote

from tests.simulator import releases, resources
from tests.simulator.calls import Call
from tests.simulator.clock import Clock
from tests.simulator.errors import Refusal
from tests.simulator.query import parse_parameters
from tests.simulator.routing import Router
from tests.simulator.seed import seed
from tests.simulator.state import all_switches
from tests.simulator.world import World

JOB_SECONDS = 4.0


class FakeClock(Clock):
    """A clock that stands still; ``time`` is its second."""

    def __init__(self) -> None:
        self.time = 100.0
        super().__init__(lambda: self.time, lambda: 1_767_225_600.0)


def as_filter(text: str) -> str:
    """The text as the value of a filter in a query string; the quotes in keys of FC ports are no operators."""
    return quote(text.replace('"', r"\""))


class UM:
    """A seeded world and requests to it."""

    def __init__(self, **switches: Any) -> None:
        modules = resources.modules()
        self.switches = all_switches()
        self.switches.set("job_seconds", JOB_SECONDS)
        for name, value in switches.items():
            self.switches.set(name, value)
        self.clock = FakeClock()
        self.world = World(self.switches, self.clock)
        seed(self.world)
        self._router = Router(route for module in modules for route in getattr(module, "ROUTES", ()))

    def ask(self, method: str, path: str, body: Any = None, headers: Any = None) -> tuple[int, Any]:
        """(status, body) of a request; the path is below /api."""
        path, query = path.partition("?")[::2]
        self.world.agenda.run_due()
        try:
            releases.check_path(self.switches["release"], path)
            route, params = self._router.find(method, path)
            call = Call(self.world, method, path, parse_parameters(query), body, params, headers=headers or {})
            answer = route.handler(call)
            if inspect.isawaitable(answer):
                answer = asyncio.run(_result(answer))
        except Refusal as refusal:
            return refusal.status, refusal.body()
        return answer.status, releases.without_later_fields(self.switches["release"], path, answer.body)

    def get(self, path: str) -> Any:
        status, body = self.ask("GET", path)
        assert status == 200, body
        return body

    def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str | None]:
        """(status, target) of a request that must fail."""
        status, answer = self.ask(method, path, body)
        assert status >= 400, answer
        return status, answer["error"].get("target")

    def job(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """The job of a request once it has ended."""
        status, answer = self.ask(method, path, body)
        assert status == 202, answer
        self.pass_time(JOB_SECONDS)
        return self.get(f"/management-server/jobs/{answer['job']['key']}")

    def pass_time(self, seconds: float) -> None:
        self.clock.time += seconds
        self.world.agenda.run_due()

    def key(self, path: str, name: str, cluster: str = "cluster1") -> str:
        """The key of the one seeded object of this name."""
        found = [
            record
            for record in self.world.table(path).find("name", name)
            if record.get("cluster", {"name": cluster})["name"] == cluster
        ]
        return found[0]["key"]


async def _result(awaitable: Any) -> Any:
    return await awaitable


def results(job: dict[str, Any]) -> dict[str, str]:
    return {result["name"]: result["value"] for result in job["job_results"]}
