# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README says what is true: its facts are those of the code, and each of its promises has a test."""

from __future__ import annotations

import ast
import re

import pytest
import yaml

from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.options import CONNECTION
from tests.guides import README, ROOT, RST
from tools import readme
from tools.reading import tree_of

TEXT = " ".join(README.read_text(encoding="utf-8").split())
TABLES = re.findall(r"(?:^\|.*\n)+", README.read_text(encoding="utf-8"), re.MULTILINE)
UTILS = "unit/plugins/module_utils/"
# What the README promises, in its words, and a test that would fail if it were broken.
PROMISES = {
    "tells the playbook how the Job ended": "functional/test_failure_matrix.py::test_row",
    "A failed Job fails the task, with UM's reason and the Job's key in the message": (
        "functional/test_failure_matrix.py::test_row"
    ),
    "A second run of the same task is `ok`": (
        "functional/test_lun_lifecycle.py::test_check_mode_predicts_and_the_second_run_is_ok"
    ),
    "with `requests` where they run": "functional/test_readme.py::test_without_requests_it_says_so",
    "Or in one line": (
        "functional/test_readme.py::test_a_lun_is_provisioned_then_grown_by_one_line_and_then_elsewhere"
    ),
    "with the connection in the environment": "functional/test_adhoc.py::test_a_lun_is_made_read_and_deleted",
    "in one task and side by side": "functional/test_workloads_lifecycle.py",
    "wait for their discovery": "functional/test_datasource_lifecycle.py",
    "call the REST API of ONTAP through Unified Manager": "functional/test_ontap_lifecycle.py",
    "wait for many Jobs in one loop": ("functional/test_job_wait.py::test_all_are_settled_before_it_fails_for_one"),
    "onboard a cluster, prepare an SVM, provision, grow and retire LUNs and file shares": (
        "functional/test_roles.py::test_a_role_is_predicted_works_and_is_done"
    ),
    "UM's clusters and SVMs as hosts, in groups": (
        "functional/test_inventory.py::test_all_that_um_knows_in_three_requests"
    ),
    "a key of UM is accepted wherever a name is": UTILS + "_engine/test_lookup.py::test_keys_are_not_looked_up",
    "Two objects of one name are an error that lists them": UTILS + "_engine/test_lookup.py::test_refusals",
    "All modules have check mode and diff mode": (
        "unit/repository/test_shape.py::test_modules_document_the_same_things"
    ),
    "it was as desired; nothing was sent": "functional/test_lun_lifecycle.py::test_no_change_costs_one_get_or_two",
    "a Job ended in partial failures, or one of several changes failed": (
        UTILS + "_engine/test_executor.py::test_the_first_that_does_not_succeed_stops_the_rest"
    ),
    "the Job still runs; the message says how to go on waiting": "functional/test_failure_matrix.py::test_row",
    "the outcome is unknown: the answer was lost, or UM cannot be reached": (
        "functional/test_failure_matrix.py::test_row"
    ),
    "the module was stopped while the Job ran": "functional/test_signals.py::test_lun",
    "UM accepted it, and the task did not wait": "functional/test_lun_lifecycle.py::test_wait_false_and_job_wait",
    "holds every Job of the run with its key, in success and failure": (
        UTILS + "_engine/test_run.py::test_what_happens_after_the_202_keeps_the_key"
    ),
    "put what must follow a partial success in a `rescue` block": (
        "functional/test_readme.py::test_a_partial_success_is_rescued"
    ),
    "makes a partial Job a success with a warning": (
        UTILS + "_engine/test_executor.py::test_an_ignored_partial_failure_goes_on"
    ),
    "a credential type, job templates with surveys, a workflow and an execution environment": (
        "unit/repository/test_awx.py"
    ),
    "what becomes of a job that is cancelled": (
        "awx/test_jobs.py::test_a_cancelled_job_leaves_no_result_and_ums_job_goes_on"
    ),
    "Certificates are verified": "functional/test_tls.py::test_without_a_ca_it_is_refused",
    "switches verification off, even where `REQUESTS_CA_BUNDLE` is set, and warns": (
        "functional/test_tls.py::test_switched_off_it_works_and_warns"
    ),
    "Passwords are taken out of every result, message, diff and warning, also where the server echoes them": (
        "functional/test_secrets.py::test_no_secret_of_any_kind_in_any_output"
    ),
    "Redirects are not followed": "functional/test_tls.py::test_a_redirect_is_not_followed",
}


def rows(heading):
    """The cells of the table with this first heading, row by row."""
    (table,) = [table for table in TABLES if table.startswith(f"| {heading} |") and "`make" not in table]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_has_its_test(promise):
    assert promise in TEXT
    name, _separator, function = PROMISES[promise].partition("::")
    tree = tree_of(ROOT / "tests" / name)
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    assert tests if not function else function in tests


MODULE = 'TOPIC = "{}"\nDOCUMENTATION = r"""\nshort_description: {}\n"""\n'
READER = 'DOCUMENTATION = r"""\nshort_description: Read it\n"""\n'


def test_a_module_has_its_row_below_its_topic():
    found = readme.table(
        {
            "pool": MODULE.format("Watch", "Create pools"),
            "pool_info": READER,
            "area": MODULE.format("Watch", "Measure it"),
            "box_info": MODULE.format("Call ONTAP", '"Read: boxes"'),
        }
    )
    watch, call = (found.split(f"| **{topic}** | |\n")[1].split("| **")[0] for topic in ("Watch", "Call ONTAP"))
    assert watch.splitlines()[:2] == [
        "| `area` | measure it |",
        "| `pool`, `pool_info` | create pools; read it |",
    ]
    assert call == "| `box_info` | read: boxes |\n"


@pytest.mark.parametrize(
    ("modules", "names"),
    [
        ({"pool": READER}, ["pool", "Watch"]),
        ({"pool": MODULE.format("Elsewhere", "Do")}, ["pool", "Elsewhere"]),
        ({"pool": MODULE.format("Watch", "Do"), "pool_info": MODULE.format("Watch", "Do")}, ["pool_info"]),
    ],
)
def test_a_module_without_its_topic_is_refused(modules, names):
    with pytest.raises(ValueError, match=".*".join(names)):
        readme.table(modules)


def test_a_readme_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="lacks the marks"):
        readme.written("| module | what it does |\n", [])


def test_the_outcomes_are_those_that_are_documented():
    documented = re.search(r"How the run ended - (.*?)\.", (ROOT / "plugins/modules/lun.py").read_text("utf-8"))[1]
    outcomes = [cell.strip("`") for cell, *_rest in rows("`outcome`")]
    assert sorted(outcomes) == sorted(re.split(r", | or ", documented))


def test_the_variables_of_the_environment():
    variables = {spec["fallback"][1][0] for spec in CONNECTION.values() if "fallback" in spec}
    assert set(re.findall(r"`(UM_[A-Z_]+)`", TEXT)) - {"UM_OPENAPI"} == variables
    guide = (RST / "guide_first_lun.rst").read_text(encoding="utf-8")
    assert set(re.findall(r"``(UM_[A-Z_]+)``", guide)) == {*variables, "UM_IN_PROCESS", "UM_PROGRESS"}


def test_the_versions():
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    core, python = re.search(
        r"need ansible-core (\S+) or newer on the controller, and Python (\S+) or newer", TEXT
    ).groups()
    assert runtime["requires_ansible"] == f">={core}.0"
    assert f"--target={python}-" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)", TEXT))
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    (both,) = re.findall(r"^test: .*\n(?:\t.*\n)*?\t\$\(MAKE\) .*--jobs 2 (.*)\n", makefile, re.MULTILINE)
    lanes = [re.search(rf"^{lane}:\n((?:\t.*\n)*)", makefile, re.MULTILINE)[1] for lane in both.split()]
    run = {re.sub("^lint-.*", "lint", word) for word in re.findall(r"(?<= )[a-z][a-z-]*", "".join(lanes))}
    listed = [
        re.search(r"make ([a-z-]+)", line)[1]
        for table in TABLES
        if "| time |" in table
        for line in table.splitlines()[2:]
    ]
    assert sorted(listed) == sorted(run)


def test_the_soak_is_as_long_as_is_said():
    source = (ROOT / "tests" / "soak" / "__main__.py").read_text(encoding="utf-8")
    assert re.search(r'"--runs", type=int, default=(\d+)', source)[1] == re.search(r"(\d+) runs under random", TEXT)[1]
