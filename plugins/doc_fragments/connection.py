# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options by which every module reaches Unified Manager. Private to this collection."""

from __future__ import annotations


class ModuleDocFragment:
    """Options, and what they need."""

    DOCUMENTATION = r"""
options:
  hostname:
    description:
      - The host name or IP address of Unified Manager.
      - Needed here, in C(module_defaults), or in the environment variable E(UM_HOSTNAME).
    type: str
  port:
    description:
      - The HTTPS port of Unified Manager.
      - If it is not given, the environment variable E(UM_PORT) is used.
    type: int
    default: 443
    aliases: [http_port]
  username:
    description:
      - The user to log in as. Reading needs the role Operator, changing needs Storage Administrator or
        Application Administrator.
      - Needed here, in C(module_defaults), or in the environment variable E(UM_USERNAME).
    type: str
  password:
    description:
      - The password of O(username).
      - Needed here, in C(module_defaults), or in the environment variable E(UM_PASSWORD).
    type: str
  validate_certs:
    description:
      - Whether to refuse a TLS certificate that cannot be verified.
      - V(false) lets anyone between here and Unified Manager read the password. For a certificate that Unified Manager
        issued to itself, give it in O(ca_path) instead.
      - It wins over the environment variables E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE).
      - If it is not given, the environment variable E(UM_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - A file with the certificates (PEM) of the authorities to trust, or a directory of such files as OpenSSL's
        C(c_rehash) prepares it, on the machine where the module runs.
      - If it is not given, the environment variable E(UM_CA_PATH) is used, and without it the authorities that the
        Python library C(requests) trusts.
    type: path
  request_timeout:
    description:
      - How many seconds a single request may take, from the connection to the last byte of the answer.
    type: float
    default: 30.0
  wait_timeout:
    description:
      - How many seconds the whole run may take, all requests and all waiting together. It is not exceeded by more than
        one request.
      - A Job that has not ended by then goes on in Unified Manager. The task fails, and its message holds the key of
        the Job.
    type: float
    default: 600.0
    aliases: [time_out]
requirements:
  - requests >= 2.28
notes:
  - The modules talk to Unified Manager from the machine where they run. That is usually the controller,
    so target C(localhost) or use C(delegate_to).
  - An environment variable that is set but empty counts as not set.
"""
