# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that modules share, and what they mean to the engine. Private to this collection."""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from .._base.errors import BadInput
from .._um.transport import Connection
from .resource import Params
from .validation import check


def environment(*names: str) -> str:
    """A fallback for options: the first variable that is set; an empty one is unset, as AWX injects optional fields."""
    for name in names:
        if os.environ.get(name):
            return os.environ[name]
    raise AnsibleFallbackNotFound


def _from_environment(name: str) -> tuple[Any, list[str]]:
    return (environment, [name])


ArgumentSpec = dict[str, dict[str, Any]]

CONNECTION: ArgumentSpec = {
    "hostname": {"type": "str", "fallback": _from_environment("UM_HOSTNAME")},
    "port": {"type": "int", "default": 443, "aliases": ["http_port"], "fallback": _from_environment("UM_PORT")},
    "username": {"type": "str", "fallback": _from_environment("UM_USERNAME")},
    "password": {"type": "str", "no_log": True, "fallback": _from_environment("UM_PASSWORD")},
    "validate_certs": {"type": "bool", "default": True, "fallback": _from_environment("UM_VALIDATE_CERTS")},
    "ca_path": {"type": "path", "fallback": _from_environment("UM_CA_PATH")},
    "request_timeout": {"type": "float", "default": 30.0},
    "wait_timeout": {"type": "float", "default": 600.0, "aliases": ["time_out"]},
}
WAIT: ArgumentSpec = {"wait": {"type": "bool", "default": True, "aliases": ["wait_for_completion"]}}
POLLING: ArgumentSpec = {
    "poll_interval": {"type": "float", "default": 5.0},
    "polling": {"type": "str", "choices": ["standard", "long"], "default": "standard"},
    "ignore_partial_failure": {"type": "bool", "default": False},
}


def for_changing(arguments: Mapping[str, Any], rules: Mapping[str, Any], takes_time: bool = True) -> dict[str, Any]:
    """The keywords of AnsibleModule for a module that changes something.

    :param rules: further keywords, such as required_if
    :param takes_time: whether it can be waited for; where UM changes at once there are no options for that
    """
    waiting = {**WAIT, **POLLING} if takes_time else {}
    return {"argument_spec": {**arguments, **waiting, **CONNECTION}, "supports_check_mode": True, **rules}


def for_waiting(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of AnsibleModule for a module that only waits."""
    return {"argument_spec": {**arguments, **POLLING, **CONNECTION}, "supports_check_mode": True}


def for_reading(arguments: Mapping[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of AnsibleModule for a module that only reads."""
    return {"argument_spec": {**arguments, **CONNECTION}, "supports_check_mode": True, **rules}


def connection_names() -> set[str]:
    """The names under which the options of the connection can be given."""
    return {name for option, spec in CONNECTION.items() for name in (option, *spec.get("aliases", ()))}


def connection_params(given: Params) -> dict[str, Any]:
    """The options of the connection as AnsibleModule would read them, for plugins, which have none.

    :param given: unchecked values, by the names of ``connection_names``
    :raises BadInput: a value of another type
    """
    return plugin_params({}, given)


def plugin_params(arguments: Mapping[str, Any], given: Params) -> dict[str, Any]:
    """The options of the connection and others as AnsibleModule would read them, for plugins, which have none.

    :param arguments: the argument spec of the others
    :param given: unchecked values by their names
    :raises BadInput: an unknown option, or a value of another type
    """
    checked = check({**arguments, **CONNECTION}, {}, given)
    if checked.wrong:
        raise BadInput(checked.wrong)
    return checked.params


def connection(params: Params) -> Connection:
    """Where to connect.

    :raises BadInput: something is missing or out of range; all that is missing is named at once
    """
    missing = [name for name in ("hostname", "username", "password") if not params.get(name)]
    if missing:
        variables = ", ".join("UM_" + name.upper() for name in missing)
        raise BadInput(
            f"The connection to Unified Manager lacks {', '.join(missing)}. Give each as an option, in module_defaults"
            f" for group/aiqum.unified_manager.um, or in the environment ({variables})."
        )
    hostname = _hostname(params["hostname"])
    if not 0 < params["port"] < 65536:
        raise BadInput(f"port: {params['port']} is not a TCP port; it goes from 1 to 65535.")
    ca_path = params.get("ca_path")
    if params["validate_certs"] and ca_path:
        _check_authorities(ca_path)
    verify = (ca_path or True) if params["validate_certs"] else False
    timeout = seconds(params, "request_timeout")
    return Connection(hostname, params["port"], params["username"], params["password"], verify, timeout)


def _hostname(given: str) -> str:
    """A name or an address, without the brackets of IPv6.

    :raises BadInput: it is something else, such as a URL, or has a port
    """
    hostname = given.strip()
    bracketed = hostname.startswith("[") and hostname.endswith("]")
    hostname = hostname[1:-1] if bracketed else hostname
    wrong = not hostname or any(character in hostname for character in "/@?#\\[] ") or not hostname.isprintable()
    if not wrong and (bracketed or ":" in hostname):
        try:
            ipaddress.IPv6Address(hostname)
        except ValueError:
            wrong = True
    if wrong:
        raise BadInput(
            f"hostname: {given!r} is not a host name; give only the name or the IP address,"
            " and give the port with port."
        )
    return hostname


def _check_authorities(path: str) -> None:
    """:raises BadInput: there is no certificate that TLS can use"""
    if not os.path.exists(path):
        raise BadInput(f"ca_path: {path} does not exist on the machine where the module runs.")
    if os.path.isdir(path):
        if not any(HASHED.fullmatch(name) for name in os.listdir(path)):
            raise BadInput(f"ca_path: {path} has no certificates under their hashes; run openssl rehash {path}.")
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except (OSError, ValueError) as error:
        raise BadInput(
            f"ca_path: {path} cannot be read as certificates in PEM: {error.args[-1] if error.args else error}. A"
            f" certificate in DER becomes one with openssl x509 -inform der -in {path} -out ca.pem."
        ) from None


def check_texts(params: Params) -> None:
    """Every text can be sent: Ansible reads bytes that are no UTF-8 as lone surrogates, which nothing can encode.

    :raises BadInput: one cannot; it is not quoted, since it may be a secret
    """
    for option, value in params.items():
        if not _is_text(value):
            raise BadInput(f"{option}: the value has bytes or escapes that are not text in UTF-8.")


def _is_text(value: Any) -> bool:
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, Mapping):
        return all(map(_is_text, value)) and all(map(_is_text, value.values()))
    return not isinstance(value, (list, tuple)) or all(map(_is_text, value))


HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")  # as openssl rehash names certificates
LONGEST = 366 * 86400.0  # seconds; what is beyond is a mistake, and more than the system can wait for
SHORTEST_POLL_INTERVAL = 0.1  # seconds; less makes a storm of requests


def seconds(params: Params, option: str, least: float = 0.0) -> float:
    """A number of seconds.

    :param least: the smallest that is taken; over zero in any case
    :raises BadInput: it is smaller, or longer than a year
    """
    given = float(params[option])
    if not (0 < given <= LONGEST and given >= least):
        aliases = {**CONNECTION, **POLLING}[option].get("aliases", ())
        written = next((alias for alias in aliases if alias in params), option)
        bounds = f"of at least {least:g}" if least else "over 0"
        at_once = option == "wait_timeout" and "wait" in params
        raise BadInput(
            f"{written}: {params[option]} is not a number of seconds {bounds}, and up to a year."
            + (" To return as soon as a job was submitted, set wait: false." if at_once else "")
        )
    return given


def check_waiting(params: Params) -> None:
    """:raises BadInput: an option for waiting is out of range"""
    if "wait_timeout" in params:
        seconds(params, "wait_timeout")
    if "poll_interval" in params:
        seconds(params, "poll_interval", SHORTEST_POLL_INTERVAL)
