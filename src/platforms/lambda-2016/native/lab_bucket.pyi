"""The lab's object store, which the boto3 stand-in talks to. It says nothing of HTTP or of errors.

About an object: `size`, `modified` (milliseconds since 1970), `etag` (without quotes), `type` and
`metadata`. A bucket comes into being with the first object that is put into it, if nobody made it before.
"""

from typing import TypedDict


class About(TypedDict):
    """What is kept of an object beside its bytes."""

    size: int
    modified: int
    etag: str
    type: str
    metadata: dict[str, str]


def put_object(
    bucket: str, key: str, body: bytes, etag: str, type: str, metadata: dict[str, str], /
) -> About:
    """Keep an object, in place of an older one of that name."""


def get_object(bucket: str, key: str, /) -> tuple[bytes, About] | None:
    """Return an object's bytes and what is known about it, None when there is no such object."""


def head_object(bucket: str, key: str, /) -> About | None:
    """Return what is known about an object, None when there is no such object."""


def delete_object(bucket: str, key: str, /) -> None:
    """Remove an object; none of that name is no error."""


def list_objects(bucket: str, /) -> tuple[tuple[str, About], ...] | None:
    """Return key and more of every object in a bucket, None when there is no such bucket."""


def create_bucket(bucket: str, /) -> bool:
    """Make a bucket; False when it was there already."""


def list_buckets() -> tuple[tuple[str, int], ...]:
    """Return name and time of each bucket, in the order in which they were made."""
