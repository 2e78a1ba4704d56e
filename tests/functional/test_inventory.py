# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin by ansible-inventory and ansible-playbook against the simulator."""

from __future__ import annotations

import json
import re
import subprocess
import uuid

import pytest
import yaml
from ansible.release import __version__

from tests.guides import RST, blocks

from .conftest import SECONDS_FOR_A_PLAYBOOK
from .forked import BIN
from .test_examples import doc_environment

pytestmark = [pytest.mark.ansible_core, pytest.mark.own_way]

PLUGIN = "aiqum.unified_manager.um"
CLUSTERS, SVMS, INTERFACES = "/datacenter/cluster/clusters", "/datacenter/svm/svms", "/datacenter/network/ip/interfaces"
ALL_SVMS = [
    "svm1.cluster1",
    "svm2.cluster1",
    "svm_asa.cluster3",
    "svm_fas.cluster2",
    "svm_nas.cluster1",
    "svm_nosan.cluster1",
    "svm_shared.cluster1",
    "svm_shared.cluster2",
]


class Listed:
    """What ansible-inventory --list answered.

    :ivar output: all that it printed
    """

    def __init__(self, completed):
        self.rc = completed.returncode
        self.output = completed.stdout + completed.stderr
        self.errors = " ".join(completed.stderr.split())
        self.stdout = completed.stdout
        self.data = json.loads(completed.stdout) if self.rc == 0 else {}
        self.variables = self.data.get("_meta", {}).get("hostvars", {})

    def __getitem__(self, group):
        return sorted(self.data.get(group, {}).get("hosts", []))


@pytest.fixture
def command(play_servers, environment):
    def run(name, *arguments, **variables):
        changed = {**environment, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true", **variables}
        return play_servers.run([*map(str, arguments)], changed, SECONDS_FOR_A_PLAYBOOK, program=name)

    return run


@pytest.fixture
def listed(command, tmp_path):
    """List the inventory of a configuration, a mapping or its text."""

    def run(config=None, *options, **variables):
        path = tmp_path / "site.um.yml"
        text = config if isinstance(config, str) else yaml.safe_dump({"plugin": PLUGIN, **(config or {})})
        path.write_text(text, encoding="utf-8")
        return Listed(command("ansible-inventory", "-i", path, "--list", *options, **variables))

    return run


def in_the_guide(first_words):
    """The blocks of the guide that begin so."""
    return [block for block in blocks(RST / "guide_inventory.rst", "yaml") if block.startswith(first_words)]


def test_all_that_um_knows_in_three_requests(um, listed):
    found = listed()
    assert found.rc == 0, found.output
    assert um.requests() == [("GET", CLUSTERS), ("GET", SVMS), ("GET", INTERFACES)]
    assert (found["um_clusters"], found["um_svms"]) == (["cluster1", "cluster2", "cluster3"], ALL_SVMS)
    assert found["um_cluster_cluster2"] == ["cluster2", "svm_fas.cluster2", "svm_shared.cluster2"]
    assert found["um_protocol_cifs"] == ["svm_fas.cluster2", "svm_nas.cluster1"]
    assert len(found["um_ontap_9_16_1"]) == 11
    shared = found.variables["svm_shared.cluster2"]
    assert (shared["ansible_host"], shared["ansible_connection"]) == ("10.10.0.20", "local")
    assert shared["um_addresses"] == ["10.20.6.11", "10.20.6.12", "10.20.6.21", "10.20.6.22"]
    assert shared["um_record"]["key"] == shared["um_key"]
    assert found.variables["cluster2"]["um_location"] == "rack 2"


@pytest.mark.parametrize(
    ("config", "hosts", "requests"),
    [
        ({"hosts": ["clusters"], "cluster_filters": {"location": "rack 2|rack 3"}}, ["cluster2", "cluster3"], 1),
        ({"hosts": ["svms"], "svm_filters": {"name": "svm_s*"}}, ["svm_shared.cluster1", "svm_shared.cluster2"], 3),
        (
            {"hosts": ["svms"], "cluster_filters": {"name": "cluster3"}, "ip_interfaces": False, "svm_names": "svm"},
            ["svm_asa"],
            2,
        ),
        ({"hosts": ["svms"], "svm_filters": {"name": "nobody"}}, [], 3),
    ],
)
def test_filters_and_names(um, listed, config, hosts, requests):
    found = listed(config)
    assert (found.rc, sorted(found.variables)) == (0, hosts), found.output
    assert len(um.requests()) == requests


def test_more_than_a_page(um, listed):
    svm = um.control("GET", f"world?table={SVMS}")["records"][0]
    template = {name: svm[name] for name in ("cluster", "nfs", "iscsi", "state", "_links")}
    edits = [
        {
            "action": "put",
            "table": SVMS,
            "record": {**template, "key": f"k{n}", "uuid": str(uuid.UUID(int=n)), "name": f"s{n}"},
        }
        for n in range(1005)
    ]
    um.control("POST", "world", {"edits": edits})
    found = listed({"hosts": ["svms"], "ip_interfaces": False})
    assert um.requests() == [("GET", CLUSTERS), ("GET", SVMS), ("GET", "/api" + SVMS)]
    assert len(found["um_svms"]) == 1005 + len(ALL_SVMS)


def test_two_svms_of_one_name_are_an_error_that_names_both(um, listed):
    found = listed({"svm_names": "svm"})
    assert found.rc != 0
    assert "Two hosts would be called svm_shared" in found.errors
    assert "of cluster cluster1 with" in found.errors
    assert "of cluster cluster2 with" in found.errors


def test_values_that_make_one_group_are_warned_of(um, listed):
    for number, name in (("1", "dc-1"), ("2", "dc_1")):
        fields = {"action": "merge", "table": CLUSTERS, "name": f"cluster{number}", "fields": {"name": name}}
        um.control("POST", "world", fields)
    assert "um_cluster_dc_1 holds hosts of dc-1 and of dc_1" in listed().errors


def test_the_cache(um, listed, command, tmp_path):
    kept = tmp_path / "kept"
    cached = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(kept)}
    first = listed(cached)
    um.forget_requests()
    assert listed(cached).data == first.data
    assert um.requests() == []
    assert not any(um.environment["UM_PASSWORD"] in path.read_text(encoding="utf-8") for path in kept.iterdir())
    other = listed({**cached, "cluster_filters": {"name": "cluster3"}})
    assert other["um_clusters"] == ["cluster3"]
    assert len(um.requests()) == 3
    um.forget_requests()
    um.control("POST", "world", {"action": "remove", "table": SVMS, "name": "svm2"})
    assert listed(cached)["um_svms"] == ALL_SVMS
    (tmp_path / "site.yml").write_text("- hosts: um_svms\n", encoding="utf-8")
    book = (tmp_path / "site.yml", "-i", tmp_path / "site.um.yml", "--list-hosts")
    fresh = command("ansible-playbook", *book, "--flush-cache").stdout
    assert ("svm_nas.cluster1" in fresh, "svm2.cluster1" in fresh) == (True, False)
    assert "svm2.cluster1" not in listed(cached)["um_svms"]
    assert len(um.requests()) == 3


@pytest.mark.parametrize(
    ("config", "variables", "says"),
    [
        ({}, {"UM_CA_PATH": ""}, "is not trusted"),
        ({}, {"UM_CA_PATH": "", "UM_VALIDATE_CERTS": ""}, "is not trusted"),
        ({}, {"UM_PORT": ""}, "https://127.0.0.1:443 "),
        ({}, {"UM_PORT": "many"}, "UM_PORT"),
        ({}, {"UM_PASSWORD": "wrong-Password9"}, "401"),
        ({"password": "wrong-Password9"}, {}, "401"),
        ({}, {"UM_PASSWORD": "", "UM_USERNAME": ""}, "lacks username, password"),
        ({"hostname": "https://um"}, {}, "is not a host name"),
        ({"http_port": 70000}, {}, "70000 is not a TCP port"),
        ({"validate_certs": "perhaps"}, {}, "perhaps"),
        ({"svm_filter": {"name": "svm1"}}, {}, "There is no option svm_filter"),
        ({"svm_filters": {"max_records": 5}}, {}, "svm_filters: max_records is not a filter"),
        ({"hosts": ["luns"]}, {}, "hosts"),
        ({"compose": {"x": "nobody_knows"}, "strict": True}, {}, "Could not set x"),
        ({"password": "{{ nobody_knows }}"}, {}, "nobody_knows"),
    ],
)
def test_what_fails_says_why(um, listed, config, variables, says):
    found = listed(config, "-vvvv", **variables)
    assert found.rc != 0
    assert says in found.errors
    assert "A bug" not in found.errors
    assert "wrong-Password9" not in found.output
    assert um.environment["UM_PASSWORD"] not in found.output


def test_a_password_that_the_server_echoes_is_taken_out(um, listed):
    password = um.environment["UM_PASSWORD"]
    body = json.dumps({"error": {"code": "400", "message": f"bad {password}"}})
    um.fault(kind="status", status=400, path="svms", body="literal", literal=body)
    found = listed({}, "-vvvv")
    assert "bad ********" in found.errors
    assert password not in found.output


def test_without_verification_it_warns(um, listed):
    found = listed({"validate_certs": False}, UM_CA_PATH="")
    assert found["um_svms"] == ALL_SVMS
    assert "is not verified" in found.errors


def test_a_password_in_the_vault(um, listed, command, tmp_path):
    secret = tmp_path / "vault-password"
    secret.write_text("open sesame", encoding="utf-8")
    vault = ("--vault-password-file", secret)
    text = command("ansible-vault", "encrypt_string", *vault, "--name", "password", "Operator1!").stdout
    found = listed(f"plugin: {PLUGIN}\nusername: operator\n{text}", *vault, UM_USERNAME="", UM_PASSWORD="")
    assert found["um_svms"] == ALL_SVMS, found.output


def test_extra_variables_where_they_are_wanted(um, listed):
    config = {"password": "{{ given }}", "use_extra_vars": True, "compose": {"site": "where"}}
    given = json.dumps({"given": um.environment["UM_PASSWORD"], "where": "north"})
    found = listed(config, "-e", given, UM_PASSWORD="")
    assert found.variables["svm1.cluster1"]["site"] == "north", found.output


def test_what_awx_stores_has_a_mark_only_where_a_text_could_be_a_template(um, listed):
    """And another Python runs the jobs: the one of the image in which they run."""
    config = {"compose": {"place": "um_location ~ '!'", "plain": "um_name", "nested": "um_record.version"}}
    found = listed(config)
    assert "__ansible_unsafe" not in found.stdout
    assert found.variables["cluster1"]["place"] == "rack 1!"
    interpreters = {known["ansible_python_interpreter"] for known in found.variables.values()}
    assert interpreters == {"{{ ansible_playbook_python }}"}
    um.control("POST", "world", merge_location("{{ 6 * 7 }}"))
    marked = listed(config)
    texts = re.findall(r'"__ansible_unsafe": "(.*?)"', marked.stdout)
    expected = {"{{ 6 * 7 }}", "{{ 6 * 7 }}!"}
    if __version__.startswith("2.18."):  # it marks all that it takes from a variable in which something is marked
        expected.add(found.variables["cluster1"]["nested"]["full"])
    assert set(texts) == expected


def merge_location(location):
    return {"action": "merge", "table": CLUSTERS, "name": "cluster1", "fields": {"location": location}}


def test_modules_of_others_run_by_the_python_of_the_play(um, command, tmp_path):
    (tmp_path / "um.yml").write_text(f"plugin: {PLUGIN}\n", encoding="utf-8")
    ran = command("ansible", "-i", tmp_path / "um.yml", "cluster1", "-m", "ansible.builtin.ping")
    assert '"ping": "pong"' in ran.stdout, ran.stdout + ran.stderr


def test_what_um_sends_is_no_template(um, command, tmp_path):
    um.control("POST", "world", merge_location("{{ 6 * 7 }}"))
    (tmp_path / "um.yml").write_text(f"plugin: {PLUGIN}\ncompose:\n  place: um_record.location ~ '!'\n")
    template = "msg={{ um_location }}:{{ um_record.location }}:{{ place }}"
    ran = command("ansible", "-i", tmp_path / "um.yml", "cluster1", "-m", "ansible.builtin.debug", "-a", template)
    assert '"{{ 6 * 7 }}:{{ 6 * 7 }}:{{ 6 * 7 }}!"' in ran.stdout, ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["um.yaml", "prod_um.yml", "unified_manager.yml"])
def test_names_of_files(um, command, tmp_path, name):
    (tmp_path / name).write_text(f"plugin: {PLUGIN}\n", encoding="utf-8")
    assert Listed(command("ansible-inventory", "-i", tmp_path / name, "--list"))["um_clusters"]


def test_other_files_are_left_to_other_plugins(um, command, tmp_path):
    (tmp_path / "site.yml").write_text(f"plugin: {PLUGIN}\n", encoding="utf-8")
    (tmp_path / "forum.yml").write_text("all: {hosts: {one: {}}}\n", encoding="utf-8")
    assert command("ansible-inventory", "-i", tmp_path / "site.yml", "--list").returncode != 0
    found = Listed(command("ansible-inventory", "-i", tmp_path / "forum.yml", "--list"))
    assert found["ungrouped"] == ["one"]


def test_the_examples_and_the_guide(um, listed, command, tmp_path):
    shown = subprocess.run(
        [str(BIN / "ansible-doc"), "--json", "-t", "inventory", PLUGIN],
        check=True,
        capture_output=True,
        text=True,
        env=doc_environment(),
    )
    examples = json.loads(shown.stdout)[PLUGIN]["examples"].split("\n---\n")
    configs = [*examples, *in_the_guide("plugin:")]
    one = [text for text in configs if "ums:" not in text]
    assert (len(one), len(configs)) == (6, 7)
    found = [listed(text, HOME=str(tmp_path), OPERATOR_PASSWORD="Operator1!") for text in one]
    assert [one.errors for one in found] == [""] * len(one)
    assert found[1]["on_fas"] == ["svm_fas.cluster2"]
    assert found[1].variables["svm1.cluster1"]["nfs_address"] == "10.20.1.11"
    assert "subtype_default" in found[4].data


def test_the_guides_plays_over_svms_and_clusters(um, command, tmp_path):
    text = "\n".join(in_the_guide("- name:"))
    (tmp_path / "site.yml").write_text(text, encoding="utf-8")
    (tmp_path / "um.yml").write_text(f"plugin: {PLUGIN}\n", encoding="utf-8")
    ran = command("ansible-playbook", "-i", tmp_path / "um.yml", tmp_path / "site.yml")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = re.findall(r'"msg": "(svm\S* on \S+) has \d+ LUNs"', ran.stdout)
    assert len(said) == len(set(said)) == 7
    assert {"svm_shared on cluster1", "svm_shared on cluster2"} <= set(said)
    said = re.findall(r'"msg": "(\S+) at \S+ has \d+ volumes"', ran.stdout)
    assert sorted(said) == ["cluster1", "cluster2", "cluster3"]
