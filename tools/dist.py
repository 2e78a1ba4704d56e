# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves the built artifact: it holds files of ours and nothing else, and its modules are documented and run.

python tools/dist.py DIRECTORY
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

from tests.simulator.launch import running
from tools.mirror import source_files

NAME = "aiqum.unified_manager"
ADDED_BY_THE_BUILD = {"FILES.json", "MANIFEST.json"}


def strangers(artifact: pathlib.Path) -> list[str]:
    """Files that got in because galaxy.yml does not ignore what git does."""
    with tarfile.open(artifact) as archive:
        names = {member.name for member in archive if not member.isdir()}
    return sorted(names - set(source_files()) - ADDED_BY_THE_BUILD)


def main() -> int:
    (artifact,) = pathlib.Path(sys.argv[1]).glob("*.tar.gz")
    if strangers(artifact):
        print(f"{artifact.name} holds what is not ours: {', '.join(strangers(artifact))}")
        return 1
    with tempfile.TemporaryDirectory() as place, running("--job-seconds", "0.2") as simulator:
        ready = simulator.ready
        connection = {
            f"UM_{name.upper()}": str(ready[name]) for name in ("hostname", "port", "username", "password", "ca_path")
        }
        environment = {
            **os.environ,
            **connection,
            "ANSIBLE_COLLECTIONS_PATH": place,
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        }

        def run(*command: str) -> str:
            return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

        run("ansible-galaxy", "collection", "install", "--offline", "--no-deps", "-p", place, str(artifact))
        names = sorted(json.loads(run("ansible-doc", "--json", "--list", "--type", "module", NAME)))
        documented = json.loads(run("ansible-doc", "--json", "--type", "module", *names))
        run("ansible", "localhost", "-m", f"{NAME}.lun_info", "-a", "svm=svm1")
        source = pathlib.Path(place, "um.yml")
        source.write_text(f"plugin: {NAME}.um\n", encoding="utf-8")
        hosts = json.loads(run("ansible-inventory", "-i", str(source), "--list"))["_meta"]["hostvars"]
    told = f"{len(documented)} modules documented, one run, an inventory of {len(hosts)} hosts"
    print(f"{artifact.name}: installed, {told}.")
    return 0 if names and len(documented) == len(names) and hosts else 1


if __name__ == "__main__":
    sys.exit(main())
