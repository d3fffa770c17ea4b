# SPDX-License-Identifier: Apache-2.0
"""Between JSON on the line and Python in the handler's hands: both directions, and their faults [M]."""

import json
import os
from typing import Any

import simplejson
from awslambdaric.lambda_config import is_later_python
from awslambdaric.lambda_runtime_exception import FaultException

JSON_CONTENT_TYPE = "application/json"
UNKNOWN_CONTENT_TYPE = "application/unknown"

# Read once: a handler that changes the variable changes nothing [M].
ESCAPES_TEXT = not is_later_python(os.environ)


def to_json(value: Any) -> str:
    """Write a value as JSON, its characters escaped or not as this Python's version has it.

    NaN goes out bare, though JSON has no word for it [M].
    """
    return simplejson.dumps(value, ensure_ascii=ESCAPES_TEXT, allow_nan=True)


def unmarshal_request(body: bytes, content_type: str | None) -> Any:
    """Turn a request's body into the event: JSON is read, anything else stays bytes [M].

    Only `application/json` alone counts as JSON: with a charset behind it the handler gets bytes.
    """
    if content_type != JSON_CONTENT_TYPE:
        return body
    try:
        return simplejson.loads(body.decode("utf-8"))
    except Exception as error:
        message = f"Unable to unmarshal input: {error}"
        raise FaultException(FaultException.UNMARSHAL_ERROR, message) from None


def unmarshal_header(text: str | None, title: str) -> Any:
    """Read a header that holds JSON; nonsense there is a fault, and the handler is not called [M].

    It is Python's own `json` that reads it, to which NaN is a value; which type it is, is not looked at [M].
    """
    if not text:
        return None
    try:
        return json.loads(text)
    except Exception as error:
        message = f"Unable to parse {title} JSON: {error}"
        raise FaultException(FaultException.LAMBDA_CONTEXT_UNMARSHAL_ERROR, message) from None


def marshal_response(response: Any) -> tuple[str | bytes, str]:
    """Turn what the handler returned into a body and its content type: bytes go as they are [M]."""
    if isinstance(response, bytes):
        return response, UNKNOWN_CONTENT_TYPE
    try:
        return to_json(response), JSON_CONTENT_TYPE
    except Exception as error:
        message = f"Unable to marshal response: {error}"
        raise FaultException(FaultException.MARSHAL_ERROR, message) from None
