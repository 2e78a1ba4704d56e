# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading by key: what is asked beside it is refused, not passed over."""

from __future__ import annotations

import pytest

from tests.local import LocalServer

SVM = "70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b"
JOB = "06a6148bf9e862df:-2611856e:16e8d47e722:-7f87"


@pytest.mark.parametrize(
    ("module", "options", "beside"),
    [
        ("svm_info", {"name": SVM}, {"filters": {"state": "stopped"}}),
        ("svm_info", {"name": SVM}, {"limit": 1}),
        ("job_info", {"keys": [JOB]}, {"state": "running"}),
        ("event_info", {"keys": ["1"]}, {"order_by": "timestamp"}),
        ("user_info", {"name": "admin"}, {"filters": {"role": "operator"}}),
        (
            "aggregate_capability_info",
            {"name": SVM.replace("vserver", "aggregate")},
            {"performance_service_level": "Value"},
        ),
    ],
)
def test_a_key_stands_alone(module, options, beside):
    server = LocalServer()
    (option,) = beside
    refused = server.run(module, {**options, **beside})
    assert (refused.get("failed"), refused["outcome"], server.sent) == (True, "failed", [])
    assert refused["msg"].startswith(f"{option}: ")
    assert not server.run(module, options).get("failed")


def test_details_of_a_key_may_be_asked_for():
    assert not LocalServer().run("lun_info", {"name": SVM.replace("vserver", "lun"), "details": True}).get("failed")
