# SPDX-License-Identifier: Apache-2.0
"""Between JSON on the line and Python in the handler's hands: both directions, and their faults [M]."""

import os
from typing import Any, cast

from awslambdaric.lambda_config import escapes_text
from awslambdaric.lambda_runtime_exception import FaultException
from awslambdaric.lambda_runtime_json import from_json, to_json_text

JSON_CONTENT_TYPE = "application/json"
UNKNOWN_CONTENT_TYPE = "application/unknown"


def to_json(value: Any) -> str:
    """Write a value as JSON, its characters escaped or not as this Python's version has it."""
    return to_json_text(value, escape_text=escapes_text(os.environ))


def unmarshal_request(body: bytes, content_type: str | None) -> Any:
    """Turn a request's body into the event: JSON is read, anything else stays bytes [M].

    Only `application/json` alone counts as JSON: with a charset behind it the handler gets bytes.
    """
    if content_type != JSON_CONTENT_TYPE:
        return body
    try:
        return from_json(body.decode("utf-8"))
    except Exception as error:
        message = f"Unable to unmarshal input: {error}"
        raise FaultException(FaultException.UNMARSHAL_ERROR, message) from None


def unmarshal_header(text: str | None, title: str) -> dict[str, Any] | None:
    """Read a header that holds JSON; nonsense there is a fault, and the handler is not called [M].

    Inferred: JSON that is no object is such a fault, too.
    """
    if not text:
        return None
    try:
        value = from_json(text)
        if value is None or isinstance(value, dict):
            return cast("dict[str, Any] | None", value)
        raise ValueError(f"it has to be an object, not {type(value).__name__}")
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
