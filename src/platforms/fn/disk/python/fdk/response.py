# SPDX-License-Identifier: Apache-2.0
"""What a function may return when its body alone does not say all [FDK]."""

from typing import Any

from fdk.context import InvokeContext


class Response:
    """A body, with a status and headers for a caller who speaks HTTP."""

    def __init__(
        self,
        ctx: InvokeContext,
        response_data: Any = None,
        headers: dict[str, str] | None = None,
        status_code: int = 200,
    ) -> None:
        """Keep the body, and tell the call's context of the rest."""
        self.body = response_data
        ctx.SetResponseHeaders(headers or {}, status_code)
