#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

TOPIC = "Run Unified Manager"
DOCUMENTATION = r"""
module: datasource
short_description: Add clusters and wait for their discovery, change and remove them
version_added: 1.0.0
author:
  - The aiqum.unified_manager authors (@aiqum)
description:
  - Adds ONTAP clusters to Unified Manager, changes the account by which it reads them, and removes them.
  - Unified Manager adds a cluster at once and discovers it afterwards. The module waits for the discovery, and fails
    with Unified Manager's reason where it fails. The discovery is reported in RV(jobs), under the key of the
    datasource.
  - A discovery that an earlier run began is also waited for, so a run that timed out can be repeated. If the
    discovery of the cluster has failed before, the task fails. Give O(cluster_password) to begin the discovery again.
  - The module does not wait for the end of a removal. A cluster that is being removed counts as absent.
requirements:
  - Unified Manager 9.7 or newer
options:
  address:
    description:
      - The host name or IP address of the cluster's management interface, with which the cluster is added. A cluster
        that was added can also be given by its name or key.
    type: str
    required: true
  cluster_port:
    description:
      - The port of its HTTPS API; V(443) for a new cluster, if it is not given. It cannot be changed.
    type: int
  cluster_username:
    description:
      - The ONTAP account with which Unified Manager reads the cluster. Needed to add a cluster.
    type: str
  cluster_password:
    description:
      - The password of the ONTAP account. Needed to add a cluster.
    type: str
  update_password:
    description:
      - Passwords cannot be read back. With V(always) the password is sent in every run, which is a change; with
        V(on_create) only with a new cluster, with another account, or to repeat a discovery that failed.
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
      - Like O(accept_certificate), but the task goes on only if the certificate has this fingerprint, MD5 or SHA-1.
        Unified Manager cannot read a certificate without trusting it, so the certificate is not read in check mode,
        nor when nothing is to be sent.
    type: str
  state:
    description:
      - Whether Unified Manager manages the cluster. V(absent) also deletes the history and the events that Unified
        Manager has of the cluster. It does not touch the cluster itself.
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
      - With O(cluster_password) and O(update_password=always), every run is a change.
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
  description: The datasource as Unified Manager shows it after the run. In check mode, as it would be, as far as that
    is known. Null when there is none.
  returned: always
  type: dict
  contains:
    key:
      description: The key of the cluster in Unified Manager, by which other tasks can name it.
      returned: always
      type: str
    name:
      description: The name of the cluster; null until it is discovered.
      returned: always
      type: str
    address:
      description: The host name or IP address at which Unified Manager reaches the cluster.
      returned: always
      type: str
    port:
      description: The port at which Unified Manager reaches the cluster.
      returned: always
      type: int
    protocol:
      description: V(https).
      returned: always
      type: str
    username:
      description: The user that Unified Manager logs in as.
      returned: always
      type: str
    status:
      description: V(normal), V(warning) or V(error).
      returned: always
      type: str
    status_message:
      description: Why the status is not V(normal); null when it is.
      returned: always
      type: str
    cluster_health_status:
      description: V(ok), V(warning), V(error) or V(critical).
      returned: always
      type: str
    is_metro_cluster:
      description: Whether it is a MetroCluster.
      returned: always
      type: bool
    mutual_tls_status:
      description: V(configured), V(not configured), V(not mapped), V(not supported) or V(expired).
      returned: always
      type: str
    managed_workload_percent:
      description: How many of its workloads have a Performance Service Level, in percent.
      returned: always
      type: int
    raw_capacity:
      description: Its raw capacity, in bytes.
      returned: always
      type: int
    maintenance_window:
      description: C(id), C(start_time) and C(end_time); null when there is none.
      returned: always
      type: dict
    operation:
      description: What Unified Manager does with it, or did last.
      returned: always
      type: dict
      contains:
        type:
          description: V(discovery), V(health_poll) or V(deletion).
          returned: always
          type: str
        state:
          description: V(in_progress), V(completed) or V(failed).
          returned: always
          type: str
        start_time:
          description: When it began.
          returned: always
          type: str
        end_time:
          description: When it ended; null while it goes on.
          returned: always
          type: str
        last_success_time:
          description: When one last succeeded.
          returned: when Unified Manager sends it
          type: str
        last_failure_time:
          description: When one last failed.
          returned: when Unified Manager sends it
          type: str
  sample:
    key: d181570c-351d-5f79-ab1b-1b6f023390eb:type=cluster,uuid=d181570c-351d-5f79-ab1b-1b6f023390eb
    name: cluster-4
    address: 10.10.9.10
    port: 443
    protocol: https
    username: admin
    status: normal
    status_message: null
    cluster_health_status: ok
    is_metro_cluster: false
    mutual_tls_status: not configured
    managed_workload_percent: 0
    raw_capacity: 1099511627776
    maintenance_window: null
    operation:
      type: discovery
      state: completed
      start_time: '2026-11-25T15:17:38.293+00:00'
      end_time: '2026-11-25T15:17:39.293+00:00'
      last_success_time: '2026-11-25T15:17:39.293+00:00'
certificate:
  description: The certificate that Unified Manager read from the cluster and trusts.
  returned: when it was read, as O(accept_certificate) and O(certificate_fingerprint) ask for
  type: dict
  contains:
    issued_to:
      description: Whom it names.
      returned: always
      type: str
    issuer:
      description: Who issued it.
      returned: always
      type: str
    valid_from:
      description: When it begins to be valid.
      returned: always
      type: str
    valid_to:
      description: When it ends to be valid.
      returned: always
      type: str
    fingerprint:
      description: C(md5) and C(sha1).
      returned: always
      type: dict
    is_valid:
      description: Whether Unified Manager finds it valid.
      returned: always
      type: bool
    is_self_signed:
      description: Whether the cluster issued it to itself.
      returned: always
      type: bool
    is_valid_hostname:
      description: Whether it names the address.
      returned: always
      type: bool
  sample:
    issued_to: 10.10.9.10
    issuer: C=US, CN=10.10.9.10
    valid_from: '2025-01-01T00:00:00.000+00:00'
    valid_to: '2035-01-01T00:00:00.000+00:00'
    fingerprint:
      md5: FA:1A:57:12:44:1A:47:AB:4A:47:23:EB:3A:C6:2A:43
      sha1: FA:1A:57:12:44:1A:47:AB:4A:47:23:EB:3A:C6:2A:43:58:E1:D4:B2
    is_valid: true
    is_self_signed: true
    is_valid_hostname: true
jobs:
  description:
    - The Jobs of the run, in the order submitted; see RV(aiqum.unified_manager.lun#module:jobs).
    - They tell how the discovery of the cluster stands. It has no tasks, and its C(key) is that of the cluster.
  returned: always
  type: list
  elements: dict
# Written by make generate: outcome, diff, planned, applied, not_applied, error
outcome:
  description: How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.
  returned: always
  type: str
  sample: changed
diff:
  description: What was changed, or in check mode would be, with C(before) and C(after).
  returned: always
  type: dict
  sample:
    before:
      state: absent
    after:
      state: present
planned:
  description: What would be done, in order.
  returned: in check mode
  type: list
  elements: str
  sample:
    - create
applied:
  description: The changes that were made, when not all were.
  returned: when some changes were begun and not all are made
  type: list
  elements: str
  sample: []
not_applied:
  description: The changes that were not made. One made in part, or with an unknown outcome, is in neither list.
  returned: when some changes were begun and not all are made
  type: list
  elements: str
  sample:
    - create
error:
  description: The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.
  returned: when a request was refused
  type: dict
# End of what make generate writes.
"""

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.datasource import DATASOURCE
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.change import run_change


def main() -> None:
    run_change(DATASOURCE)


if __name__ == "__main__":
    main()
