# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which a resource is declared: plain data and pure functions. Private to this collection.

The way of the data: options -> ``desired`` -> the record that ``find`` describes -> ``current`` -> ``plan`` ->
Operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .._base.names import can_be_given
from .kinds import Kind

if TYPE_CHECKING:
    from .._jobs.watched_job import Source

Params = Mapping[str, Any]
Record = dict[str, Any]


STATE = {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}


class Reference(NamedTuple):
    """Stands in an Operation's body for an object's ``{"key": ...}`` until its key is needed.

    :param name_or_key: its name or key
    :param option: the option that named it, for messages
    :param scope: where it must lie: pairs of a field (``svm``, ``cluster``) and a name or key
    :param otherwise: pairs of a field and its value, which are sent instead of the key where there is no such object
    """

    kind: Kind
    name_or_key: str
    option: str
    scope: tuple[tuple[str, str], ...] = ()
    otherwise: tuple[tuple[str, str], ...] = ()


class Operation(NamedTuple):
    """One write. ``before`` and ``after`` hold, by option, only what it changes, and make the diff.

    ``create``, ``change`` and ``delete`` make the usual ones; ``creates`` and ``deletes`` tell what it does.

    :param purpose: what it is for, in one word: create, delete, or the option that it changes
    :param verb: POST goes to the collection, PATCH and DELETE to the object
    :param body: JSON, with References in it
    :param path: another place than the collection or the object
    :param files: a multipart upload instead of a body, as requests takes it
    :param precheck: what must be read before it is sent: given get(path, query), it raises what forbids the change,
        and returns what the result is to show of it
    :param follow: the Source in which the object itself shows how far a change is that UM answers at once
    :param display: what the record will show of it, where the body does not tell
    :param hidden: the options that it sets and UM never shows, such as passwords
    :param advice: a sentence about what may help when its job fails
    """

    purpose: str
    verb: str
    body: Record | None = None
    before: Record = {}
    after: Record = {}
    path: str | None = None
    query: Mapping[str, Any] | None = None
    files: Any = None
    precheck: Callable[[Callable[..., Record]], Record] | None = None
    follow: Source | None = None
    display: Record | None = None
    hidden: Sequence[str] = ()
    advice: str = ""

    @classmethod
    def create(cls, body: Record | None, after: Record, **rest: Any) -> Operation:
        """Make the object: ``after`` are the options that it is made with; ``rest`` are further fields."""
        return cls("create", "POST", body, {"state": "absent"}, {"state": "present", **_told(after)}, **rest)

    @classmethod
    def change(cls, body: Record, before: Record, after: Record, **rest: Any) -> Operation:
        """Set the options that are the keys of ``after``; ``before`` has what they are now."""
        return cls(", ".join(after), "PATCH", body, before, after, **rest)

    @classmethod
    def delete(cls, before: Record, **rest: Any) -> Operation:
        """Remove the object: ``before`` are the options that describe it."""
        return cls("delete", "DELETE", None, {"state": "present", **_told(before)}, {"state": "absent"}, **rest)

    @property
    def creates(self) -> bool:
        return self.verb == "POST"

    @property
    def deletes(self) -> bool:
        return self.verb == "DELETE"

    def overlaps(self, other: Operation) -> bool:
        """Whether another operation would set an option of the same object that this one sets, too."""
        return self.path == other.path and bool(set(self.after) & set(other.after))


def _told(options: Record) -> Record:
    """What a diff says of an object: nothing of options that are empty."""
    return {name: value for name, value in options.items() if value not in (None, "", [], {})}


class Finding(NamedTuple):
    """How to find the one object that is meant: by key, or a filtered list and an exact test of its records.

    :param query: filters; a Reference in it stands for the bare key of its object
    :param otherwise: where to look when nothing is found here, for an object that has yet to get its name
    :param together: all records that match are meant, and the record is ``{"records": [...]}``, as in a list
    :param path: the place of a thing of which there is only one, and which has no key
    :param name: the last part of the name of every record that matches, so that many can be told apart at once
    """

    key: str | None = None
    collection: str | None = None
    query: Mapping[str, Any] = {}
    matches: Callable[[Record], bool] = lambda record: True
    otherwise: Finding | None = None
    together: bool = False
    path: str | None = None
    name: str | None = None


def same(record: Record, desired: Mapping[str, Any], get: Callable[[str], Record]) -> Record:
    """The default ``complete``: the listed record says all."""
    return record


def merged(record: Record, body: Record) -> Record:
    """The default ``planned``: what was sent is what will be shown; objects are merged, everything else is replaced."""
    result = dict(record)
    for name, value in body.items():
        old = result.get(name)
        result[name] = merged(old, value) if isinstance(value, dict) and isinstance(old, dict) else value
    return result


class Description(NamedTuple):
    """An object as the options of its module would describe it.

    :param options: what the module takes; planned against the object, it changes nothing
    :param lacking: the options that a re-creation needs and that UM does not tell; suboptions as ``cifs.password``
    :param remarks: what the options do not say, in whole sentences
    """

    options: Record
    lacking: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Resource(NamedTuple):
    """A noun that UM manages.

    :param noun: the module's name and the key of the record in the result
    :param title: UM's term, for messages
    :param collection: the path of the list, below the API's base
    :param arguments: the argument spec of its own options
    :param desired: options -> what is desired, checked and normalised; raises BadInput
    :param find: desired -> Finding
    :param current: record -> the same vocabulary as ``desired``
    :param plan: present (None: there is no such object), desired -> Operations in order;
        raises BadInput
    :param complete: record, desired, get(collection) -> the record with what the list lacks and ``desired`` names
    :param planned: record, body -> the record as it will be
    :param key_of: record -> the key in its path
    :param result_name: the name in ``job_results`` under which a create job gives the key
    :param shows_progress: UM answers at once, and the object itself shows how far the change is
    :param owes_job: UM answers every change with a job (docs/facts/server.md, 3.3); without one, it is unknown
        whether the change will be made
    :param lags: UM knows its objects from the inventory, which shows a create or a delete only after the next
        acquisition (docs/facts/server.md, 4.9)
    :param called: options and desired -> how the user calls the object, for messages; empty where there is only one
    :param rules: further keywords of AnsibleModule, such as required_if
    :param listed_only: UM has no GET of one such object, so that it is read from the list
    :param shown: record -> the record as results show it
    :param inventory: the collection that shows the same objects under the same keys, with some lag
    :param lasting: fields that the list lacks, the inventory has, and that cannot be changed
    :param describe: record -> the options that describe it; None where the noun has no state that could be written down
    :param detailed: ``describe`` needs the record as it is read by its key, since the list lacks some of it
    :param as_inventory: inventory record, desired -> fields of the object's own record, where the inventory shows them
        as they are desired, so that the object need not be read for them; None where it must be
    :param makes: desired -> what its creation makes that others of its kind may use, too; empty where there is nothing.
        Of those that would make the same, one is created first
    :param under_way: record -> the Source in which the object itself shows how far a change is that was begun before,
        and how it ended; None when there is nothing to wait for
    """

    noun: str
    title: str
    collection: str
    arguments: Mapping[str, Any]
    desired: Callable[[Params], Record]
    find: Callable[[Record], Finding]
    current: Callable[[Record], Record]
    plan: Callable[[Record | None, Record], Sequence[Operation]]
    complete: Callable[[Record, Record, Callable[[str], Record]], Record] = same
    planned: Callable[[Record, Record], Record] = merged
    key_of: Callable[[Record], str] = lambda record: record["key"]
    result_name: str | None = None
    owes_job: bool = False
    shows_progress: bool = False
    lags: bool = False
    called: Callable[[Params], str] = lambda options: str(options.get("name") or "")
    rules: Mapping[str, Any] = {}
    listed_only: bool = False
    shown: Callable[[Record], object] = lambda record: record
    inventory: str | None = None
    lasting: Sequence[str] = ()
    as_inventory: Callable[[Record, Record], Record | None] | None = None
    under_way: Callable[[Record], Source | None] = lambda record: None
    makes: Callable[[Record], tuple[str, ...]] = lambda desired: ()
    describe: Callable[[Record], Description] = lambda record: Description({})
    detailed: bool = False

    @property
    def takes_time(self) -> bool:
        """Whether a change of it can be waited for, so that its module has the options for that."""
        return self.owes_job or self.shows_progress


def name_of(reference: Any) -> str | None:
    """What a person calls the object behind a reference in a record: its name, or its key where it has none."""
    return reference.get("name") or reference.get("key") if isinstance(reference, dict) else None


def option_of(reference: Any) -> str | None:
    """How an option names the object behind a reference in a record: by name, or by key where no option takes it."""
    if not isinstance(reference, dict):
        return None
    name = reference.get("name")
    return name if name and can_be_given(name) else reference.get("key") or name or None
