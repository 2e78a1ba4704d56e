# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's work done by Ansible's own worker, where the task runs on the controller anyway.

That saves the start of a process for each task, and a person sees how far the jobs are. Everywhere else the module
runs as any other. Private to this collection.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn

from ansible import constants
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible.utils.vars import merge_hash

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.redact import secrets_of
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.times import as_text
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import hosted_by
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.long_lists import brief
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.validation import check
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.wire import REQUESTS_ERROR

UTILS = "ansible_collections.aiqum.unified_manager.plugins.module_utils."
# What changes objects and waits. The playbook's process imports it here once; each of its workers would do so anew.
for _name in ("_engine.executor", "_jobs.poller", "_jobs.progress"):
    import_module(UTILS + _name)

PLAIN = (str, int, float, bool, type(None))
display = Display()


class Finished(BaseException):
    """A host has the result; ends the module's code as ``sys.exit`` ends a process."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__()
        self.result = result


class ActionHost:
    """Fills the port of the engine; checks the options and answers as AnsibleModule does.

    :param args: the options as the task gave them
    :param tell: takes a line of progress
    :param blank: what the result holds where the options are wrong, beside what all results hold
    """

    def __init__(
        self,
        args: dict[str, Any],
        check_mode: bool,
        tell: Callable[[str], object],
        argument_spec: dict[str, Any],
        supports_check_mode: bool = True,
        blank: Mapping[str, Any] | None = None,
        **rules: Any,
    ) -> None:
        self.argument_spec = argument_spec
        self.check_mode = check_mode
        self._tell = tell
        self._warnings: list[str] = []
        checked = check(argument_spec, rules, args)
        self.params = checked.params
        self._secrets = secrets_of(argument_spec, self.params)
        for option, alias in checked.twice:
            self.warn(f"Both option {option} and its alias {alias} are set.")
        if checked.wrong:
            self.finish({"failed": True, "msg": checked.wrong, "changed": False, "outcome": "failed", **(blank or {})})

    def warn(self, text: str) -> None:
        if text not in self._warnings:
            self._warnings.append(text)

    def progress(self, text: str) -> None:
        """One line; what else the server's words hold must not move the cursor."""
        self._tell("".join(one if one.isprintable() else " " for one in remove_values(text, self._secrets)))

    def finish(self, result: dict[str, Any]) -> NoReturn:
        whole = {"invocation": {"module_args": brief(self.params)}, **result}
        if self._warnings:
            whole["warnings"] = self._warnings
        raise Finished({name: self._cleaned(value) for name, value in whole.items()})

    def _cleaned(self, value: Any) -> Any:
        """A part of the result as Ansible shows it; lists change in place, since they can have 100,000 records."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, list):
            for index, one in enumerate(value):
                value[index] = _plain(remove_values(one, self._secrets))
            return value
        return _plain(remove_values(value, self._secrets))


class InProcess(ActionBase):
    """The action plugin of a module.

    :cvar main: the module's own
    """

    _supports_check_mode = True
    _supports_async = True
    main: Callable[[], None]

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        environment = self._environment()
        if self._belongs_here(task_vars or {}, environment):
            return merge_hash(result, self._run_here(task_vars or {}, environment))
        wrap_async = self._task.async_val and not self._connection.has_native_async
        result = merge_hash(result, self._execute_module(task_vars=task_vars, wrap_async=wrap_async))
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _environment(self) -> dict[str, str]:
        """What the task's ``environment`` sets."""
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        return {name: str(value) for name, value in environment.items()}

    def _belongs_here(self, task_vars: Mapping[str, Any], environment: Mapping[str, str]) -> bool:
        return (
            self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and REQUESTS_ERROR is None
            and self._switch("um_in_process", task_vars, environment)
        )

    def _switch(self, name: str, task_vars: Mapping[str, Any], environment: Mapping[str, str]) -> bool:
        """A variable of the host, or one of the environment in capitals; on, unless it says otherwise."""
        value = task_vars.get(name)
        if value is None:
            value = environment.get(name.upper()) or os.environ.get(name.upper()) or True
        return boolean(self._templar.template(value), strict=False)

    def _run_here(self, task_vars: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
        shows = not self._task.no_log and self._switch("um_progress", task_vars, environment)
        where = task_vars.get("inventory_hostname")

        def tell(text: str) -> None:
            if shows:
                display.display(f"[{where}] {text}", stderr=True)  # some callbacks write JSON to stdout

        def host(**keywords: Any) -> ActionHost:
            return ActionHost(args, bool(self._task.check_mode), tell, **keywords)

        args = _plain(self._task.args)
        token = hosted_by.set(host)
        try:
            with _set(environment):
                type(self).main()
        except Finished as end:
            if not _shows_invocation(task_vars):
                end.result.pop("invocation", None)
            return end.result
        finally:
            hosted_by.reset(token)
        raise AssertionError("a module ended without a result")


def _shows_invocation(task_vars: Mapping[str, Any]) -> bool:
    """From ansible-core 2.21 on a setting says whether results hold the options; before, they always do."""
    if "INJECT_INVOCATION" not in constants.config.get_configuration_definitions():
        return True
    return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=dict(task_vars)))


@contextmanager
def _set(environment: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _plain(value: Any) -> Any:
    """As it is after its way to a module and back: JSON, and nothing that Ansible knows of where it came from."""
    exactly = type(value)  # Ansible's marked texts, lists and dictionaries are subclasses
    if exactly in PLAIN:
        return value
    if exactly is list:
        return [_plain(one) for one in value]
    if exactly is dict and {type(name) for name in value} <= {str}:
        return {name: _plain(one) for name, one in value.items()}
    return json.loads(json.dumps(as_text(value), default=str))
