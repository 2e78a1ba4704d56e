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
version_added: 0.1.0
description:
  - Makes a host of every cluster and every SVM (storage virtual machine) that Active IQ Unified Manager knows.
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
  hosts:
    description: What becomes a host.
    type: list
    elements: str
    choices: [clusters, svms]
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
      - Two hosts of one name are an error.
    type: str
    choices: [name, management_address, uuid]
    default: name
  svm_names:
    description:
      - What the host of an SVM is called. SVMs of different clusters often have the same name, so that V(svm) alone may
        lead to two hosts of one name, which is an error.
      - V(svm.cluster) makes names such as C(svm1.cluster1), V(cluster.svm) such as C(cluster1.svm1).
    type: str
    choices: [svm.cluster, cluster.svm, svm, uuid]
    default: svm.cluster
  group_by:
    description:
      - By what to make groups, besides C(um_clusters) and C(um_svms), which are always made.
      - Clusters and SVMs share groups such as C(um_cluster_cluster1), C(um_location_rack_1) and C(um_ontap_9_16_1).
        SVMs alone are in groups such as C(um_protocol_nfs) and C(um_state_running).
      - In names of groups every character that is no letter, digit or underscore becomes an underscore. There is a
        warning when two values make the same group thereby.
      - O(groups) and O(keyed_groups) make more.
    type: list
    elements: str
    choices: [cluster, location, ontap_version, protocol, state]
    default: [cluster, ontap_version, protocol, state]
  ip_interfaces:
    description:
      - Whether to read the IP interfaces (LIFs), too. SVMs then have the variables C(um_ip_interfaces), a list of
        C(name), C(address), C(netmask), C(enabled), C(state) and C(node), and C(um_addresses), the addresses of those
        that are up.
    type: bool
    default: true
notes:
  - All hosts have the variables C(um_kind) (V(cluster) or V(svm)), C(um_name), C(um_key), C(um_uuid), C(um_cluster),
    C(um_cluster_key), C(um_location), C(um_ontap_version) (such as V(9.16.1)) and C(um_record), the object as Unified
    Manager sends it. SVMs have C(um_state) and C(um_protocols), too.
  - C(ansible_host) is the management address of the cluster, for its SVMs, too.
  - Neither clusters nor SVMs can run modules. Therefore C(ansible_connection) is V(local) and
    C(ansible_python_interpreter) is the Python that runs Ansible. O(compose) can set others.
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
import sys
from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.redact import redact, secrets_of, variants
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.session import Session
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory import Wish, build

ENDINGS = tuple(f"{name}.{kind}" for name in ("um", "unified_manager") for kind in ("yml", "yaml"))
PLAIN = (str, bool, int, float, type(None))
OF_THE_CONTROLLER = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "aiqum.unified_manager.um"

    def verify_file(self, path: str) -> bool:
        return super().verify_file(path) and path.endswith(ENDINGS)

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        params: dict[str, Any] = {}
        try:
            self._refuse_unknown(config)
            params = self._connection_params(config)
            wish = Wish(*map(self.get_option, Wish._fields))
            found = build(wish, self._records(wish, params, path, cache))
        except UMError as error:
            raise AnsibleParserError(_without_secrets(error.message, params)) from None
        except AnsibleError:
            raise
        except Exception as error:  # as in modules: what is a bug of ours is said, and shows no password
            text = f"A bug in aiqum.unified_manager: {type(error).__name__}: {error}"
            raise AnsibleParserError(_without_secrets(text, params)) from None
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

    def _connection_params(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """As modules read them. Ansible's own reading would take an empty variable of the environment for a value."""
        self.templar.available_variables = self._vars if self.get_option("use_extra_vars") else {}
        given = {}
        for name in options.connection_names() & set(config):
            value = config[name]
            # str() reads what is encrypted with the vault, which ansible-core before 2.19 keeps in a type of its own.
            given[name] = self.templar.template(value if isinstance(value, PLAIN) else str(value))
        return options.connection_params(given)

    def _records(self, wish: Wish, params: Mapping[str, Any], path: str, cache: bool) -> dict[str, Any]:
        """From the cache if that is wished and allowed, else from Unified Manager."""
        queries = wish.queries()
        connection = options.connection(params)
        asked = json.dumps([connection.url, connection.username, queries], sort_keys=True)
        key = f"{self.get_cache_key(path)}_{hashlib.sha256(asked.encode()).hexdigest()[:16]}"
        caching = self.get_option("cache")
        if caching and cache:
            try:
                return self._cache[key]
            except KeyError:
                pass
        records = _read(params, queries, self.display.warning)
        if caching:
            self._cache[key] = records
        return records

    def _add(self, host: str, variables: Mapping[str, Any], groups: list[str]) -> None:
        self.inventory.add_host(host)
        for group in groups:
            self.inventory.add_group(group)
            self.inventory.add_child(group, host)
        for name, value in {**OF_THE_CONTROLLER, **_no_template(variables)}.items():
            self.inventory.set_variable(host, name, value)
        strict = self.get_option("strict")
        known = self.inventory.get_host(host).get_vars()
        self._set_composite_vars(self.get_option("compose"), known, host, strict)
        known = self.inventory.get_host(host).get_vars()
        self._add_host_to_composed_groups(self.get_option("groups"), known, host, strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, host, strict)


class _Reader:
    """The engine's port, as far as a session needs it."""

    argument_spec = options.CONNECTION
    check_mode = False

    def __init__(self, params: Mapping[str, Any], warn: Callable[[str], None]) -> None:
        self.params = dict(params)
        self.warn = warn

    def progress(self, text: str) -> None:
        """Nothing is waited for."""

    def finish(self, result: dict[str, Any]) -> None:
        """There is no task to end."""


def _read(params: Mapping[str, Any], queries: Mapping[str, Any], warn: Callable[[str], None]) -> dict[str, Any]:
    session = Session(_Reader(params, warn))
    try:
        return {kind: list(session.client.records(*query)) for kind, query in queries.items()}
    finally:
        session.close()


def _without_secrets(text: str, params: Mapping[str, Any]) -> str:
    secrets = secrets_of(options.CONNECTION, params)
    return redact(text, variants(secrets, params.get("username")))


def _no_template(value: Any) -> Any:
    """What ansible-core before 2.19 would take for a template is marked as none; the rest stays plain and readable."""
    if isinstance(value, Mapping):
        return {key: _no_template(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_no_template(item) for item in value]
    if isinstance(value, str) and ("{{" in value or "{%" in value or "{#" in value):
        return wrap_var(value)
    return value
