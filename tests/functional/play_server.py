# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that has imported Ansible and forks for each command; started by tests.functional.forked.

    python -P play_server.py

Requests come as lines of JSON on stdin: ``{"arguments": [...], "environment": {...}, "directory": path or null,
"stdout": path, "stderr": path}``; the first argument is one of ``PROGRAMS``, with its path.
Each is answered by two lines on stdout: ``{"pid": N}`` when the command starts, ``{"returncode": N}`` when it ended.
Ansible's configuration was read when this process started, so a request's environment may differ from this process's
only in names that Ansible does not read; the client sees to that.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import importlib.machinery
import json
import os
import pathlib
import random
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

import jinja2
from ansible import constants
from ansible.cli import adhoc, inventory, playbook, vault
from ansible.plugins import loader as plugins
from ansible.release import __version__
from ansible.utils.collection_loader import AnsibleCollectionConfig
from ansible.utils.collection_loader import _collection_finder as finder
from ansible.utils.path import cleanup_tmp_file

PROGRAMS = {"ansible": adhoc, "ansible-inventory": inventory, "ansible-playbook": playbook, "ansible-vault": vault}
BUILTIN = pathlib.Path(constants.__file__).parent / "config" / "ansible_builtin_runtime.yml"
CACHE = str(pathlib.Path(__file__).resolve().parents[2] / ".build" / "pycache")
TEMPLATES = os.path.join(CACHE, "templates", __version__)
# In a playbook's temporary directory: the modules that it packed for processes of their own.
PACKED = "ansiballz_cache"
# Seconds between Ansible's looks at its workers; by default it looks each millisecond, for half of the CPU of a play.
POLL_INTERVAL = 0.005


class Play(NamedTuple):
    """What the child of a request needs."""

    request: dict[str, Any]
    report: int  # a descriptor that takes the names of the imported modules


def serve() -> Play | None:
    """Answer requests; returns in each child with its play, and in this process with None when there are no more."""
    while line := sys.stdin.readline():
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            return Play(json.loads(line), writing)
        os.close(writing)
        _answer(pid=pid)
        names = _report(reading, pid)
        _pid, status = os.waitpid(pid, 0)
        _import_all(names)
        _answer(returncode=os.waitstatus_to_exitcode(status))
    return None


def _answer(**parts: int) -> None:
    sys.stdout.write(json.dumps(parts) + "\n")
    sys.stdout.flush()


def _report(descriptor: int, pid: int) -> list[str]:
    """What a child writes as its last line; none if it was killed. Ends the child when the caller stops waiting."""
    with os.fdopen(descriptor, encoding="utf-8") as report:
        ready = select.select([report, sys.stdin], [], [])[0]
        if sys.stdin in ready:
            os.killpg(pid, signal.SIGKILL)
        line = report.readline()
    return json.loads(line) if line else []


def _import_all(names: Iterable[str]) -> None:
    """What a playbook had to import is there for the next one.

    Plugins that Ansible loaded by their paths have names of their own, and cannot be imported by them.
    """
    with collections():
        for name in names:
            if name not in sys.modules and not name.startswith("__"):
                try:
                    importlib.import_module(name)
                except ImportError:
                    continue
    gc.freeze()  # what is never touched again is shared with the children


@contextlib.contextmanager
def collections() -> Iterator[None]:
    """Within, collections can be imported. A playbook begins without, as a process of its own does."""
    plugins._configure_collection_loader()
    try:
        yield
    finally:
        finder._AnsibleCollectionFinder._remove()
        AnsibleCollectionConfig.on_collection_load -= plugins._on_collection_load_handler


def prepare() -> None:
    """What every playbook does first (see PlaybookExecutor.run), and nothing that it shares with others."""
    # The directory was made when the configuration was read; every playbook has its own, and finds here what is packed.
    atexit.unregister(cleanup_tmp_file)
    os.mkdir(os.path.join(constants.DEFAULT_LOCAL_TMP, PACKED))
    for kind in ("become", "callback", "connection", "filter", "shell", "test"):
        list(getattr(plugins, f"{kind}_loader").all(class_only=True))
    constants.DEFAULT_INTERNAL_POLL_INTERVAL = POLL_INTERVAL
    finder._meta_yml_to_dict = functools.cache(finder._meta_yml_to_dict)
    finder._meta_yml_to_dict(BUILTIN.read_bytes(), ("ansible.builtin", "runtime.yml"))
    finder.compile = compiled
    os.makedirs(TEMPLATES, exist_ok=True)
    jinja2.Environment.compile = compiled_once(jinja2.Environment.compile, jinja2.FileSystemBytecodeCache(TEMPLATES))


def compiled(source: str | bytes, filename: str, **keywords: Any) -> Any:
    """As ``compile``, which Ansible calls for each file of a collection; Python's own cache keeps what came of it."""
    if not os.path.isfile(filename):
        return compile(source, filename, **keywords)
    before = sys.dont_write_bytecode, sys.pycache_prefix
    sys.dont_write_bytecode, sys.pycache_prefix = False, CACHE
    try:
        return importlib.machinery.SourceFileLoader(filename, filename).get_code(filename)
    finally:
        sys.dont_write_bytecode, sys.pycache_prefix = before


def compiled_once(compile_template: Callable[..., Any], cache: jinja2.BytecodeCache) -> Callable[..., Any]:
    """A method of ``jinja2.Environment`` that keeps what came of a template: the workers of Ansible end with theirs."""

    def compile_or_load(environment: Any, source: Any, name: Any = None, filename: Any = None, *how: Any) -> Any:
        if not isinstance(source, str) or any(how):
            return compile_template(environment, source, name, filename, *how)
        kind = type(environment).__name__, environment.block_start_string, environment.variable_start_string
        spaces = environment.trim_blocks, environment.lstrip_blocks, environment.keep_trailing_newline
        bucket = cache.get_bucket(environment, f"{kind}{spaces}{source}", filename, source)
        if bucket.code is None:
            bucket.code = compile_template(environment, source, name, filename)
            cache.set_bucket(bucket)
        return bucket.code

    return compile_or_load


def run(play: Play) -> None:
    """Be the process of the command."""
    os.setsid()
    if play.request["directory"]:
        os.chdir(play.request["directory"])
    _open(os.devnull, os.O_RDONLY, 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        _open(play.request[name], os.O_WRONLY | os.O_APPEND, number)
    os.environ.clear()
    os.environ.update(play.request["environment"])
    random.seed()
    sys.argv[:] = play.request["arguments"]
    packed = os.path.join(constants.DEFAULT_LOCAL_TMP, PACKED)
    constants.DEFAULT_LOCAL_TMP = constants.config.get_config_value("DEFAULT_LOCAL_TMP", variables=vars(constants))
    os.symlink(packed, os.path.join(constants.DEFAULT_LOCAL_TMP, PACKED))
    try:
        PROGRAMS[os.path.basename(sys.argv[0])].main()
    except SystemExit as end:
        if isinstance(end.code, int):
            leave(end.code)
        raise


def leave(code: int) -> NoReturn:
    """End as Python does, but without freeing what the system frees at once."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _open(path: str, flags: int, number: int) -> None:
    descriptor = os.open(path, flags)
    os.dup2(descriptor, number)
    os.close(descriptor)


def report_at_exit(descriptor: int, pid: int) -> None:
    """The last line to the server; workers that are forked meanwhile have nothing to say."""
    if os.getpid() == pid:
        with os.fdopen(descriptor, "w", encoding="utf-8") as report:
            report.write(json.dumps(sorted(sys.modules)) + "\n")


if __name__ == "__main__":
    prepare()
    todo = serve()
    if todo is None:
        cleanup_tmp_file(constants.DEFAULT_LOCAL_TMP)
    else:
        atexit.register(report_at_exit, todo.report, os.getpid())
        run(todo)
