# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Unified Managers that a configuration names, and where the options of their connections come from.

Private to this collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..module_utils._base.errors import BadInput
from ..module_utils._model import options


class Server(NamedTuple):
    """One Unified Manager.

    :ivar params: the options of its connection, checked
    """

    name: str
    params: dict[str, Any]

    @property
    def hostname(self) -> str:
        return self.params["hostname"]

    @property
    def port(self) -> int:
        return self.params["port"]


def prefix(name: str) -> str:
    """How the environment variables of a server begin: UM_BERLIN_1_ for berlin-1."""
    return f"UM_{re.sub('[^A-Za-z0-9]', '_', name).upper()}_"


def servers_of(
    entries: Iterable[Mapping[str, Any]], shared: Mapping[str, Any], environment: Mapping[str, str]
) -> list[Server]:
    """The servers of the option ``ums``.

    An option of a connection comes from the entry, else from the server's own environment variable, else from the
    options beside ``ums``, else from the environment variable of all. A host name is never shared.

    :param entries: the entries of ``ums``, their templates resolved
    :param shared: options of the connection beside ``ums``; an empty text counts as not given
    :raises BadInput: an entry is not a server, or its connection is incomplete
    """
    found: dict[str, Server] = {}
    for number, entry in enumerate(entries, 1):
        name = _name(number, entry)
        twin = found.get(prefix(name))
        if twin:
            raise BadInput(
                f"ums: {twin.name!r} and {name!r} read the same environment variables, {prefix(name)}...; rename one."
            )
        found[prefix(name)] = Server(name, _params(name, entry, shared, environment))
    return list(found.values())


def _name(number: int, entry: Mapping[str, Any]) -> str:
    if not isinstance(entry, Mapping):
        raise BadInput(f"ums: entry {number} is not a dictionary of options such as name and hostname.")
    unknown = sorted(map(str, set(entry) - options.connection_names() - {"name"}))
    if unknown:
        raise BadInput(f"ums: entry {number} has the unknown option {', '.join(unknown)}.")
    name = str(entry.get("name") or entry.get("hostname") or "").strip()
    if not name:
        raise BadInput(f"ums: entry {number} has no name.")
    return name


def _params(
    name: str, entry: Mapping[str, Any], shared: Mapping[str, Any], environment: Mapping[str, str]
) -> dict[str, Any]:
    named = {option: environment.get(prefix(name) + option.upper()) for option in options.CONNECTION}
    own = {**_given(named), **_given(entry)}
    if "hostname" not in own:
        raise BadInput(f"ums: {name} has no hostname; set it there, or in {prefix(name)}HOSTNAME.")
    params = options.connection_params({**_given(shared), **own})
    missing = [option for option in ("username", "password") if not params.get(option)]
    if missing:
        variables = " and ".join(prefix(name) + option.upper() for option in missing)
        raise BadInput(f"ums: {name} has no {' and no '.join(missing)}; set it there, or in {variables}.")
    options.connection(params)
    return params


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options of the connection among them that are not empty, by their own names."""
    return {
        option: values[name]
        for option, spec in options.CONNECTION.items()
        for name in (*spec.get("aliases", ()), option)
        if values.get(name) not in (None, "")
    }
