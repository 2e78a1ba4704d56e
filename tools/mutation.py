# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mutation testing: do the unit tests notice a small mistake in the code that waits, sends and plans?

Each mutant is tried in a process that is forked from this one, which has imported everything but the collection; the
file itself is never changed. A mutant is killed by a test that fails, or by tests that do not end. Before that the
tests of each file must pass, and must fail when the file cannot be imported: a mistake in this program is not a kill.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.machinery
import os
import pathlib
import signal
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tools.mutants import Mutant, mutants_of

ROOT = pathlib.Path(__file__).resolve().parents[1]
UTILS = "plugins/module_utils/"
PRELOADED = ("aiohttp.web", "ansible.module_utils.basic", "hypothesis.strategies", "pytest", "requests", "yaml")
TESTS = "tests/unit/plugins/module_utils/"
PATIENCE = 3.0  # times of the unchanged run that tests may take with a mutant
SHORTEST_PATIENCE = 30.0  # seconds
SURVIVED = 0
KILLED = (1, 2, 3)  # of pytest: tests failed, could not be collected, or ended pytest itself

# What nouns declare is compared with what is documented and described; what they owe shows in the engine.
DECLARED = ("_resources/test_describe.py", "../../repository/test_options.py")
OWED = ("_engine/test_answers_without_a_job.py", "_engine/test_inventory_lag.py")
# The files that are tried, each with the tests that are about it, the quickest first.
TARGETS: dict[str, tuple[str, ...]] = {
    "_base/deadline.py": ("_jobs/test_poller.py", "_jobs/test_rounds.py", "_base"),
    "_base/lenient.py": ("_base",),
    "_jobs/children.py": ("_jobs/test_children.py",),
    "_jobs/long_polling.py": ("_jobs/test_long_polling.py",),
    "_jobs/job.py": ("_jobs/test_job.py", "_jobs/test_watched_job.py"),
    "_jobs/look.py": ("_jobs/test_poller.py", "_jobs/test_long_polling.py", "_jobs/test_rounds.py"),
    "_jobs/other_runs.py": ("_jobs/test_other_runs.py",),
    "_jobs/poller.py": ("_jobs/test_poller.py", "_jobs/test_long_polling.py", "_jobs/test_rounds.py"),
    "_jobs/progress.py": ("_jobs/test_progress.py",),
    "_jobs/schedule.py": ("_jobs/test_poller.py",),
    "_jobs/submission.py": ("_jobs/test_submission.py", "_engine/test_executor.py", "_engine/test_lost_answers.py"),
    "_jobs/watched_job.py": (
        "_jobs/test_watched_job.py",
        "_jobs/test_poller.py",
        "_jobs/test_ontap_job.py",
        "_jobs/test_rounds.py",
    ),
    "_engine/read_back.py": ("_engine", "_tasks/test_workloads.py"),
    "_engine/executor.py": ("_engine", "_tasks/test_workloads.py", "_jobs/test_other_runs.py"),
    "_engine/lookup.py": ("_engine", "_tasks/test_workloads.py"),
    "_engine/target.py": ("_engine", "_tasks/test_ontap.py", "_tasks/test_workloads.py"),
    "_um/client.py": ("_um/test_transport.py", "_um/test_records.py", "_engine/test_lookup.py", "_tasks/test_read.py"),
    "_um/replies.py": ("_um/test_transport.py", "_um/test_records.py"),
    "_um/pages.py": ("_um/test_pages.py",),
    "_um/transport.py": ("_um/test_transport.py", "_um/test_wire.py"),
    "_um/wire.py": ("_um/test_wire.py", "_um/test_transport.py"),
    "_resources/alert.py": ("_resources/test_alert.py", *DECLARED),
    "_resources/file_share.py": ("_resources/test_file_share.py", *DECLARED, *OWED),
    "_resources/igroup.py": ("_resources/test_igroup.py", *DECLARED, *OWED),
    "_resources/lun.py": ("_resources/test_lun.py", "_resources/test_renaming.py", *DECLARED, *OWED),
    "_resources/svm.py": ("_resources/test_svm.py", *DECLARED, *OWED),
    "_resources/user.py": ("_resources/test_user.py", *DECLARED),
}
# Mutants that no test can kill, since they change nothing that anyone can see: (file, text before, text after).
EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("_um/transport.py", "10", "20"): "a power of two that is too large for a float comes only after years of pauses",
}


class Trial(NamedTuple):
    """A file with a mistake, or None for the file as it is.

    :ivar path: below ``plugins/module_utils``
    """

    path: str
    mutant: Mutant | None


class Running(NamedTuple):
    """A trial under way: when it began and how long it may take, in seconds."""

    trial: Trial
    began: float
    patience: float


def sampled(path: str, count: int) -> list[Mutant]:
    """So many mutants of a file, the same ones as long as their lines do not change; 0 for all."""
    mutants = mutants_of((ROOT / UTILS / path).read_text(encoding="utf-8"))
    told = [mutant for mutant in mutants if (path, mutant.before, mutant.after) not in EQUIVALENT]
    return told[:count] if count else told


def related_tests(path: str) -> list[str]:
    return [os.path.normpath(TESTS + name) for name in TARGETS[path]]


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
        status = run_tests(trial.path)
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


def run_tests(path: str) -> int:
    import pytest
    from hypothesis import settings

    settings.register_profile("default", settings.default, derandomize=True, max_examples=25, database=None)
    settings.load_profile("default")
    options = ["-x", "-q", "-o", "cache_dir=.build/mutation", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*options, *related_tests(path)]))


def tried(trials: Sequence[Trial], workers: int, patience: dict[str, float]) -> Iterator[tuple[Trial, int, float]]:
    """Each trial with its status and the seconds that it took, as they end."""
    waiting = deque(trials)
    running: dict[int, Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                trial = waiting.popleft()
                running[start(trial)] = Running(trial, time.monotonic(), patience.get(trial.path, 600.0))
            ended, state = os.waitpid(-1, os.WNOHANG)
            if ended in running:
                one = running.pop(ended)
                yield one.trial, os.waitstatus_to_exitcode(state), time.monotonic() - one.began
                continue
            for process, one in running.items():
                if time.monotonic() - one.began > one.patience:
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


def check(paths: Sequence[str], workers: int) -> dict[str, float]:
    """How long the tests of each file may take with a mutant.

    :raises SystemExit: tests that fail without one, or do not notice that a file is missing
    """
    broken = Mutant(1, "", "", "raise ImportError('spoilt')")
    unchanged = {one.path: (status, took) for one, status, took in tried(_unchanged(paths), workers, {})}
    failed = [path for path, (status, _took) in unchanged.items() if status != SURVIVED]
    # A busy machine may be the reason, so once more with nothing beside it.
    unchanged.update({one.path: (status, took) for one, status, took in tried(_unchanged(failed), 1, {})})
    for path, (status, _took) in unchanged.items():
        if status != SURVIVED:
            raise SystemExit(f"The tests of {path} end with {status} without any mutant: {related_tests(path)}.")
    patience = {path: max(SHORTEST_PATIENCE, PATIENCE * took) for path, (_status, took) in unchanged.items()}
    for trial, status, _seconds in tried([Trial(path, broken) for path in paths], workers, patience):
        if status == SURVIVED:
            raise SystemExit(f"The tests of {trial.path} do not import it.")
    return patience


def _unchanged(paths: Sequence[str]) -> list[Trial]:
    return [Trial(path, None) for path in paths]


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
    patience = check(paths, arguments.workers)
    trials = [Trial(path, mutant) for path in paths for mutant in sampled(path, arguments.sample)]
    print(f"{len(trials)} mutants of {len(paths)} files; checks took {time.monotonic() - began:.0f} s", flush=True)
    killed = dict.fromkeys(paths, 0)
    for trial, status, _seconds in tried(trials, arguments.workers, patience):
        if status == SURVIVED:
            print(f"survived: {UTILS}{trial.path}:{trial.mutant}", flush=True)
        elif status in KILLED or status == -signal.SIGKILL:
            killed[trial.path] += 1
        else:
            raise SystemExit(f"The tests of {trial.path}:{trial.mutant} did not run; they ended with {status}.")
    raise SystemExit(report(trials, killed, time.monotonic() - began, arguments.least))


def report(trials: Sequence[Trial], killed: dict[str, int], seconds: float, least: float) -> int:
    """Print the table; 1 if too many survived."""
    for path, count in killed.items():
        print(f"{path:<32}{count:>4} of {sum(trial.path == path for trial in trials)}")
    share = 100 * sum(killed.values()) / max(1, len(trials))
    print(f"{sum(killed.values())} of {len(trials)} mutants killed: {share:.1f} %, in {seconds:.0f} s")
    return 0 if share >= least else 1


if __name__ == "__main__":
    main()
