# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of a request: JSON, or the parts of a multipart one. What is wrong with it is told when it is needed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from .errors import Refusal


@dataclass
class Content:
    """What came in.

    :ivar text: the body, empty for a multipart one
    :ivar problem: why the parts of a multipart body cannot be told
    """

    text: bytes = b""
    problem: str = ""
    _files: dict[str, tuple[str | None, bytes]] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, tuple[str | None, bytes]]:
        """{name: (file name, content)}

        :raises Refusal: 400
        """
        if self.problem:
            raise Refusal(400, "malformed_multipart", f"The parts of the body cannot be told: {self.problem}.")
        return self._files

    def json(self) -> Any:
        """The decoded body, None for none.

        :raises Refusal: 400, it is not JSON, or nested so deep or with such characters that nothing can be done with it
        """
        if not self.text.strip():
            return None
        try:
            decoded = json.loads(self.text)
            json.dumps(decoded, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise Refusal(400, "malformed_json", f"The body is not JSON: {error}.") from None
        return decoded


async def read(request: web.BaseRequest) -> Content:
    """All of the body."""
    if not request.content_type.startswith("multipart/"):
        return Content(await request.read())
    try:
        parts = await request.post()
    except (ValueError, HttpProcessingError) as error:
        await request.release()
        return Content(problem=str(error))
    files: dict[str, tuple[str | None, bytes]] = {}
    for name, part in parts.items():
        if isinstance(part, web.FileField):
            files[name] = (part.filename, part.file.read())
        else:
            files[name] = (None, part.encode() if isinstance(part, str) else bytes(part))
    return Content(_files=files)
