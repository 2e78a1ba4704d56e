# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A short soak, which keeps every promise; ``make soak`` is the long one."""

from __future__ import annotations

import subprocess
import sys

from .conftest import ROOT


def test_a_short_soak():
    command = [sys.executable, "-m", "tests.soak", "--runs", "30", "--seed", "20", "--seconds", "20"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "promises broken: 0" in ran.stdout
