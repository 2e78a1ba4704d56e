# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mutation testing: do the unit tests notice a small mistake in the code that waits, sends and plans?

Each mutant is tried in a process that is forked from this one, which has imported everything but the collection; the
file itself is never changed. A mutant is killed by a test that fails, or by tests that do not end. Before that the
tests of each file must pass, and must fail when the file cannot be imported: a mistake in this program is not a kill.
What the tests of its own file do not notice is tried with those of all layers, for which the report has a column.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.machinery
import os
import pathlib
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tools.mutants import Mutant, mutants_of
from tools.mutation_targets import ALL_TESTS, EQUIVALENT, TARGETS

ROOT = pathlib.Path(__file__).resolve().parents[1]
UTILS = "plugins/module_utils/"
PRELOADED = ("aiohttp.web", "ansible.module_utils.basic", "hypothesis.strategies", "pytest", "requests", "yaml")
TESTS = "tests/unit/plugins/module_utils/"
PATIENCE = 3.0  # times of the unchanged run that tests may take with a mutant
SHORTEST_PATIENCE = 30.0  # seconds
LONGEST = 1200.0  # seconds of tests without any mutant
SURVIVED = 0
KILLED = (1, 2, 3)  # of pytest: tests failed, could not be collected, or ended pytest itself


class Trial(NamedTuple):
    """A file with a mistake, or None for the file as it is.

    :ivar path: below ``plugins/module_utils``
    :ivar tests: what is run with it, below the folder of the tests
    :ivar patience: seconds that they may take
    """

    path: str
    mutant: Mutant | None
    tests: tuple[str, ...]
    patience: float = LONGEST


class Running(NamedTuple):
    """A trial under way, and when it began."""

    trial: Trial
    began: float


def sampled(path: str, count: int) -> list[Mutant]:
    """So many mutants of a file, the same ones as long as their lines do not change; 0 for all."""
    mutants = mutants_of((ROOT / UTILS / path).read_text(encoding="utf-8"))
    told = [mutant for mutant in mutants if (path, mutant.before, mutant.after) not in EQUIVALENT]
    return told[:count] if count else told


def paths_of(tests: Sequence[str]) -> list[str]:
    return [os.path.normpath(TESTS + name) for name in tests]


def start(trial: Trial) -> int:
    """The process in which the tests of the file run, as a group of its own."""
    process = os.fork()
    if process:
        return process
    status = 70
    try:
        os.setpgid(0, 0)
        with open(os.devnull, "r+b") as nowhere:
            for stream in (0, 1, 2):
                os.dup2(nowhere.fileno(), stream)
        if trial.mutant is not None:
            spoil(ROOT / UTILS / trial.path, trial.mutant.source)
        status = run_tests(trial.tests)
    finally:
        os._exit(status)


def spoil(path: pathlib.Path, source: str) -> None:
    """From now on in this process, an import of the file finds another source, whoever loads it."""
    from ansible.utils.collection_loader import _collection_finder as finder

    loader: Any = finder._AnsibleCollectionPkgLoaderBase
    read, get_code = loader.get_data, importlib.machinery.SourceFileLoader.get_code

    def get_data(self: Any, name: str) -> bytes:
        return source.encode() if os.path.realpath(name) == str(path) else read(self, name)

    def code(self: importlib.machinery.SourceFileLoader, fullname: str) -> Any:
        spoilt = os.path.realpath(self.path) == str(path)
        return compile(source, self.path, "exec") if spoilt else get_code(self, fullname)

    loader.get_data = get_data
    setattr(importlib.machinery.SourceFileLoader, "get_code", code)  # noqa: B010 - mypy takes no assignment to a method


def run_tests(tests: Sequence[str]) -> int:
    import pytest
    from hypothesis import settings

    settings.register_profile("default", settings.default, derandomize=True, max_examples=25, database=None)
    settings.load_profile("default")
    options = ["-x", "-q", "-o", "cache_dir=.build/mutation", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*options, *paths_of(tests)]))


def tried(trials: Sequence[Trial], workers: int) -> Iterator[tuple[Trial, int, float]]:
    """Each trial with its status and the seconds that it took, as they end."""
    waiting = deque(trials)
    running: dict[int, Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                trial = waiting.popleft()
                running[start(trial)] = Running(trial, time.monotonic())
            ended, state = os.waitpid(-1, os.WNOHANG)
            if ended in running:
                one = running.pop(ended)
                yield one.trial, os.waitstatus_to_exitcode(state), time.monotonic() - one.began
                continue
            for process, one in running.items():
                if time.monotonic() - one.began > one.trial.patience:
                    end(process)
            time.sleep(0.02)
    finally:
        for process in running:
            end(process)


def end(process: int) -> None:
    try:
        os.killpg(process, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def check(trials: Sequence[Trial], workers: int) -> list[Trial]:
    """The same trials, which are of files as they are, with the seconds that their tests may take with a mutant.

    :raises SystemExit: tests that fail without one, or do not notice that a file is missing
    """
    ended = {trial: (status, took) for trial, status, took in tried(trials, workers)}
    failed = [trial for trial, (status, _took) in ended.items() if status != SURVIVED]
    # A busy machine may be the reason, so once more with nothing beside it.
    ended.update({trial: (status, took) for trial, status, took in tried(failed, 1)})
    for trial, (status, _took) in ended.items():
        if status != SURVIVED:
            raise SystemExit(f"The tests of {trial.path} end with {status} without any mutant: {trial.tests}.")
    checked = [trial._replace(patience=max(SHORTEST_PATIENCE, PATIENCE * ended[trial][1])) for trial in trials]
    broken = Mutant(1, "", "", "raise ImportError('spoilt')")
    for trial, status, _seconds in tried([trial._replace(mutant=broken) for trial in checked], workers):
        if status == SURVIVED:
            raise SystemExit(f"The tests of {trial.path} do not import it.")
    return checked


def preload() -> None:
    """Import what takes long and is not the collection's own."""
    for name in PRELOADED:
        importlib.import_module(name)


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Put small mistakes into the code and see whether the unit tests notice."
    )
    parser.add_argument("--sample", type=int, default=10, help="mutants of each file; 0 for all")
    parser.add_argument("--only", default="", help="part of a file's name")
    parser.add_argument("--least", type=float, default=95.0, help="percentage that must be killed")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    arguments = parser.parse_args()
    os.chdir(ROOT)
    preload()
    (ROOT / ".build" / "mutation").mkdir(parents=True, exist_ok=True)  # before any process needs it
    paths = [path for path in TARGETS if arguments.only in path]
    began = time.monotonic()
    unchanged = check([Trial(path, None, TARGETS[path]) for path in paths], arguments.workers)
    trials = [one._replace(mutant=mutant) for one in unchanged for mutant in sampled(one.path, arguments.sample)]
    print(f"{len(trials)} mutants of {len(paths)} files; checks took {time.monotonic() - began:.0f} s", flush=True)
    unnoticed = survivors(trials, arguments.workers)
    left: list[Trial] = []
    if unnoticed:
        (all_tests,) = check([Trial(unnoticed[0].path, None, ALL_TESTS)], arguments.workers)
        left = survivors([all_tests._replace(path=one.path, mutant=one.mutant) for one in unnoticed], arguments.workers)
    raise SystemExit(report(trials, unnoticed, left, time.monotonic() - began, arguments.least))


def survivors(trials: Sequence[Trial], workers: int) -> list[Trial]:
    """Those that the tests do not notice; each is printed as it is found.

    :raises SystemExit: tests that did not run
    """
    found = []
    for trial, status, _seconds in tried(trials, workers):
        if status == SURVIVED:
            found.append(trial)
            by = "all tests" if trial.tests == ALL_TESTS else "its own tests"
            print(f"survived {by}: {UTILS}{trial.path}:{trial.mutant}", flush=True)
        elif status not in KILLED and status >= 0:  # a signal may come of a mistake in what catches them
            raise SystemExit(f"The tests of {trial.path}:{trial.mutant} did not run; they ended with {status}.")
    return found


def report(
    trials: Sequence[Trial], unnoticed: Sequence[Trial], left: Sequence[Trial], seconds: float, least: float
) -> int:
    """Print the table; 1 if too many survived."""
    every, alive = (Counter(trial.path for trial in some) for some in (trials, left))
    own = every - Counter(trial.path for trial in unnoticed)
    print(f"{'file':<36}{'mutants':>8}{'killed':>8}{'by its own tests':>18}")
    for path, count in every.items():
        print(f"{path:<36}{count:>8}{count - alive[path]:>8}{own[path]:>18}")
    killed = len(trials) - len(left)
    share = 100 * killed / max(1, len(trials))
    print(f"{killed} of {len(trials)} mutants killed: {share:.1f} %, in {seconds:.0f} s")
    return 0 if share >= least else 1


if __name__ == "__main__":
    main()
