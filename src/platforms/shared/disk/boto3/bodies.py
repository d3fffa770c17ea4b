# SPDX-License-Identifier: Apache-2.0
"""What a body may be, and the ETag that S3 gives it. A stand-in of Behind the Handler, not boto3."""

from typing import Any

from botocore.exceptions import ParamValidationError

# Files from this size on are uploaded in parts of this size, as boto3's transfers do by default.
PART = 8 * 1024 * 1024


def bytes_of(body: Any) -> bytes:
    """Return the bytes of a body: bytes, text (as UTF-8), or a file from where it is read next."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode("utf-8")
    if isinstance(body, (bytes, bytearray)):
        return bytes(body)
    if hasattr(body, "read"):
        return bytes_of_file(body)
    raise ParamValidationError(
        report=f"Invalid type for parameter Body, value: {body}, type: {type(body)}, "
        "valid types: <class 'bytes'>, <class 'bytearray'>, file-like object"
    )


def bytes_of_file(file: Any) -> bytes:
    """Return what is left to read of a file that was opened in binary mode."""
    data = file.read()
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    raise TypeError("This is a file opened in text mode: open it in binary mode, open(path, 'rb')")


def etag_of(body: bytes) -> str:
    """Return the ETag of an object that came in one piece: the MD5 of its bytes."""
    # Imported here: a function that only imports boto3 need not wait for it.
    from hashlib import md5

    return md5(body, usedforsecurity=False).hexdigest()


def etag_of_upload(body: bytes, threshold: int = PART, part: int = PART) -> str:
    """Return the ETag of an upload: in parts, it is the MD5 of the parts' MD5s and their number."""
    if len(body) < threshold:
        return etag_of(body)
    parts = [etag_of(body[at : at + part]) for at in range(0, len(body), part)]
    return f"{etag_of(bytes.fromhex(''.join(parts)))}-{len(parts)}"
