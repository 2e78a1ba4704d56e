# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""AnsibleModule as the engine's host. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol

from ansible.module_utils.basic import AnsibleModule

from .._base.redact import secrets_of


class Host(Protocol):
    """What the engine needs of the one who runs it: AnsibleModule, or an action plugin.

    ``params`` are validated options; ``argument_spec`` says which of them are secret.
    """

    params: dict[str, Any]
    argument_spec: dict[str, Any]
    check_mode: bool

    def warn(self, text: str) -> None:
        """Show a warning."""

    def progress(self, text: str) -> None:
        """Show that something moved, where a person can see it."""

    def finish(self, result: dict[str, Any]) -> None:
        """End the task; ``failed`` in the result says how."""


class ModuleHost(AnsibleModule):
    """Fills the port of the engine; options that do not validate are answered with an outcome, too."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**keywords)
        # AnsibleModule collects them before it makes dictionaries of text.
        self.no_log_values |= secrets_of(self.argument_spec, self.params)

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


def new_host(**keywords: Any) -> Host:
    """The one that the module's options are for."""
    return hosted_by.get()(**keywords)
