# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a whole UM as the options of its modules. Private to this collection."""

from __future__ import annotations

from collections.abc import Iterator

from .._base.errors import BadInput, Refused
from .._base.names import by, checked_name, path_of, refers
from .._engine.host import Host, new_host
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import options
from .._model.resource import Params, Record
from .._resources.configuration import SECTIONS, Section, exported, is_meant
from .read import reading_result

ARGUMENTS = {
    "kinds": {"type": "list", "elements": "str", "choices": list(SECTIONS), "aliases": ["kind"]},
    "cluster": {"type": "str"},
    "svm": {"type": "str"},
    "system_defined": {"type": "bool", "default": False},
    "placeholders": {"type": "bool", "default": False},
}


def run_configuration_info() -> None:
    """The whole of configuration_info."""
    export(new_host(options.for_reading(ARGUMENTS, {}), configuration={}, not_exported=[], remarks=[]))


def export(host: Host) -> None:
    """Write down what there is, kind after kind, in the order in which kinds depend on each other."""
    found: Result = {"configuration": {}, "not_exported": [], "remarks": []}

    def work(session: Session, signals: Signals) -> Result:
        for section in chosen(host.params["kinds"], host.params["cluster"], host.params["svm"]):
            part = exported(
                section,
                _records(session, section, host.params),
                host.params["system_defined"],
                host.params["placeholders"],
            )
            found["configuration"][section.name] = part.entries
            found["not_exported"] += part.not_exported
            found["remarks"] += part.remarks
        return {}

    run(host, work, lambda error: {**found, **reading_result(error)})


def chosen(kinds: list[str] | None, cluster: str | None, svm: str | None) -> list[Section]:
    """The sections to read; those that have no place are left out where a place is given, unless they are asked for.

    :raises BadInput: a kind is asked for that cannot be limited so
    """
    limits = {"cluster": cluster, "svm": svm}
    result = []
    for section in SECTIONS.values():
        if kinds is not None and section.name not in kinds:
            continue
        unfit = [name for name, value in limits.items() if value is not None and name not in section.scope]
        if not unfit:
            result.append(section)
        elif kinds is not None:
            raise BadInput(f"{unfit[0]}: {section.name} do not lie in one; leave {unfit[0]} out, or this kind.")
    return result


def _records(session: Session, section: Section, params: Params) -> Iterator[Record]:
    """The records of a section, each with all that its description needs."""
    resource = section.resource
    if section.single:
        yield session.client.get(resource.collection)
        return
    cluster, svm = (None if params[name] is None else checked_name(params[name], name) for name in ("cluster", "svm"))
    for record in listed(session, section, svm):
        if is_meant(section, record, cluster, svm) and not section.system_defined(record):
            yield detailed(session, section, record)
        elif params["system_defined"] and section.system_defined(record):
            yield record


def listed(session: Session, section: Section, svm: str | None) -> Iterator[Record]:
    """What the list shows; one that is refused without an object to list for is read for each of them."""
    collection = section.resource.collection
    if section.listed_by is None:
        query = by("svm", svm) if svm is not None and section.name != "svms" else {}
        yield from session.client.records(collection, query)
        return
    name, owners = section.listed_by
    for owner in session.client.records(SECTIONS[owners].resource.collection):
        if svm is None or refers(owner, svm):
            # The name of an SVM may stand on two clusters; its records do not show which one is meant.
            place = {"cluster": owner["cluster"]} if owner.get("cluster") else {}
            yield from ({**place, **record} for record in session.client.records(collection, {name: owner.get("key")}))


def detailed(session: Session, section: Section, record: Record) -> Record:
    """The record as it is read by its key, where the list lacks some of it; one that has just gone stays as listed."""
    resource = section.resource
    if not resource.detailed:
        return record
    try:
        return {**record, **session.client.get(path_of(resource.collection, resource.key_of(record)))}
    except Refused as error:
        if error.status == 404:
            return record
        raise
