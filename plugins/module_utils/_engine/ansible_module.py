# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's port to Ansible, and AnsibleModule as what fills it. Private to this collection."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Protocol

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import remove_values

from .._base.redact import secrets_of
from .._model.validation import RULES, UNEXPECTED, normal, problems, shown, unexplained
from .long_lists import brief, taken_out, write


class Listener(Protocol):
    """What a session needs of the one who runs it: ``params`` are validated options."""

    params: dict[str, Any]

    def warn(self, text: str) -> None:
        """Show a warning."""

    def progress(self, text: str) -> None:
        """Show that something moved, where a person can see it."""


class Host(Listener, Protocol):
    """What the engine needs of the one who runs it: AnsibleModule, or an action plugin.

    ``argument_spec`` says which of the options are secret.
    """

    argument_spec: dict[str, Any]
    check_mode: bool

    def finish(self, result: dict[str, Any]) -> None:
        """End the task; ``failed`` in the result says how."""


class ModuleHost(AnsibleModule):
    """Fills the port of the engine; options that do not validate are answered with the usual result, too.

    :param blank: what the result of such a task holds beside what all have
    """

    params: dict[str, Any]

    def __init__(self, blank: Mapping[str, Any], **keywords: Any) -> None:
        self._blank = blank
        self._rules = {rule: keywords.get(rule) for rule in RULES}
        self._given: dict[str, Any] = {}
        self._is_checked = False
        try:
            super().__init__(**keywords)
        except UNEXPECTED as error:
            self.fail_json(str(error))
        # AnsibleModule collects them before it makes dictionaries of text.
        self.no_log_values |= secrets_of(self.argument_spec, self.params)
        if problems(self.argument_spec, self._rules, self._given):
            self.fail_json("")
        self._is_checked = True

    def _load_params(self) -> None:
        """Where AnsibleModule reads the options, before it checks them."""
        super()._load_params()
        self.params = normal(self.argument_spec, self.params)
        self._given = {name: value for name, value in self.params.items() if not name.startswith("_ansible_")}

    def progress(self, text: str) -> None:
        """A module's output is seen only at its end."""

    def finish(self, result: dict[str, Any]) -> None:
        self.params = brief(self.params)
        short, lists = taken_out(result, self._masked)
        written = io.StringIO()
        try:
            with contextlib.redirect_stdout(written):
                if short.pop("failed", False):
                    super().fail_json(**short)
                self.exit_json(**short)
        finally:
            write(written.getvalue(), lists, self._masked, sys.stdout.write)

    def _masked(self, value: Any) -> Any:
        return remove_values(value, self.no_log_values)

    def fail_json(self, msg: str, **kwargs: Any) -> None:
        if not self._is_checked:
            msg = problems(self.argument_spec, self._rules, self._given) or unexplained(
                self.argument_spec, self._given, msg
            )
            self.no_log_values |= secrets_of(self.argument_spec, self._given)
            self.params = shown(self.argument_spec, self._given)
        super().fail_json(msg, **{"changed": False, "outcome": "failed", **self._blank, **kwargs})


# An action plugin that runs a module in its own process puts its Host here.
hosted_by: ContextVar[Callable[..., Host]] = ContextVar("hosted_by", default=ModuleHost)


def new_host(keywords: Mapping[str, Any], **blank: Any) -> Host:
    """The one that the module's options are for.

    :param keywords: those of AnsibleModule
    :param blank: what a result holds that nothing could be done for, beside ``changed``, ``outcome`` and ``msg``
    """
    return hosted_by.get()(blank=blank, **keywords)
