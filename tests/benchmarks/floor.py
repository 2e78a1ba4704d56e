# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least that provisioning can cost: a script with a thread for each LUN, which asks nothing and checks nothing.

    python -m tests.benchmarks.floor COUNT PREFIX

The connection is in the environment, as for the modules.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import requests

GAP = 0.5  # seconds between two looks

BASE = f"https://{os.environ['UM_HOSTNAME']}:{os.environ['UM_PORT']}/api/v2"


def new_session():
    session = requests.Session()
    session.trust_env = False
    session.auth = (os.environ["UM_USERNAME"], os.environ["UM_PASSWORD"])
    session.verify = os.environ["UM_CA_PATH"]
    return session


def key_of(session, path, name):
    found = session.get(BASE + path, params={"name": name}).json()["records"]
    return {"key": next(record["key"] for record in found if record["name"] == name)}


def provision(name, svm, level):
    session = new_session()
    body = {
        "name": name,
        "svm": svm,
        "performance_service_level": level,
        "os_type": "linux",
        "space": {"size": 10 << 30},
    }
    answer = session.post(f"{BASE}/storage-provider/luns", json=body)
    answer.raise_for_status()
    path = f"{BASE}/management-server/jobs/{answer.json()['job']['key']}"
    while True:
        time.sleep(GAP)
        job = session.get(path).json()
        if job["state"] == "completed":
            assert job["status"] == "normal", job
            return


def main():
    count, prefix = int(sys.argv[1]), sys.argv[2]
    session = new_session()
    svm = key_of(session, "/datacenter/svm/svms", "svm1")
    level = key_of(session, "/storage-provider/performance-service-levels", "Value")
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(lambda number: provision(f"{prefix}{number:04}", svm, level), range(count)))


if __name__ == "__main__":
    main()
