# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""AnsibleModule as the engine's host. Private to this collection."""
from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import AnsibleModule

from . import _runner
from ._argspec import for_resource
from ._resource import Resource


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


def run_module(resource: Resource) -> None:
    """The whole of a module that changes a resource."""
    _runner.change(ModuleHost(**for_resource(resource)), resource)
