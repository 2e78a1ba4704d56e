# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From method and path to a handler. Keys in paths may be raw or percent-encoded (docs/facts/server.md, 2.7)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from .calls import Route
from .errors import Refusal

BASE_PATHS = ("/api/v2", "/api")


def below_api(path: str) -> str | None:
    """The raw path below /api or /api/v2, which mean the same; None for a path outside."""
    for base in BASE_PATHS:
        if path == base or path.startswith(base + "/"):
            return path[len(base) :]
    return None


class Router:
    """Finds routes by their parts, the first of which is literal; further literal ones win over {variable} ones."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes: dict[tuple[int, str], list[tuple[list[str], Route]]] = {}
        self._deep: list[tuple[list[str], Route]] = []
        for route in sorted(routes, key=lambda r: r.template.count("{")):
            parts = route.template.strip("/").split("/")
            if route.template.endswith("/{path*}"):
                self._deep.append((parts, route))
            else:
                self._routes.setdefault((len(parts), parts[0]), []).append((parts, route))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route and the decoded variable parts; the template ``{path*}`` takes the rest, undecoded.

        :raises Refusal: 404 no such path, 405 not this method
        """
        raw = path.strip("/").split("/")
        parts = [unquote(part) for part in raw]
        fitting = [
            (route, params)
            for names, route in self._routes.get((len(parts), parts[0]), [])
            if (params := _match(names, parts)) is not None
        ]
        if not fitting:
            fitting = [
                (route, {**params, "path": "/".join(raw[len(names) - 1 :])})
                for names, route in self._deep
                if len(parts) >= len(names) and (params := _match(names[:-1], parts[: len(names) - 1])) is not None
            ]
        if not fitting:
            raise Refusal(404, "no_such_resource", f"There is no resource {unquote(path)}.")
        for route, params in fitting:
            if route.method in (method, "*"):
                return route, params
        raise Refusal(405, "method_not_allowed", f"The resource does not support {method}.")


def _match(names: list[str], parts: list[str]) -> dict[str, str] | None:
    params = {}
    for name, value in zip(names, parts, strict=True):
        if name.startswith("{"):
            if not value:
                return None
            params[name.strip("{}")] = value
        elif name != value:
            return None
    return params
