# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves the built artifact: it holds files of ours and nothing else, and what it installs is documented and runs.

    python tools/dist.py DIRECTORY

ansible-doc must know every module, the inventory plugin and every role; a module, the inventory and a playbook are run
by their full names against a simulated Unified Manager.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

from tests.simulator.launch import Simulator, running
from tools.mirror import ROOT, tracked_files

NAME = "aiqum.unified_manager"
ADDED_BY_THE_BUILD = {"FILES.json", "MANIFEST.json"}
DOCUMENTED = {
    "module": sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")),
    "inventory": sorted(path.stem for path in (ROOT / "plugins" / "inventory").glob("*.py")),
    "role": sorted(path.parent.parent.name for path in (ROOT / "roles").glob("*/tasks/main.yml")),
}
LUN = {"lun_name": "db01", "lun_svm": "svm1", "lun_size": "10GiB", "lun_os_type": "linux"}
LUNS = "world?table=/storage-provider/luns"


def strangers(artifact: pathlib.Path) -> list[str]:
    """Files that git does not track."""
    with tarfile.open(artifact) as archive:
        names = {member.name for member in archive if not member.isdir()}
    return sorted(names - set(tracked_files()) - ADDED_BY_THE_BUILD)


class Installed:
    """The artifact in a place of its own, with the simulator as its Unified Manager."""

    def __init__(self, artifact: pathlib.Path, place: str, simulator: Simulator) -> None:
        self.simulator = simulator
        self._place = pathlib.Path(place)
        names = ("hostname", "port", "username", "password", "ca_path")
        self._environment = {
            **os.environ,
            **{f"UM_{name.upper()}": str(simulator.ready[name]) for name in names},
            "ANSIBLE_COLLECTIONS_PATH": place,
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_SHOW_CUSTOM_STATS": "true",
        }
        self._run("ansible-galaxy", "collection", "install", "--offline", "--no-deps", "-p", place, str(artifact))

    def undocumented(self) -> list[str]:
        """What ansible-doc does not list, or has no words for."""
        missing = []
        for kind, names in DOCUMENTED.items():
            full = [f"{NAME}.{name}" for name in names]
            listed = self._run("ansible-doc", "--list", "--type", kind, NAME)
            told = json.loads(self._run("ansible-doc", "--json", "--type", kind, *full))
            shown = set(re.findall(r"^([\w.]+)", listed, re.MULTILINE))
            missing += [name for name in full if name not in shown or not told.get(name)]
        return missing

    def hosts(self) -> int:
        """How many the inventory plugin finds; a module has run before."""
        self._run("ansible", "localhost", "-m", f"{NAME}.lun_info", "-a", "svm=svm1")
        source = self._place / "um.yml"
        source.write_text(f"plugin: {NAME}.um\n", encoding="utf-8")
        return len(json.loads(self._run("ansible-inventory", "-i", str(source), "--list"))["_meta"]["hostvars"])

    def provisioned(self) -> list[str]:
        """The outcomes of a playbook that runs twice, and the names of the LUNs that are new then."""
        before = self._luns()
        variables = json.dumps({**LUN, "lun_performance_service_level": "Value"})
        printed = [self._run("ansible-playbook", f"{NAME}.provision_lun", "-e", variables) for _time in range(2)]
        outcomes = [re.findall(r'"um_outcome": "(\w+)"', text) for text in printed]
        return [*(outcome for found in outcomes for outcome in found), *sorted(self._luns() - before)]

    def _luns(self) -> set[str]:
        return {record["name"].rpartition("/")[2] for record in self.simulator.control("GET", LUNS)["records"]}

    def _run(self, *command: str) -> str:
        return subprocess.run(command, env=self._environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    (artifact,) = pathlib.Path(sys.argv[1]).glob("*.tar.gz")
    if strangers(artifact):
        print(f"{artifact.name} holds what is not ours: {', '.join(strangers(artifact))}")
        return 1
    with tempfile.TemporaryDirectory() as place, running("--job-seconds", "0.2") as simulator:
        installed = Installed(artifact, place, simulator)
        undocumented, hosts, provisioned = installed.undocumented(), installed.hosts(), installed.provisioned()
    documented = ", ".join(f"{len(names)} of kind {kind}" for kind, names in DOCUMENTED.items())
    print(f"{artifact.name}: installed; documented are {documented}; without words: {undocumented or 'none'}.")
    print(f"A module ran; the inventory has {hosts} hosts; the playbook, run twice: {', '.join(provisioned)}.")
    return 0 if not undocumented and hosts and provisioned == ["changed", "unchanged", LUN["lun_name"]] else 1


if __name__ == "__main__":
    sys.exit(main())
