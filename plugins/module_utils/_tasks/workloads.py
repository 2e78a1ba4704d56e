# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many LUNs and file shares in one run: planned together, changed side by side. Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._base.errors import BadInput, Interrupted, Refused, UMError
from .._engine.engine import Engine
from .._engine.host import Host, new_host
from .._engine.planner import Planner
from .._engine.report import Result, target_result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._jobs.job import PARTIAL, SUBMITTED, UNKNOWN
from .._jobs.watch import INTERRUPTED, TIMEOUT, abandon
from .._model import options
from .._model.resource import Params, Resource
from .._resources.file_share import FILE_SHARE
from .._resources.lun import LUN

KINDS: Mapping[str, Resource] = {"luns": LUN, "file_shares": FILE_SHARE}
SKIPPED = "skipped"
WELL = ("unchanged", "changed", SUBMITTED)
_WORST_FIRST = (INTERRUPTED, UNKNOWN, TIMEOUT)


def _wish(spec: Mapping[str, Any]) -> dict[str, Any]:
    """An option without its default, so that it can be told whether it was given."""
    return {name: value for name, value in spec.items() if name != "default"}


def _arguments() -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    common: dict[str, Any] = {}
    for option, resource in KINDS.items():
        options = {name: _wish(spec) for name, spec in resource.arguments.items()}
        arguments[option] = {"type": "list", "elements": "dict", "options": options}
        common.update({name: spec for name, spec in options.items() if name != "name"})
    arguments["defaults"] = {"type": "dict", "options": common}
    arguments["max_in_flight"] = {"type": "int", "default": 8}
    arguments["stop_on_failure"] = {"type": "bool", "default": False}
    return arguments


WORKLOAD_ARGUMENTS = _arguments()
WORKLOAD_RULES = {"required_one_of": [list(KINDS)]}


def change_workloads(host: Host) -> None:
    """Bring all that are named into their wished states."""
    batch = Batch(host)
    run(host, batch.work, batch.report, batch.warnings)


class Batch:
    """The wishes of one run.

    :ivar skipped: {item: why it was not begun}
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._params = host.params
        self.targets = {
            option: [
                Target(resource, _merged(resource, self._params["defaults"], desired))
                for desired in self._params[option] or ()
            ]
            for option, resource in KINDS.items()
        }
        self.all = [target for targets in self.targets.values() for target in targets]
        self.skipped: dict[Target, str] = {}
        self.warnings: list[str] = []
        self._planned = False

    def work(self, session: Session, signals: Signals) -> Result:
        at_most = self._params["max_in_flight"]
        if at_most < 1:
            raise BadInput(f"max_in_flight: {at_most} is not a number over 0.")
        planner = Planner(session.client)
        planner.prepare(self.all)
        self._planned = True
        if not self._host.check_mode:
            ignore = self._params["ignore_partial_failure"]
            engine = Engine(planner, session.poller, signals, self._params["wait"], ignore)
            session.progress.expect(sum(len(target.operations) for target in self.all if target.error is None))
            engine.perform(self.all, at_most, lambda target: self._hold_back(target, session))
        return {}

    def _hold_back(self, target: Target, session: Session) -> bool:
        begun = any(other.applied or other.watches for other in self.all)
        if begun and session.deadline.passed():
            target.error = UMError("wait_timeout passed before it was begun.", outcome=TIMEOUT)
            return True
        if self._params["stop_on_failure"]:
            failed = next((other for other in self.all if self._has_failed(other)), None)
            if failed is not None:
                self.skipped[target] = (
                    f"{target.name}: Not begun, because {failed.name} failed and stop_on_failure is set."
                )
        return target in self.skipped

    def _has_failed(self, target: Target) -> bool:
        """Whether it has ended, and not well; one that is under way has not."""
        if target.error is None and any(not watch.ended for watch in target.watches):
            return False
        begun = target.error is not None or target.applied or target.watches
        return bool(begun) and target.failed(False, self._params["ignore_partial_failure"])

    def report(self, error: BaseException | None) -> Result:
        if error is not None:
            self._end_with(error)
        entries = {option: [self._entry(target) for target in targets] for option, targets in self.targets.items()}
        flat = [entry for group in entries.values() for entry in group]
        watches = sorted((watch for target in self.all for watch in target.watches), key=lambda watch: watch.since)
        result: Result = {
            "changed": any(entry["changed"] for entry in flat),
            "outcome": self._overall(flat, error),
            **entries,
            "jobs": [watch.describe() for watch in watches],
            "diff": self._diff(),
        }
        self._tell(result, flat, error)
        for target in self.all:
            self.warnings.extend(target.warnings)
        return result

    def _end_with(self, error: BaseException) -> None:
        """What ended the run ends those that are under way; what has ended stays, and the others were not begun."""
        for target in self.all:
            done = self._planned and target.applied == len(target.operations)
            if done or target.error is not None or target in self.skipped or self._has_failed(target):
                continue
            if target.applied or target.watches:
                target.error = error
                abandon(target.watches, error)
            else:
                why = "interrupted" if isinstance(error, Interrupted) else "ended by an error"
                self.skipped[target] = f"{target.name}: Not begun, because the run was {why}."

    def _entry(self, target: Target) -> Result:
        """What became of one, as the module for one would tell it."""
        result = target_result(target, self._host.check_mode, self._params["ignore_partial_failure"])
        if target in self.skipped:
            result = {
                **{part: result[part] for part in (target.resource.noun, "jobs", "diff")},
                "changed": result["changed"],
                "outcome": SKIPPED,
                "msg": self.skipped[target],
                "not_applied": target.purposes()[1],
            }
        return {"name": target.params["name"], **result}

    def _diff(self) -> Result:
        """Before and after of all that change, each under its place in the options and its name."""
        diffs = {
            f"{option}[{number}] {target.params['name']}": target.diff(self._host.check_mode)
            for option, targets in self.targets.items()
            for number, target in enumerate(targets)
        }
        return {side: {name: diff[side] for name, diff in diffs.items() if diff[side]} for side in ("before", "after")}

    def _overall(self, entries: list[Result], error: BaseException | None) -> str:
        outcomes = {entry["outcome"] for entry in entries}
        if isinstance(error, Interrupted):
            return INTERRUPTED
        if error is not None and not any(entry["changed"] for entry in entries):
            return getattr(error, "outcome", UNKNOWN)
        if outcomes <= set(WELL) and error is None:
            return next((outcome for outcome in (SUBMITTED, "changed") if outcome in outcomes), "unchanged")
        if PARTIAL in outcomes or any(entry["changed"] and entry["outcome"] in WELL for entry in entries):
            return PARTIAL
        return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), "failed")

    def _tell(self, result: Result, entries: list[Result], error: BaseException | None) -> None:
        """Why the run failed, if it did: the first reasons, and how many more there are."""
        failed = [entry for entry in entries if entry.get("failed") or entry["outcome"] == SKIPPED]
        if not failed and error is None:
            return
        reasons = [entry["msg"] for entry in failed if entry["outcome"] != SKIPPED]
        if error is not None:
            reasons.insert(0, getattr(error, "message", str(error)))
        left = sum(entry["outcome"] == SKIPPED for entry in failed)
        more = f" (+{len(reasons) - 3} more)" if len(reasons) > 3 else ""
        not_begun = f" {left} not begun." if left else ""
        count = f"{len(failed)} of {len(entries)} are not as wished." if failed else ""
        result.update(failed=True, msg=f"{count} {' '.join(reasons[:3])}{more}{not_begun}".strip())
        refused = [entry["error"] for entry in failed if "error" in entry]
        if isinstance(error, Refused):
            refused.insert(0, error.error)
        if refused:
            result["error"] = refused[0]


def _merged(resource: Resource, defaults: Params | None, desired: Params) -> dict[str, Any]:
    """The options of one: its own, else the common ones, else those of the module for one."""
    merged = {}
    for name, spec in resource.arguments.items():
        given = desired.get(name)
        if given is None:
            given = (defaults or {}).get(name)
        merged[name] = spec.get("default") if given is None else given
    return merged


def run_workloads() -> None:
    """The whole of workloads."""
    change_workloads(new_host(**options.for_changing(WORKLOAD_ARGUMENTS, WORKLOAD_RULES)))
