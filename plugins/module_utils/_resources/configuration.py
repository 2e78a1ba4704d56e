# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole UM as one structure: its sections, in the order in which they depend on each other, and their export.

Private to this collection.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from .._base.errors import BadInput
from .._base.lenient import boolean
from .._base.names import is_key, refers
from .._model import kinds
from .._model.desired import with_defaults
from .._model.kinds import Kind
from .._model.resource import Description, Params, Record, Resource
from .access_endpoint import ACCESS_ENDPOINT
from .active_directory_mapping import ACTIVE_DIRECTORY_MAPPING
from .alert import ALERT
from .alert_script import ALERT_SCRIPT
from .backup_settings import BACKUP_SETTINGS
from .datasource import DATASOURCE
from .file_share import FILE_SHARE
from .igroup import IGROUP
from .lun import LUN
from .parts.export_rules import ROOT_POLICY
from .performance_service_level import LEVEL
from .storage_efficiency_policy import POLICY
from .svm import SVM
from .user import USER


class Section(NamedTuple):
    """One list of a configuration.

    :param name: its key in the configuration
    :param resource: the noun whose module takes its entries
    :param scope: the fields of a record, ``cluster`` and ``svm``, by which an export can be limited
    :param system_defined: record -> whether UM made it by itself
    :param single: UM has one such object, which is no list
    :param kind: as which others refer to its objects
    :param listed_by: the filter by SVM without which the list is refused
    :param removable: whether UM's API deletes its objects
    """

    name: str
    resource: Resource
    scope: tuple[str, ...] = ()
    system_defined: Callable[[Record], bool] = lambda record: False
    single: bool = False
    listed_by: str | None = None
    kind: Kind | None = None
    removable: bool = True


def _by_flag(record: Record) -> bool:
    return boolean(record.get("system_defined")) or False


def _by_type(record: Record) -> bool:
    """The user of the maintenance console is made by the installation."""
    return record.get("authentication_type") == "maintenance_user"


# Each may refer to those above it.
SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        Section("performance_service_levels", LEVEL, system_defined=_by_flag, kind=kinds.PERFORMANCE_SERVICE_LEVEL),
        Section("storage_efficiency_policies", POLICY, system_defined=_by_flag, kind=kinds.STORAGE_EFFICIENCY_POLICY),
        Section("users", USER, system_defined=_by_type),
        Section("alert_scripts", ALERT_SCRIPT, kind=kinds.SCRIPT, removable=False),
        Section("backup_settings", BACKUP_SETTINGS, single=True, removable=False),
        Section("datasources", DATASOURCE),
        Section("svms", SVM, scope=("cluster", "svm"), kind=kinds.SVM),
        Section("access_endpoints", ACCESS_ENDPOINT, scope=("cluster", "svm"), listed_by="resource.key"),
        Section(
            "active_directory_mappings",
            ACTIVE_DIRECTORY_MAPPING,
            scope=("cluster", "svm"),
            kind=kinds.ACTIVE_DIRECTORY_MAPPING,
            removable=False,
        ),
        Section("igroups", IGROUP, scope=("cluster", "svm"), kind=kinds.IGROUP),
        Section("luns", LUN, scope=("cluster", "svm"), kind=kinds.LUN),
        Section("file_shares", FILE_SHARE, scope=("cluster", "svm"), kind=kinds.FILE_SHARE),
        Section("alerts", ALERT),
    )
}
REMOVABLE = tuple(name for name, section in SECTIONS.items() if section.removable)
_TEMPLATE = re.compile(r"\{(?=[{%#])")  # where Jinja would see the begin of something
IDENTITY = ("cluster", "svm", "name", "address", "domain")


class Exported(NamedTuple):
    """What became of a section.

    :param entries: what its module takes, sorted
    :param not_exported: what is left out, each with ``kind``, ``name`` and ``reason``
    :param remarks: what the entries do not say, in whole sentences
    """

    entries: list[Record]
    not_exported: list[Record]
    remarks: list[str]


def to_be_removed(section: Section, record: Record) -> Record:
    """The options by which an object is deleted: those that find it."""
    described = section.resource.describe(record).options
    options: Record = {name: described[name] for name in IDENTITY if name in described}
    if section.name == "luns":
        options["lun_maps"] = []  # it is unmapped first
    return {**options, "state": "absent"}


def promised(section: Section, options: Params) -> list[tuple[str, str]]:
    """(collection, name) of the objects that an entry leads to, where others refer to such objects."""
    if section.kind is None or options.get("state") == "absent":
        return []
    name = options.get(section.kind.name_field)
    # ONTAP gives each SVM an export policy.
    policy = [(kinds.EXPORT_POLICY.collection, ROOT_POLICY)] if section.kind is kinds.SVM else []
    return [(section.kind.collection, str(name)), *policy] if name else []


def is_meant(section: Section, record: Record, cluster: str | None, svm: str | None) -> bool:
    """Whether a record lies where the export is limited to."""
    own = record.get("svm") if section.name != "svms" else record
    return refers(_cluster_of(section, record), cluster) and refers(own, svm)


def _cluster_of(section: Section, record: Record) -> object:
    """The cluster of a record; where it shows none, its keys begin with the UUID of the cluster."""
    shown = record.get("cluster")
    return shown if shown else _cluster_in_key(record)


def _cluster_in_key(record: Record) -> Record | None:
    uuid, mark, _rest = str(record.get("key") or "").partition(":")
    return {"key": f"{uuid}:type=cluster,uuid={uuid}", "name": None} if mark else None


def exported(section: Section, records: Iterable[Record], system_defined: bool, placeholders: bool) -> Exported:
    """The entries of a section, so that two exports of the same records are equal.

    :param system_defined: also what UM defines by itself
    :param placeholders: write a reference to a variable for each secret that a re-creation needs
    """
    result = Exported([], [], [])
    described: list[tuple[Record, Description]] = []
    for record in records:
        if section.system_defined(record) and not system_defined:
            continue
        described_or_why = _described(section, record)
        if isinstance(described_or_why, str):
            result.not_exported.append(_left_out(section, record, described_or_why))
        else:
            described.append((record, described_or_why))
    for description in _unambiguous(section, described, result.remarks):
        entry = dict(description.options)
        if placeholders:
            secret = [path for path in description.lacking if _is_secret(section, path)]
            variables = {path: _variable(section, entry, path) for path in secret}
            entry = {**{name: _escaped(value) for name, value in entry.items()}, **variables}
        elif description.lacking:
            names = ", ".join(description.lacking)
            result.remarks.append(f"{section.name}: {_called(entry)} needs {names} when it is created again.")
        result.remarks.extend(f"{section.name}: {remark}" for remark in description.remarks)
        result.entries.append(_nested(entry))
    result.entries.sort(key=_order)
    result.not_exported.sort(key=_order)
    result.remarks.sort()
    return result


def _described(section: Section, record: Record) -> Description | str:
    """What describes it, by its key where no option takes its name; or why it cannot be described, as a sentence."""
    description = section.resource.describe(record)
    if not _can_be_found(section, description.options):
        return "Unified Manager does not show what its module needs to find it."
    refused = _refusal(section, description.options)
    name = str(description.options.get("name"))
    if refused is None and record.get("key") != name and is_key(name):
        refused = f"name: {name!r} would be taken for a key."
    if refused is None:
        return description
    if not record.get("key") or "name" not in description.options:
        return refused
    by_key = {**description.options, "name": record["key"]}
    if _refusal(section, by_key) is not None:
        return refused
    remark = f"{refused} It is told by its key, which a new one will not have: give it a name to create it again."
    return Description(by_key, description.lacking, (*description.remarks, remark))


def _refusal(section: Section, options: Record) -> str | None:
    """Why its module would not take these options; None where it takes them."""
    try:
        section.resource.desired(with_defaults(section.resource.arguments, _nested(options)))
    except BadInput as error:
        return error.message
    return None


def _can_be_found(section: Section, options: Record) -> bool:
    return section.single or any(options.get(name) for name in IDENTITY)


def _left_out(section: Section, record: Record, reason: str) -> Record:
    return {"kind": section.name, "name": record.get("name") or record.get("key"), "reason": reason}


def _unambiguous(
    section: Section, described: Sequence[tuple[Record, Description]], remarks: list[str]
) -> list[Description]:
    """Two objects that are called alike are told apart by their keys."""
    counts: dict[tuple[Any, ...], int] = {}
    for _record, description in described:
        identity = _identity(description.options)
        counts[identity] = counts.get(identity, 0) + 1
    result = []
    for record, description in described:
        if counts[_identity(description.options)] > 1 and record.get("key") and "name" in description.options:
            name, key = description.options["name"], record["key"]
            remarks.append(f"{section.name}: several are called {name!r}, so each is named by its key, {key}.")
            description = description._replace(options={**description.options, "name": key})
        result.append(description)
    return result


def _identity(options: Record) -> tuple[Any, ...]:
    return tuple(options.get(name) for name in (*IDENTITY, "volume", "volume_name_tag"))


def _is_secret(section: Section, path: str) -> bool:
    """Whether an option is one that is not shown."""
    spec = section.resource.arguments
    for name in path.split("."):
        option = spec.get(name) or {}
        spec = option.get("options") or {}
    return bool(option.get("no_log"))


def _variable(section: Section, entry: Record, path: str) -> str:
    """A reference to the variable in which a secret is expected, as a vault has it; only a creation needs it."""
    words = "_".join(("vault_um", section.name, str(_called(entry)), path))
    return "{{ " + re.sub(r"\W+", "_", words).strip("_").lower() + " | default(omit) }}"


def _escaped(value: Any) -> Any:
    """The value as a template that leads to it: a text of UM must not be taken for a reference to a variable."""
    if isinstance(value, str):
        return _TEMPLATE.sub("{{ '{' }}", value)
    if isinstance(value, dict):
        return {name: _escaped(part) for name, part in value.items()}
    return [_escaped(part) for part in value] if isinstance(value, list) else value


def _called(entry: Record) -> object:
    return next((entry[name] for name in ("name", "address", "domain") if entry.get(name)), "this object")


def _nested(entry: Record) -> Record:
    """``{"cifs.password": x}`` as the suboption of ``cifs``, with all names in order."""
    result: Record = {}
    for path in sorted(entry):
        *parents, last = path.split(".")
        target = result
        for parent in parents:
            target = target.setdefault(parent, {})
        # A copy: records share equal parts, which YAML would write as anchors.
        target[last] = copy.deepcopy(entry[path])
    return result


def _order(entry: Record) -> tuple[list[str], str]:
    return [str(entry.get(name) or "") for name in IDENTITY], json.dumps(entry, sort_keys=True)
