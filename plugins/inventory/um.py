# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The clusters and SVMs that Unified Manager knows, as an inventory."""

from __future__ import annotations

DOCUMENTATION = r"""
name: um
author:
  - The aiqum.unified_manager authors (@aiqum)
short_description: Clusters and SVMs of Unified Manager as hosts
version_added: 1.0.0
description:
  - Makes a host of every cluster and every SVM (storage virtual machine) that Active IQ Unified Manager manages.
    One source then drives the modules of this collection, and those of C(netapp.ontap), over all of them.
  - The configuration is a YAML file whose name ends with C(um.yml), C(um.yaml), C(unified_manager.yml) or
    C(unified_manager.yaml).
  - It takes two or three requests in all, and one more for every thousand SVMs or interfaces.
  - Ansible goes on without the hosts of an inventory source that fails. Set E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED)
    to V(true) where that must be an error.
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description: The name of this plugin.
    type: str
    required: true
    choices: [aiqum.unified_manager.um]
  hostname:
    description:
      - The host name or IP address of Unified Manager. It can be a template.
      - Needed here or in the environment variable E(UM_HOSTNAME).
    type: str
    env:
      - name: UM_HOSTNAME
  port:
    description:
      - The HTTPS port of Unified Manager.
    type: int
    default: 443
    aliases: [http_port]
    env:
      - name: UM_PORT
  username:
    description:
      - The user to log in as; the role Operator suffices. It can be a template.
      - Needed here or in the environment variable E(UM_USERNAME).
    type: str
    env:
      - name: UM_USERNAME
  password:
    description:
      - The password of O(username). It can be a template, and it can be encrypted with Ansible Vault.
      - Needed here or in the environment variable E(UM_PASSWORD).
    type: str
    env:
      - name: UM_PASSWORD
  validate_certs:
    description:
      - Whether to refuse a TLS certificate that cannot be verified. For a certificate that Unified Manager issued to
        itself, give it in O(ca_path) instead of V(false) here.
      - It wins over the environment variables E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE).
    type: bool
    default: true
    env:
      - name: UM_VALIDATE_CERTS
  ca_path:
    description:
      - A file with the certificates (PEM) of the authorities to trust, or a directory of such files as OpenSSL's
        C(c_rehash) prepares it, on the controller. Without it, the authorities that the Python library C(requests)
        trusts.
    type: path
    env:
      - name: UM_CA_PATH
  ums:
    description:
      - Several Unified Managers instead of one. They are read side by side. Each is in a group such as
        C(um_server_berlin), and its clusters and SVMs with it.
      - An option that an entry lacks comes from an environment variable with the entry's name, such as
        E(UM_BERLIN_PASSWORD), else from the option of the same name beside O(ums), else from the environment variable
        of all, such as E(UM_PASSWORD). Only the host name is never shared.
      - A cluster that two of them manage is reported. It is one host in the groups of both, with the variables that the
        first knows.
    type: list
    elements: dict
    suboptions:
      name:
        description: What to call it. By default its host name.
        type: str
      hostname:
        description: As O(hostname).
        type: str
      port:
        description: As O(port).
        type: int
        aliases: [http_port]
      username:
        description: As O(username).
        type: str
      password:
        description: As O(password).
        type: str
      validate_certs:
        description: As O(validate_certs).
        type: bool
      ca_path:
        description: As O(ca_path).
        type: path
      request_timeout:
        description: As O(request_timeout).
        type: float
  unreadable:
    description:
      - What one of several Unified Managers that cannot be read means.
      - With V(warn) a warning names it, and the inventory lacks its clusters and SVMs. With V(fail) the source fails,
        as it always does if none can be read.
    type: str
    choices: [warn, fail]
    default: warn
  hosts:
    description: What becomes a host. V(servers) are the Unified Managers that O(ums) names.
    type: list
    elements: str
    choices: [clusters, svms, servers]
    default: [clusters, svms]
  cluster_filters:
    description:
      - Only these clusters, and only the SVMs of these clusters, in Unified Manager's own words and filter language,
        for example C(name), C(location), C(management_ip) or C(version.major), with V(*) as wildcard and V(|) between
        alternatives.
    type: dict
    default: {}
  svm_filters:
    description:
      - Only these SVMs, in the same way, for example C(name), C(state), C(subtype), C(cluster.name) or C(nfs.enabled).
    type: dict
    default: {}
  cluster_names:
    description:
      - What the host of a cluster is called. A cluster without a name is called by its UUID.
      - V(name.server) ends with the name of the Unified Manager, where O(ums) gives several.
      - Two hosts of one name are an error.
    type: str
    choices: [name, name.server, management_address, uuid]
    default: name
  svm_names:
    description:
      - What the host of an SVM is called. SVMs of different clusters often have the same name, so that V(svm) alone may
        lead to two hosts of one name, which is an error.
      - V(svm.cluster) makes names such as C(svm1.cluster1), V(cluster.svm) such as C(cluster1.svm1).
      - V(svm.cluster.server) ends with the name of the Unified Manager, where O(ums) gives several.
    type: str
    choices: [svm.cluster, svm.cluster.server, cluster.svm, svm, uuid]
    default: svm.cluster
  group_by:
    description:
      - By what to make groups, besides C(um_clusters), C(um_svms) and C(um_servers), which are always made.
      - Clusters and SVMs share groups such as C(um_cluster_cluster1), C(um_location_rack_1) and C(um_ontap_9_16_1).
        SVMs alone are in groups such as C(um_protocol_nfs) and C(um_state_running).
      - In names of groups every character except letters, digits and underscores becomes an underscore. There is a
        warning when two values make the same group thereby.
      - O(groups) and O(keyed_groups) make more.
    type: list
    elements: str
    choices: [cluster, location, ontap_version, protocol, state]
    default: [cluster, ontap_version, protocol, state]
  ip_interfaces:
    description:
      - Whether to read the IP interfaces (LIFs) as well. SVMs then have the variables C(um_ip_interfaces), a list of
        C(name), C(address), C(netmask), C(enabled), C(state) and C(node), and C(um_addresses), the addresses of those
        that are up.
    type: bool
    default: true
notes:
  - All hosts have the variables C(um_kind) (V(cluster) or V(svm)), C(um_name), C(um_key), C(um_uuid), C(um_cluster),
    C(um_cluster_key), C(um_location), C(um_ontap_version) (such as V(9.16.1)) and C(um_record), the object as Unified
    Manager sends it. SVMs also have C(um_state) and C(um_protocols).
  - With O(ums) all hosts have the variables C(um_server), C(um_server_hostname) and C(um_server_port) of their Unified
    Manager, with which a task reaches it, and C(um_server_names), a list of more than one name where several manage the
    cluster. Hosts that are servers have C(um_reachable).
  - C(ansible_host) is the management address of the cluster, also for its SVMs.
  - Neither clusters nor SVMs can run modules. Therefore C(ansible_connection) is V(local) and
    C(ansible_python_interpreter) is the Python that runs the play, C({{ ansible_playbook_python }}). O(compose) can set
    others.
  - Values that come from Unified Manager are never taken for templates.
  - The cache holds what Unified Manager sent, and no password. It is read only for the same server, user and filters.
seealso:
  - module: aiqum.unified_manager.lun_info
"""

EXAMPLES = r"""
# A file named um.yml. The connection comes from UM_HOSTNAME, UM_USERNAME, UM_PASSWORD and so on.
plugin: aiqum.unified_manager.um
---
# Only SVMs that serve NFS, on the clusters of two sites, with groups and variables of one's own.
# `ansible-inventory -i um.yml --graph` shows what comes of it; a play over them says `hosts: um_svms`, and its tasks
# `svm: "{{ um_key }}"`, since a key is unambiguous where a name is not.
plugin: aiqum.unified_manager.um
hosts: [svms]
cluster_filters:
  location: rack 1|rack 2
svm_filters:
  nfs.enabled: true
  state: running
keyed_groups:
  - key: um_record.subtype
    prefix: subtype
groups:
  on_fas: "'fas' in um_name"
compose:
  nfs_address: um_addresses | first
strict: true
---
# Three Unified Managers, their passwords in UM_BERLIN_PASSWORD, UM_PARIS_PASSWORD and the vault; also a host of each.
plugin: aiqum.unified_manager.um
username: automation
hosts: [servers, clusters]
ums:
  - name: berlin
    hostname: um.berlin.example.com
  - name: paris
    hostname: um.paris.example.com
  - name: rome
    hostname: um.rome.example.com
    password: "{{ lookup('ansible.builtin.env', 'ROME') }}"
---
# Clusters only, for netapp.ontap: `hostname: "{{ ansible_host }}"`. The answer is kept for a day.
plugin: aiqum.unified_manager.um
hosts: [clusters]
password: "{{ lookup('ansible.builtin.env', 'UM_PASSWORD') }}"
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/um-inventory
cache_timeout: 86400
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, UMError, bug_of
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory import Answer, build
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory_options import Options
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory_reading import read, without_secrets
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._servers import Server, servers_of
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._templates import marked, template

ENDINGS = tuple(f"{name}.{kind}" for name in ("um", "unified_manager") for kind in ("yml", "yaml"))
# An inventory that is stored, as AWX does, is used by an execution environment with another Python.
OF_THE_CONTROLLER = {
    "ansible_connection": template("local"),
    "ansible_python_interpreter": template("{{ ansible_playbook_python }}"),
}
AT_ONCE = 16  # servers that are read side by side

Queries = Mapping[str, Any]


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "aiqum.unified_manager.um"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and path.endswith(ENDINGS)

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        secrets: list[Mapping[str, Any]] = []
        try:
            self._refuse_unknown(config)
            servers = self._servers(config, secrets)
            chosen = Options(*map(self.get_option, Options._fields))
            if "servers" in chosen.hosts and "ums" not in config:
                raise BadInput("hosts: servers are hosts only where ums names them.")
            found = build(chosen, self._answers(chosen, servers, "ums" in config, path, cache))
        except UMError as error:
            raise AnsibleParserError(without_secrets(error.message, secrets)) from None
        except AnsibleError:
            raise
        except Exception as error:  # as in modules: what is a bug of ours is said, and shows no password
            raise AnsibleParserError(without_secrets(bug_of(error), secrets)) from None
        for warning in found.warnings:
            self.display.warning(warning)
        for host in found.hosts:
            self._add(host.name, host.variables, host.groups)

    def _refuse_unknown(self, config: Mapping[str, Any]) -> None:
        """:raises BadInput: Ansible itself passes over options that a plugin does not have"""
        connection = options.connection_names()
        unknown = sorted(name for name in config if not self.has_option(name) and name not in connection)
        if unknown:
            raise BadInput(f"There is no option {', '.join(unknown)}.")

    def _servers(self, config: Mapping[str, Any], secrets: list[Mapping[str, Any]]) -> list[Server]:
        """Those that the configuration names, or the only one. Their options are read as modules read them.

        :param secrets: takes the options as they are given, before they are checked: an error may quote them
        """
        self.templar.available_variables = self._vars if self.get_option("use_extra_vars") else {}
        shared = {name: self._text(config[name]) for name in options.connection_names() & set(config)}
        secrets.append(shared)
        if "ums" not in config:
            params = options.connection_params(shared)
            secrets.append(params)
            options.connection(params)
            return [Server("", params)]
        entries = config["ums"]
        if not isinstance(entries, list) or not entries:
            raise BadInput("ums: give a list with at least one Unified Manager.")
        resolved = [
            {key: self._text(value) for key, value in entry.items()} if isinstance(entry, Mapping) else entry
            for entry in entries
        ]
        secrets += [entry for entry in resolved if isinstance(entry, Mapping)]
        servers = servers_of(resolved, shared, os.environ)
        secrets += [server.params for server in servers]
        return servers

    def _text(self, value: Any) -> Any:
        """A value of the configuration without its template, and decrypted."""
        # str() reads what is encrypted with the vault, which ansible-core before 2.19 keeps in a type of its own.
        plain = isinstance(value, (str, bool, int, float, type(None)))
        return self.templar.template(value if plain else str(value))

    def _answers(self, chosen: Options, servers: list[Server], named: bool, path: str, cache: bool) -> Iterable[Answer]:
        """What each server knows, from the cache if that is on and allowed, else from the server itself.

        :param named: whether the configuration names its servers; then it goes on without one that fails
        :raises UMError: a server fails, and none is left or ``unreadable`` says so
        """
        queries = chosen.queries()
        keys = {server.name: self._key(server, queries, path) for server in servers}
        kept = self._kept(keys) if self.get_option("cache") and cache else {}
        asked = [server for server in servers if server.name not in kept]
        with ThreadPoolExecutor(min(AT_ONCE, len(asked)) or 1) as pool:
            results = list(pool.map(lambda server: read(server, queries), asked))
        failed = []
        for server, (records, warnings) in zip(asked, results, strict=True):
            for warning in warnings:
                self.display.warning(without_secrets(warning, [server.params]))
            if isinstance(records, UMError):
                failed.append((server, records))
            else:
                kept[server.name] = records
                if self.get_option("cache"):
                    self._cache[keys[server.name]] = records
        self._report(failed, named, bool(kept))
        return [Answer(server if named else None, kept.get(server.name)) for server in servers]

    def _report(self, failed: list[tuple[Server, UMError]], named: bool, others: bool) -> None:
        """Say which servers could not be read; where that must not be, or none is left, it is an error."""
        messages = [
            (f"{server.name} at {server.hostname}: " if named else "") + without_secrets(error.message, [server.params])
            for server, error in failed
        ]
        if messages and (not others or self.get_option("unreadable") == "fail"):
            raise UMError(" ".join(messages))
        for message in messages:
            self.display.warning(f"Without the clusters and SVMs of {message}")

    def _key(self, server: Server, queries: Queries, path: str) -> str:
        connection = options.connection(server.params)
        asked = json.dumps([connection.url, connection.username, queries], sort_keys=True)
        return f"{self.get_cache_key(path)}_{hashlib.sha256(asked.encode()).hexdigest()[:16]}"

    def _kept(self, keys: Mapping[str, str]) -> dict[str, Any]:
        found = {}
        for name, key in keys.items():
            try:
                found[name] = self._cache[key]
            except KeyError:
                continue
        return found

    def _add(self, host: str, variables: Mapping[str, Any], groups: list[str]) -> None:
        self.inventory.add_host(host)
        for group in groups:
            self.inventory.add_group(group)
            self.inventory.add_child(group, host)
        for name, value in {**OF_THE_CONTROLLER, **marked(variables)}.items():
            self.inventory.set_variable(host, name, value)
        strict, compose = self.get_option("strict"), self.get_option("compose")
        self._set_composite_vars(compose, self.inventory.get_host(host).get_vars(), host, strict)
        known = self.inventory.get_host(host).get_vars()
        for name in set(compose or {}) & set(known):
            self.inventory.set_variable(host, name, marked(known[name]))
        known = self.inventory.get_host(host).get_vars()
        self._add_host_to_composed_groups(self.get_option("groups"), known, host, strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, host, strict)
