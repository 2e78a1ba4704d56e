# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a whole UM as the options of its modules. Private to this collection."""

from __future__ import annotations

from collections.abc import Iterator

from .._base.errors import BadInput
from .._base.names import by, checked_name, path_of, refers
from .._engine.ansible_module import Host, new_host
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import options
from .._model.resource import Params, Record
from .._resources.configuration import SECTIONS, Section, exported, is_meant
from .._um.client import Client, get_or_none
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
        params, lists = host.params, Lists(session.client)
        for section in chosen(params["kinds"], params["cluster"], params["svm"]):
            part = exported(section, _records(lists, section, params), params["system_defined"], params["placeholders"])
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


class Lists:
    """What UM lists, section by section; the list of SVMs, which several sections need, is read once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._svms: dict[str, Record] | None = None

    def records(self, section: Section, svm: str | None) -> Iterator[Record]:
        """What the list shows; one that is refused without an object to list for is read for each of them.

        :param svm: name or key of the one to which they are limited
        """
        if section.single:
            yield self._client.get(section.resource.collection)
        elif section.listed_by is not None:
            for owner in self._owners(svm):
                query = {section.listed_by: owner.get("key")}
                found = self._client.records(section.resource.collection, query)
                yield from (_placed(record, owner) for record in found)
        elif section.name == "svms":
            yield from self._all_svms().values()
        else:
            for record in self._client.records(section.resource.collection, by("svm", svm) if svm else {}):
                yield self._located(record) if "cluster" in section.scope else record

    def detailed(self, section: Section, record: Record) -> Record:
        """The record as it is read by its key, where the list lacks some of it; one that has just gone is as listed."""
        resource = section.resource
        if not resource.detailed:
            return record
        path = path_of(resource.collection, resource.key_of(record))
        return {**record, **(get_or_none(self._client, path) or {})}

    def _owners(self, svm: str | None) -> Iterator[Record]:
        return (owner for owner in self._all_svms().values() if svm is None or refers(owner, svm))

    def _all_svms(self) -> dict[str, Record]:
        """All SVMs, by key."""
        if self._svms is None:
            found = self._client.records(SECTIONS["svms"].resource.collection)
            self._svms = {str(record.get("key")): record for record in found}
        return self._svms

    def _located(self, record: Record) -> Record:
        """With its cluster, since SVMs of two clusters may have one name, and some records show the SVM alone."""
        if record.get("cluster") or not isinstance(record.get("svm"), dict):
            return record
        return _placed(record, self._all_svms().get(str(record["svm"].get("key")), {}))


def _placed(record: Record, svm: Record) -> Record:
    return {"cluster": svm["cluster"], **record} if svm.get("cluster") else record


def _records(lists: Lists, section: Section, params: Params) -> Iterator[Record]:
    """The records of a section that are to be exported, each with all that its description needs."""
    cluster, svm = (None if params[name] is None else checked_name(params[name], name) for name in ("cluster", "svm"))
    for record in lists.records(section, svm):
        if is_meant(section, record, cluster, svm):
            yield lists.detailed(section, record)
