# SPDX-License-Identifier: Apache-2.0
"""The first argument of your function: what is known of the call [FDK]."""

import datetime
import os

# What Fn's server puts before the name of a header that came with an HTTP request [FN].
HTTP_HEADER = "fn-http-h-"


class InvokeContext:
    """What is known of the call. The methods' names are the original's; they begin with capitals [FDK]."""

    def __init__(self, headers: dict[str, str]) -> None:
        """Take the headers of the call, by their names in small letters."""
        self._headers = headers
        self.response_headers: dict[str, str] = {}
        self.response_status = 200

    def AppID(self) -> str | None:
        """Return the id of the application."""
        return os.environ.get("FN_APP_ID")

    def AppName(self) -> str | None:
        """Return the name of the application."""
        return os.environ.get("FN_APP_NAME")

    def FnID(self) -> str | None:
        """Return the id of the function."""
        return os.environ.get("FN_FN_ID")

    def FnName(self) -> str | None:
        """Return the name of the function."""
        return os.environ.get("FN_FN_NAME")

    def CallID(self) -> str | None:
        """Return the id of this call."""
        return self._headers.get("fn-call-id")

    def Config(self) -> dict[str, str]:
        """Return all variables: what the function was configured with is among them."""
        return dict(os.environ)

    def Headers(self) -> dict[str, str]:
        """Return the headers of the call. Inferred: of an HTTP request, that request's own."""
        return self.HTTPHeaders() if self.is_http_request else dict(self._headers)

    def HTTPHeaders(self) -> dict[str, str]:
        """Return the headers of the HTTP request that led here, none if there was none."""
        headers = self._headers.items()
        return {
            name.removeprefix(HTTP_HEADER): text for name, text in headers if name.startswith(HTTP_HEADER)
        }

    def Format(self) -> str | None:
        """Return `http-stream`."""
        return os.environ.get("FN_FORMAT")

    def Deadline(self) -> str:
        """Return when the time is up; thirty seconds from now if nobody has said."""
        default = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)
        return self._headers.get("fn-deadline") or default.isoformat()

    def RequestURL(self) -> str | None:
        """Return the address that the caller used, if it was an HTTP request."""
        return self._headers.get("fn-http-request-url")

    def Method(self) -> str | None:
        """Return the caller's method, if it was an HTTP request."""
        return self._headers.get("fn-http-method")

    def SetResponseHeaders(self, headers: dict[str, str], status_code: int) -> None:
        """Say what the answer to an HTTP request is to have."""
        self.response_headers.update(headers)
        self.response_status = status_code

    @property
    def is_http_request(self) -> bool:
        """Whether an HTTP request led here, by a trigger."""
        return self._headers.get("fn-intent") == "httprequest"
