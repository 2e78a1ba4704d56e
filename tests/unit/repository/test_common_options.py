# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module has a deadline; those that wait have options for that, and an action group of their own."""

from __future__ import annotations

import pathlib

import pytest
import yaml

from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from tests import inprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
GROUPS = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))["action_groups"]
STARTS_JOBS = {"access_endpoint", "backup", "datasource", "file_share", "job_wait", "lun", "ontap", "svm", "workloads"}


@pytest.mark.parametrize("module", MODULES)
def test_options_for_waiting(module):
    taken = set(inprocess.declaration(module)["argument_spec"])
    assert set(options.CONNECTION) <= taken
    assert bool(taken & set(options.POLLING)) == (module in GROUPS["um_jobs"])
    if module in GROUPS["um_jobs"]:
        assert set(options.POLLING) <= taken
    assert ("wait" in taken) == (module in GROUPS["um_jobs"] and module != "job_wait")


def test_the_groups():
    assert GROUPS["um"] == MODULES
    assert STARTS_JOBS.issubset(GROUPS["um_jobs"])
    assert not {"igroup", "alert", "user", "event", "lun_info", "data_placement"} & set(GROUPS["um_jobs"])
