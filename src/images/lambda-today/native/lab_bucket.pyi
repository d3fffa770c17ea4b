"""The lab's object store, which the boto3 stand-in talks to. Bytes cross as base64 text.

A bucket comes into being with the first object that is put into it.
"""


def put_object(bucket: str, key: str, body_base64: str, /) -> None:
    """Keep an object, in place of an older one of that name."""


def get_object(bucket: str, key: str, /) -> str | None:
    """Return an object's bytes, None when there is no such object."""


def delete_object(bucket: str, key: str, /) -> None:
    """Remove an object; none of that name is no error."""


def list_objects(bucket: str, /) -> tuple[tuple[str, int], ...]:
    """Return key and size of every object in a bucket; nothing for a bucket that is not there."""
