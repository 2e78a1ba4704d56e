# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An inventory of several Unified Managers, and the guide's plays over them."""

from __future__ import annotations

import pathlib
import re

import pytest
import yaml

from tests.guides import RST, blocks

from . import test_inventory
from .test_inventory import CLUSTERS, SVMS

command, listed = test_inventory.command, test_inventory.listed  # its fixtures


@pytest.fixture
def paris(second_um):
    """A second server. It shares cluster2 with the first; its cluster1 and cluster3 are others, with other names."""
    for number in (1, 3):
        fields = {"name": f"paris{number}", "uuid": f"99999999-0000-0000-0000-00000000000{number}"}
        second_um.control(
            "POST", "world", {"action": "merge", "table": CLUSTERS, "name": f"cluster{number}", "fields": fields}
        )
    fields = {"uuid": "99999999-0000-0000-0000-000000000009"}
    second_um.control("POST", "world", {"action": "merge", "table": SVMS, "name": "svm_asa", "fields": fields})
    return second_um


@pytest.fixture
def config(um, paris):
    """Both, with their passwords in the environment; hosts are their clusters."""
    entries = [
        {"name": name, **{option: one.simulator.ready[option] for option in ("hostname", "port", "ca_path")}}
        for name, one in (("berlin", um), ("paris", paris))
    ]
    return {"hosts": ["servers", "clusters"], "username": "admin", "ums": entries}


@pytest.fixture
def passwords(um, paris):
    return {
        **dict.fromkeys(um.environment, ""),
        "UM_BERLIN_PASSWORD": um.environment["UM_PASSWORD"],
        "UM_PARIS_PASSWORD": paris.environment["UM_PASSWORD"],
    }


def test_clusters_of_both_in_the_groups_of_their_servers(um, paris, listed, config, passwords):
    found = listed(config, **passwords)
    assert found.rc == 0, found.output
    assert found["um_servers"] == ["berlin", "paris"]
    assert found["um_server_berlin"] == ["berlin", "cluster1", "cluster2", "cluster3"]
    assert found["um_server_paris"] == ["cluster2", "paris", "paris1", "paris3"]
    known = found.variables["paris1"]
    assert (known["um_server_hostname"], known["um_server_port"]) == ("127.0.0.1", paris.simulator.ready["port"])
    assert "cluster2 is managed by two servers, berlin and paris" in found.errors
    assert found.variables["cluster2"]["um_server_names"] == ["berlin", "paris"]
    assert len(um.requests()) == len(paris.requests()) == 1
    secret = um.environment["UM_PASSWORD"]
    assert secret not in found.output
    assert "__ansible_unsafe" not in found.stdout


def test_svms_follow_their_clusters(listed, config, passwords):
    found = listed({**config, "hosts": ["svms"], "svm_filters": {"name": "svm_fas|svm_asa"}}, **passwords)
    assert found["um_svms"] == ["svm_asa.cluster3", "svm_asa.paris3", "svm_fas.cluster2"]
    assert found.variables["svm_fas.cluster2"]["um_server_names"] == ["berlin", "paris"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ({"port": 1}, "cannot be reached"),
        ({"password": "wrong-Password9"}, "401"),
        ({"ca_path": "/etc/ssl/certs"}, "not trusted"),
    ],
)
def test_it_goes_on_without_one_and_says_so(listed, config, passwords, spoil, says):
    config["ums"][1].update(spoil)
    found = listed(config, **passwords)
    assert found.rc == 0, found.output
    assert found["um_clusters"] == ["cluster1", "cluster2", "cluster3"]
    assert "Without the clusters and SVMs of paris at 127.0.0.1:" in found.errors
    assert says in found.errors
    assert "wrong-Password9" not in found.output
    reachable = [found.variables[name]["um_reachable"] for name in ("berlin", "paris")]
    assert reachable == [True, False]
    strict = listed({**config, "unreadable": "fail"}, **passwords)
    assert strict.rc != 0
    assert "paris at 127.0.0.1:" in strict.errors


def test_without_any_it_fails(listed, config, passwords):
    found = listed(config, **{**passwords, "UM_BERLIN_PASSWORD": "wrong-1", "UM_PARIS_PASSWORD": "wrong-2"})
    assert found.rc != 0
    assert re.search("berlin at .*401.* paris at .*401", found.errors)


def test_what_is_wrong_in_the_configuration_is_an_error_at_once(um, paris, listed, config, passwords):
    for wrong, says in (
        ({"ums": []}, "ums: give a list"),
        ({"ums": [{"name": "rome"}]}, "rome has no hostname; set it there, or in UM_ROME_HOSTNAME"),
        ({"ums": [{**config["ums"][0], "user": "me"}]}, "entry 1 has the unknown option user"),
    ):
        found = listed({**config, **wrong}, **passwords)
        assert says in found.errors
    del config["ums"]
    assert "servers are hosts only where ums names them" in listed(config, **um.environment).errors
    assert um.requests() == paris.requests() == []


def test_each_server_has_a_cache_of_its_own(um, paris, listed, config, passwords, tmp_path):
    cached = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(tmp_path / "kept")}
    first = listed({**config, **cached}, **passwords)
    for one in (um, paris):
        one.forget_requests()
    assert listed({**config, **cached}, **passwords).data == first.data
    assert um.requests() == paris.requests() == []


def guides_plays():
    text = [block for block in blocks(RST / "guide_inventory.rst", "yaml+jinja") if "um_server" in block]
    return [play for block in text for play in yaml.safe_load(block) if "hosts" in play]


def test_the_guides_plays_over_servers(um, paris, command, config, passwords, tmp_path):
    (tmp_path / "um.yml").write_text(
        yaml.safe_dump({"plugin": "aiqum.unified_manager.um", **config, "hosts": ["servers", "svms"]}), encoding="utf-8"
    )
    (tmp_path / "site.yml").write_text(yaml.safe_dump(guides_plays(), sort_keys=False), encoding="utf-8")
    authorities = [pathlib.Path(one.simulator.ready["ca_path"]).read_text(encoding="utf-8") for one in (um, paris)]
    (tmp_path / "ca.pem").write_text("".join(authorities), encoding="utf-8")
    play = ("ansible-playbook", "-i", tmp_path / "um.yml", tmp_path / "site.yml")
    variables = {**passwords, "UM_CA_PATH": str(tmp_path / "ca.pem")}
    ran = command(*play, **variables)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.findall(r'"msg": "(\w+) has (\d+) events"', ran.stdout), ran.stdout
    paris.fault(kind="status", status=403, path="events")
    alone = command(*play, **variables)
    assert re.findall(r'"msg": "(\w+) has (\d+) events"', alone.stdout)
    assert "Failed: paris" in alone.stdout, alone.stdout
