#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: datasource
short_description: Add, change and remove clusters
version_added: 0.1.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Adds ONTAP clusters to Unified Manager, changes the account by which it reads them, and removes them.
  - Unified Manager adds a cluster at once and discovers it afterwards. The module waits for the discovery, and fails
    with Unified Manager's reason where it fails. The discovery is reported in RV(jobs), under the key of the
    datasource.
  - A discovery that an earlier run began is waited for, too, so that a run that timed out can be repeated. A cluster
    whose discovery failed fails the task, until O(cluster_password) is given to try it again.
  - The removal is not waited for. A cluster that is being removed counts as absent.
options:
  address:
    description:
      - The cluster, by the name or IP address of its management interface, which is what it is added with. A cluster
        that was added is found by its name or key, too.
    type: str
    required: true
  cluster_port:
    description:
      - The port of its HTTPS API; V(443) for a new cluster, if it is not given. It cannot be changed.
    type: int
  cluster_username:
    description:
      - The ONTAP account. Needed to add a cluster.
    type: str
  cluster_password:
    description:
      - Its password. Needed to add a cluster.
    type: str
  update_password:
    description:
      - Passwords cannot be read back. With V(always) the password is sent in every run, which is a change; with
        V(on_create) only with a new cluster, with another account, or to mend a discovery that failed.
    type: str
    choices: [always, on_create]
    default: always
  accept_certificate:
    description:
      - Have Unified Manager read and trust the certificate, whatever it is, before a cluster is added or its account is
        sent again. With O(cluster_password) and O(update_password=always) this also serves a cluster whose certificate
        was renewed.
    type: bool
    default: false
  certificate_fingerprint:
    description:
      - As O(accept_certificate), but go on only if the certificate has this fingerprint, MD5 or SHA-1. Reading it is
        not possible without trusting it, so that it is not read in check mode, nor when nothing is to be sent.
    type: str
  state:
    description:
      - Whether the datasource exists. With it go the history and the events of the cluster, not the cluster itself.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - aiqum.unified_manager.connection
  - aiqum.unified_manager.wait
  - aiqum.unified_manager.wait.polling
  - aiqum.unified_manager.attributes
  - aiqum.unified_manager.attributes.action_group
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - Not with O(cluster_password) and O(update_password=always).
seealso:
  - module: aiqum.unified_manager.datasource_info
"""

EXAMPLES = r"""
- name: Add a cluster and wait until it is discovered
  aiqum.unified_manager.datasource:
    address: 10.10.9.10
    cluster_username: admin
    cluster_password: "{{ vault_ontap_password | default('Ontap-1') }}"
    update_password: on_create
    accept_certificate: true

- name: Have its renewed certificate trusted
  aiqum.unified_manager.datasource:
    address: 10.10.9.10
    cluster_password: "{{ vault_ontap_password | default('Ontap-1') }}"
    accept_certificate: true

- name: Remove it
  aiqum.unified_manager.datasource:
    address: 10.10.9.10
    state: absent
"""

RETURN = r"""
datasource:
  description: The datasource after the run, in check mode as it would be; null when there is none.
  returned: always
  type: dict
  sample:
    address: 10.10.9.10
    name: cluster4
    status: normal
certificate:
  description:
    - The certificate that Unified Manager read from the cluster and trusts, with C(issued_to), C(issuer),
      C(valid_from), C(valid_to), C(fingerprint), C(is_valid), C(is_self_signed) and C(is_valid_hostname).
  returned: when it was read, as O(accept_certificate) and O(certificate_fingerprint) ask for
  type: dict
  sample:
    issued_to: cluster4.example.com
    fingerprint:
      sha1: 5B:1C:0D:A3:3F:4E:12:90:7A:61:88:C4:2D:9E:F0:34:56:AB:CD:EF
outcome:
  description:
    - How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
jobs:
  description: The Jobs of the run; see RV(aiqum.unified_manager.lun#module:jobs).
  returned: always
  type: list
  elements: dict
planned:
  description: What would be done.
  returned: in check mode
  type: list
  elements: str
  sample: [create]
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._module_host import run_change
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.datasource import DATASOURCE


def main() -> None:
    run_change(DATASOURCE)


if __name__ == "__main__":
    main()
