# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One object on its way from options to result. Private to this collection."""

from __future__ import annotations

from .._jobs.watched_job import Source, Watch
from .._model.resource import Operation, Params, Record, Resource


class Target:
    """What is known of one object; the engine fills it, the report reads it.

    :ivar listed: the record that a list has just shown, so that it need not be read for the plan
    :ivar record: UM's record as last read, None when there is no such object
    :ivar planned: the record as it will be when all operations are done
    :ivar operations: the plan; ``applied`` counts those that are done
    :ivar follow: where a change shows how far it is that was begun before, when there is nothing else to do
    :ivar also_read: what was read before a change, as further keys of the result
    :ivar planned_at: when it was looked up, on the server's clock
    :ivar awaited: other targets need what it makes, so that the run waits until it is shown
    :ivar error: what stopped it
    """

    def __init__(self, resource: Resource, params: Params, listed: Record | None = None) -> None:
        self.resource = resource
        self.params = params
        self.listed = listed
        self.desired: Record = {}
        self.record: Record | None = None
        self.planned: Record | None = None
        self.key: str | None = None
        self.operations: list[Operation] = []
        self.follow: Source | None = None
        self.also_read: Record = {}
        self.applied = 0
        self.watches: list[Watch] = []
        self.planned_at: float | None = None
        self.warnings: list[str] = []
        self.awaited = False
        self.error: BaseException | None = None

    @property
    def name(self) -> str:
        """How messages call it: ``LUN 'lun1'``."""
        return f"{self.resource.title} {self.mention!r}" if self.mention else self.resource.title

    @property
    def mention(self) -> str:
        """How the user calls it: the name as given, or as it follows from another option."""
        given = {name: value for name, value in self.params.items() if value is not None}
        return self.resource.called({**self.desired, **given})

    @property
    def spoken(self) -> str:
        """The text by which UM's jobs speak of it; of what was named by a path, they may give the last part alone."""
        return str(self.desired["name"]) if {"name", "path"} <= set(self.desired) else self.mention

    @property
    def has_work(self) -> bool:
        """Whether there is anything to send, or to wait for."""
        return self.error is None and bool(self.operations or self.follow or self.may_be_hidden)

    @property
    def may_be_hidden(self) -> bool:
        """Whether an object that shall be absent may be there, although the inventory does not show it."""
        return self.resource.lags and self.record is None and self.desired.get("state") == "absent"

    @property
    def begun(self) -> bool:
        """Whether this run has changed it, or has submitted a job that may."""
        return bool(self.applied or self.watches)

    @property
    def deleted(self) -> bool:
        """Whether this run has deleted it: all that was planned is done, and the last of it was a DELETE."""
        return bool(self.operations) and self.applied == len(self.operations) and self.operations[-1].deletes

    def forget(self, operation: Operation) -> None:
        """Another run has deleted the object: the operation that would do so is no longer part of the plan."""
        self.operations.remove(operation)
        self.record = self.planned = None
