# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""AnsibleModule as the engine's host. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from . import _argspec
from ._backing_up import back_up
from ._listing import Listing, Many, Single
from ._many import change_many
from ._ontap_call import call_ontap
from ._placement import PLACEMENT_ARGUMENTS, place
from ._reading import list_records, read_single
from ._resource import Resource
from ._resources.backup import BACKUP
from ._resources.ontap import ONTAP
from ._runner import change
from ._session import Host
from ._surveying import PERFORMANCE_ARGUMENTS, SURVEY_ARGUMENTS, measure, survey
from ._waiting import WAIT_ARGUMENTS, wait_for_jobs
from ._workloads import WORKLOAD_ARGUMENTS, WORKLOAD_RULES, change_workloads


class ModuleHost(AnsibleModule):
    """Fills the port of the engine; options that do not validate are answered with an outcome, too."""

    def progress(self, text: str) -> None:
        """A module's output is seen only at its end."""

    def finish(self, result: dict[str, Any]) -> None:
        if result.pop("failed", False):
            super().fail_json(**result)
        self.exit_json(**result)

    def fail_json(self, msg: str, **kwargs: Any) -> None:
        super().fail_json(msg, **{"changed": False, "outcome": "failed", "jobs": [], **kwargs})


# Where it runs: an action plugin that does a module's work by itself puts its own host here.
hosted_by: ContextVar[Callable[..., Host]] = ContextVar("hosted_by", default=ModuleHost)


def _host(**keywords: Any) -> Host:
    return hosted_by.get()(**keywords)


def run_change(resource: Resource) -> None:
    """The whole of a module that changes a resource."""
    change(_host(**_argspec.for_changing(resource.arguments, resource.rules)), resource)


def run_many(many: Many) -> None:
    """The whole of a module that changes many objects at once."""
    change_many(_host(**_argspec.for_changing(many.resource.arguments, many.resource.rules)), many)


def run_workloads() -> None:
    """The whole of workloads."""
    change_workloads(_host(**_argspec.for_changing(WORKLOAD_ARGUMENTS, WORKLOAD_RULES)))


def run_listing(listing: Listing) -> None:
    """The whole of a module that reads records."""
    list_records(_host(**_argspec.for_reading(listing.arguments, listing.rules)), listing)


def run_ontap() -> None:
    """The whole of ontap."""
    call_ontap(_host(**_argspec.for_changing(ONTAP.arguments, ONTAP.rules)))


def run_survey() -> None:
    """The whole of datacenter_info."""
    survey(_host(**_argspec.for_reading(SURVEY_ARGUMENTS, {})))


def run_measuring() -> None:
    """The whole of metrics_info."""
    measure(_host(**_argspec.for_reading(PERFORMANCE_ARGUMENTS, {})))


def run_data_placement() -> None:
    """The whole of data_placement."""
    place(_host(**_argspec.for_reading(PLACEMENT_ARGUMENTS, {})))


def run_reading(single: Single) -> None:
    """The whole of a module that reads a thing of which there is only one."""
    read_single(_host(**_argspec.for_reading({}, {})), single)


def run_backup() -> None:
    """The whole of backup."""
    back_up(_host(**_argspec.for_changing(BACKUP.arguments, BACKUP.rules)))


def run_job_wait() -> None:
    """The whole of job_wait."""
    wait_for_jobs(_host(**_argspec.for_waiting(WAIT_ARGUMENTS)))
