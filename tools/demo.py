# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks/demo.yml by ansible-playbook against a simulated Unified Manager, and says what the server saw."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

from tests.simulator.launch import ROOT, running

JOB_SECONDS = 1


def main() -> int:
    with running("--job-seconds", str(JOB_SECONDS)) as simulator:
        ready = simulator.ready
        print(f"A simulated Unified Manager listens at {ready['url']}; its jobs take {JOB_SECONDS} s.\n", flush=True)
        connection = {
            f"UM_{name.upper()}": str(ready[name]) for name in ("hostname", "port", "username", "password", "ca_path")
        }
        settings = {
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
            "ANSIBLE_DISPLAY_TRACEBACK": "never",
        }
        command = ["ansible-playbook", *sys.argv[1:], str(ROOT / "playbooks" / "demo.yml")]
        code = subprocess.run(command, env={**os.environ, **settings, **connection}, check=False).returncode
        exchanges = simulator.control("GET", "exchanges")["exchanges"]
    methods = Counter(exchange["method"] for exchange in exchanges)
    print(f"The server saw {len(exchanges)} requests: {', '.join(f'{n} {m}' for m, n in sorted(methods.items()))}.")
    print("Every outcome was as expected." if code == 0 else "Not every outcome was as expected.")
    return code


if __name__ == "__main__":
    sys.exit(main())
