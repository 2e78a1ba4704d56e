# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole modules in the caller's own process: the engine's port is filled by a plain object, everything else is real.

Options go through Ansible's own validation of argument specs; nothing is started, so that thousands of runs
take minutes. The collection must be importable; ``tests.conftest`` lays the tree for that.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import importlib
import time
from unittest import mock

from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import run as rim
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import hosted_by
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.session import Session
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.validation import check

MODULES = "ansible_collections.aiqum.unified_manager.plugins.modules."


class Finished(BaseException):
    """Ends a module where a process would exit."""

    def __init__(self, result):
        super().__init__(str(result.get("msg")))
        self.result = result


class Declared(BaseException):
    """Carries what a module says of itself, before it does anything."""

    def __init__(self, spec):
        super().__init__()
        self.spec = spec


class PlainHost:
    """The engine's port.

    :ivar warnings: what the module warned of
    """

    def __init__(self, given, check_mode, argument_spec, supports_check_mode=True, blank=None, **rules):
        self.argument_spec = argument_spec
        self.check_mode = check_mode
        self.warnings = []
        checked = check(argument_spec, rules, copy.deepcopy(given))
        if checked.wrong:
            wrong = {"failed": True, "changed": False, "outcome": "failed", "msg": checked.wrong}
            raise Finished({**wrong, **(blank or {})})
        self.params = checked.params

    def warn(self, text):
        self.warnings.append(text)

    def progress(self, text):
        pass

    def finish(self, result):
        raise Finished({**result, "warnings": self.warnings})


class HurriedClock:
    """Seconds of a run, of which those that are slept through are mostly skipped.

    :param share: how much of a pause is really slept
    """

    def __init__(self, share):
        self._share = share
        self._skipped = 0.0

    def now(self):
        return time.monotonic() + self._skipped

    def sleep(self, seconds):
        time.sleep(seconds * self._share)
        self._skipped += seconds * (1 - self._share)


def run(module, options, check_mode=False, share=1.0, clock=None):
    """The result of a module, ``warnings`` among it.

    :param share: of the module's pauses that is really slept
    :param clock: a HurriedClock, by which the run can be timed
    """
    clock = clock or HurriedClock(share)
    session = functools.partial(Session, clock=clock.now, sleep=clock.sleep)
    with contextlib.ExitStack() as stack:
        host = functools.partial(PlainHost, options, check_mode)
        stack.enter_context(_hosted_by(host))
        stack.enter_context(mock.patch.object(rim, "Session", session))
        try:
            importlib.import_module(MODULES + module).main()
        except Finished as end:
            return end.result
    raise AssertionError(f"{module} ended without a result")


@contextlib.contextmanager
def _hosted_by(host):
    token = hosted_by.set(host)
    try:
        yield
    finally:
        hosted_by.reset(token)


def declaration(module):
    """The keywords that the module gives to AnsibleModule: argument_spec, supports_check_mode, rules."""

    def declare(**spec):
        raise Declared(spec)

    with _hosted_by(declare):
        try:
            importlib.import_module(MODULES + module).main()
        except Declared as declared:
            return declared.spec
    raise AssertionError(f"{module} declares nothing")
