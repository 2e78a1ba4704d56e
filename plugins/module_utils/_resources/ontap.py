# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call of ONTAP's REST API: what can be asked for, and whether the cluster looks so already.

See docs/facts/server.md, 6.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from .._base.errors import BadInput
from .._base.names import checked_name, is_key, object_type, refuse_other_key
from .._model.listing import checked_limit
from .._model.resource import Finding, Operation, Params, Record, Resource
from .parts.ontap_bodies import difference, fields_of, merge, planned, spread

METHODS = ["get", "post", "patch", "delete"]
ARGUMENTS = {
    "cluster": {"type": "str", "required": True},
    "path": {"type": "str", "required": True},
    "method": {"type": "str", "choices": METHODS, "default": "get"},
    "query": {"type": "dict"},
    "body": {"type": "dict"},
    "secret_body": {"type": "dict", "no_log": True},
    "svm": {"type": "str"},
    "unless": {"type": "dict"},
    "limit": {"type": "int"},
}
# Parameters that say how ONTAP answers, and do not choose objects.
CONTROL = {"fields", "max_records", "order_by", "return_records", "return_timeout", "validate_only"}
JOINED = {"fields", "order_by"}
LONGEST_HOLD = 120  # seconds; ONTAP's limit for return_timeout
HOLD_SHARE = 0.8  # of the time that a request may take: a held answer must arrive, or the outcome is unknown
BELONGS_TO = {
    "body": ("post", "patch"),
    "secret_body": ("post", "patch"),
    "svm": ("get", "post"),
    "unless": ("post",),
    "limit": ("get",),
}


def desired(params: Params) -> Record:
    """The call, checked; ``path`` is quoted and below ONTAP's /api/; ``shown`` is the body without its secrets.

    :raises BadInput: it would leave that place, or the options do not go together
    """
    method = params["method"]
    for option, methods in BELONGS_TO.items():
        if params[option] is not None and method not in methods:
            raise BadInput(
                f"{option}: valid only with method {' and '.join(methods)}, not with {method}.{_why(option)}"
            )
    checked_name(params["cluster"], "cluster")
    query = _query(params["query"], "query")
    unless = None if params["unless"] is None else _query(params["unless"], "unless")
    if unless is not None and not set(unless) - CONTROL:
        raise BadInput("unless: give at least one filter, such as name.")
    body, secret = spread(params["body"] or {}, "body"), spread(params["secret_body"] or {}, "secret_body")
    try:
        whole = merge(body, secret)
    except TypeError as error:
        raise BadInput(f"secret_body: {error} is in body as well; give it once.") from None
    filters = {name: value for name, value in query.items() if name not in CONTROL}
    if method != "get":
        _check_filters(params["query"], "query")
        _check_filters(params["unless"], "unless")
    if method == "patch" and not whole and not filters:
        raise BadInput("body: a patch needs the fields to change.")
    checked_limit(params["limit"])
    return {
        "method": method,
        "path": checked_path(params["path"]),
        "query": query,
        "filters": filters if unless is None else unless,
        "body": whole,
        "shown": body,
        "headers": _scope(params["svm"]),
        "unless": unless,
        "hold": _hold(query, params["request_timeout"]),
        "limit": params["limit"],
    }


def find(desired: Record) -> Finding:
    return Finding(collection=desired["path"], query=desired["filters"])


def looks(desired: Record) -> list[Record]:
    """The queries by which the object is looked for, the best first; ONTAP refuses what it does not know with 400.

    It knows no ``fields`` that cannot be read, such as passwords. And a parameter of a change need not be a filter: it
    may be a switch of that one call, such as ``force``.
    """
    names = fields_of(desired["body"])
    fields = {"fields": ",".join(names)} if names else {}
    tries = [{**desired["filters"], **fields}, desired["filters"]]
    if desired["unless"] is None:
        tries += [fields, {}]
    return [query for number, query in enumerate(tries) if query not in tries[:number]]


def current(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "_links"}


def plan(before: Record | None, desired: Record, acts: bool = False) -> Sequence[Operation]:
    """What leads from the object to what is desired.

    :param acts: the call has a parameter that is not a filter, so that the object does not show whether it was done
    """
    method, path, body = desired["method"], desired["path"], desired["body"]
    if method == "delete":
        return [] if before is None else [Operation("delete", "DELETE", None, before, {}, path)]
    if method == "post":
        return [] if before is not None else [Operation("create", "POST", body or None, {}, body, path)]
    if before is None:
        raise BadInput(f"query: there is nothing in {path} that fits, so there is nothing to change.")
    old, new = difference(before, body)
    if acts or not body:
        return [Operation("act", "PATCH", body, old, new, path)]
    return [Operation(", ".join(new), "PATCH", body, old, new, path)] if new else []


def checked_path(path: str) -> str:
    """The path, each part quoted.

    A part may hold percent-escapes, as ONTAP wants them for a slash in a name. What they stand for is judged, too.

    :raises BadInput: it is not a path below ONTAP's /api/, or could be read as another one
    """

    def bad(why: str) -> BadInput:
        return BadInput(f"path: {path!r} {why}; give the path below ONTAP's /api/, such as storage/volumes.")

    if "://" in path or path.startswith("/"):
        raise bad("is absolute")
    if path.split("/", 1)[0] == "api":
        raise bad("begins with api/")
    parts = []
    for part in path.split("/"):
        name = unquote(part)
        if not name.strip() or not name.isprintable():
            raise bad("has an empty or unprintable part")
        if any(character in name for character in "?#\\") or unquote(name) != name:
            raise bad("has a query, a fragment, a backslash or an escape of an escape (use the option query)")
        if {"..", "."} & set(name.split("/")):
            raise bad("leads elsewhere")
        parts.append(quote(name, safe=":,=@$ ").replace(" ", "%20"))
    return "/".join(parts)


def _query(query: Mapping[str, Any] | None, option: str) -> Record:
    checked: Record = {}
    for name, value in (query or {}).items():
        if isinstance(value, Mapping):
            raise BadInput(f"{option}.{name}: write it flat, like svm.name: svm1.")
        if isinstance(value, list):
            if name not in JOINED:
                raise BadInput(f"{option}.{name}: give one value; write alternatives like a|b.")
            value = ",".join(map(str, value))
        if value is not None:
            checked[str(name)] = value
    return checked


def _check_filters(query: Mapping[str, Any] | None, option: str) -> None:
    """:raises BadInput: a filter without a value, as an empty variable makes it; it would let others be meant, too"""
    for name, value in (query or {}).items():
        if value is None or not str(value).strip():
            raise BadInput(f"{option}.{name}: the filter has no value; give one, or leave it out.")


def _hold(query: Record, request_timeout: float) -> int | None:
    """``return_timeout`` in seconds, or None.

    :raises BadInput: it could make the request itself run out of time, and the outcome would be unknown
    """
    if "return_timeout" not in query:
        return None
    text = str(query["return_timeout"])
    if not text.isdecimal() or int(text) > LONGEST_HOLD:
        raise BadInput(f"query.return_timeout: {text} is out of range; it goes from 0 to {LONGEST_HOLD} seconds.")
    if int(text) > HOLD_SHARE * request_timeout:
        raise BadInput(
            f"query.return_timeout: {text} s is too close to request_timeout ({request_timeout:g} s); give at most"
            f" {HOLD_SHARE * request_timeout:.0f}, or raise request_timeout."
        )
    return int(text)


def _scope(svm: str | None) -> dict[str, str]:
    """The header that narrows a call to an SVM, which is given by name, UUID or UM's key.

    See docs/facts/server.md, 6.6.
    """
    if svm is None:
        return {}
    checked_name(svm, "svm")
    refuse_other_key(svm, "svm", "SVM", None, "vserver")
    if object_type(svm) is not None:
        svm = svm.rpartition("=")[2]
    if is_key(svm):
        return {"X-Dot-SVM-UUID": svm}
    if not svm.isascii():
        raise BadInput(f"svm: {svm!r} cannot be sent in a header; give the UUID.")
    return {"X-Dot-SVM-Name": svm}


def _why(option: str) -> str:
    return " Name the SVM in the path or in the query." if option == "svm" else ""


ONTAP = Resource(
    noun="records",
    title="ONTAP",
    collection="/gateways",
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    current=current,
    plan=plan,
    planned=planned,
    called=lambda params: str(params.get("path")),
)
