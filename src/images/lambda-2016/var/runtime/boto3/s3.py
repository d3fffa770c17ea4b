# SPDX-License-Identifier: Apache-2.0
"""S3 as the lab has it: put, get, delete and list. A stand-in of Behind the Handler, not boto3.

The far side is the native module `lab_bucket`; bytes cross to it as base64 text.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

import lab_bucket
from botocore.exceptions import ClientError, ParamValidationError
from botocore.response import StreamingBody


class Limited:
    """Something of which the stand-in has only a part; asked for more, it says what there is."""

    def __getattr__(self, name: str) -> Any:
        mine = [*vars(type(self)), *vars(self)]
        there = ", ".join(sorted(other for other in mine if not other.startswith("_")))
        raise AttributeError(
            f"This lab's stand-in for boto3 has no {type(self).__name__}.{name}: it has {there}"
        )


class Resource(Limited):
    """What `boto3.resource("s3")` returns."""

    def Object(self, bucket_name: str, key: str) -> "Object":
        """Name an object, whether it is there or not."""
        return Object(bucket_name, key)

    def Bucket(self, name: str) -> "Bucket":
        """Name a bucket, whether it is there or not."""
        return Bucket(name)


class Object(Limited):
    """One object, by the names of its bucket and its key."""

    def __init__(self, bucket_name: str, key: str) -> None:
        _expect_name("Bucket", bucket_name)
        _expect_name("Key", key)
        self.bucket_name = bucket_name
        self.key = key

    def put(self, *, Body: Any = None, **others: Any) -> dict[str, Any]:
        """Keep `Body` under this name: bytes, text (as UTF-8) or a file opened in binary mode."""
        _expect_no_more(others, "Body")
        body = _bytes_of(Body)
        lab_bucket.put_object(self.bucket_name, self.key, b64encode(body).decode("ascii"))
        return {"ETag": _etag(body), **_status(200)}

    def get(self, **others: Any) -> dict[str, Any]:
        """Return what is kept under this name, to be read from `["Body"]`."""
        _expect_no_more(others)
        body_base64 = lab_bucket.get_object(self.bucket_name, self.key)
        if body_base64 is None:
            raise _no_such_key(self.key)
        body = b64decode(body_base64)
        return {
            "Body": StreamingBody(body),
            "ContentLength": len(body),
            "ETag": _etag(body),
            **_status(200),
        }

    def delete(self, **others: Any) -> dict[str, Any]:
        """Remove what is kept under this name; that nothing was there is no error."""
        _expect_no_more(others)
        lab_bucket.delete_object(self.bucket_name, self.key)
        return _status(204)


class Bucket(Limited):
    """One bucket, by its name."""

    def __init__(self, name: str) -> None:
        _expect_name("Bucket", name)
        self.name = name
        self.objects = Objects(name)


class Objects(Limited):
    """What lies in a bucket; nothing, in a bucket into which nothing was put."""

    def __init__(self, bucket_name: str) -> None:
        self._bucket_name = bucket_name

    def all(self) -> Iterator["ObjectSummary"]:
        """List the objects in the order of their keys, as S3 does."""
        for key, size in sorted(lab_bucket.list_objects(self._bucket_name), key=_key_order):
            yield ObjectSummary(self._bucket_name, key, size)


class ObjectSummary(Limited):
    """An object in a listing."""

    def __init__(self, bucket_name: str, key: str, size: int) -> None:
        self.bucket_name = bucket_name
        self.key = key
        self.size = size


class Client(Limited):
    """What `boto3.client("s3")` returns: the same calls, each with its names as arguments."""

    def put_object(self, *, Bucket: str, Key: str, **others: Any) -> dict[str, Any]:
        """Keep `Body` as object `Key` of `Bucket`."""
        return Object(Bucket, Key).put(**others)

    def get_object(self, *, Bucket: str, Key: str, **others: Any) -> dict[str, Any]:
        """Return object `Key` of `Bucket`, to be read from `["Body"]`."""
        return Object(Bucket, Key).get(**others)

    def delete_object(self, *, Bucket: str, Key: str, **others: Any) -> dict[str, Any]:
        """Remove object `Key` of `Bucket`."""
        return Object(Bucket, Key).delete(**others)


def _bytes_of(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode("utf-8")
    if isinstance(body, (bytes, bytearray)):
        return bytes(body)
    if hasattr(body, "read"):
        return _bytes_of_file(body)
    raise ParamValidationError(
        f"Invalid type for parameter Body, value: {body!r}, type: {type(body)}, "
        "valid types: bytes, bytearray, str, file opened in binary mode"
    )


def _bytes_of_file(file: Any) -> bytes:
    data = file.read()
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    raise TypeError("Body is a file opened in text mode: open it in binary mode, open(path, 'rb')")


def _expect_name(parameter: str, value: Any) -> None:
    if not isinstance(value, str) or not value:
        raise ParamValidationError(
            f"Invalid value for parameter {parameter}: {value!r}, expected a text that is not empty"
        )


def _expect_no_more(others: dict[str, Any], *known: str) -> None:
    if others:
        unknown = ", ".join(sorted(others))
        raise ParamValidationError(
            f"Unknown to this lab's stand-in for boto3: {unknown}; "
            f"known beside the bucket's and the object's name: {', '.join(known) or 'nothing'}"
        )


def _etag(body: bytes) -> str:
    # Imported here: a function that only imports boto3 need not wait for it.
    from hashlib import md5

    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'


def _status(code: int) -> dict[str, Any]:
    return {"ResponseMetadata": {"HTTPStatusCode": code}}


def _key_order(item: tuple[str, int]) -> bytes:
    return item[0].encode("utf-8", "surrogatepass")


def _no_such_key(key: str) -> ClientError:
    error = {"Code": "NoSuchKey", "Message": "The specified key does not exist.", "Key": key}
    return ClientError({"Error": error, **_status(404)}, "GetObject")
