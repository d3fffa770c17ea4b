# SPDX-License-Identifier: Apache-2.0
"""A stand-in of Behind the Handler, not boto3: it knows S3, and of S3 what the lab needs.

What is put goes to the lab's own buckets, beside this Python, and never to a network:

    boto3.resource("s3").Object(bucket, key).put(Body=open(path, "rb"))

Calls and answers are shaped as two public documents describe them, the API reference of Amazon S3
and the S3 pages of boto3's documentation. One thing is easier here: a bucket comes into being with the
first object that is put into it. Whatever the stand-in lacks raises an error that names what it has.
"""

from typing import Any

from boto3.s3_client import Client
from boto3.s3_resource import Resource
from boto3.session import Session
from botocore.lacks import part_of

# The session that `client` and `resource` use where nobody has made one.
DEFAULT_SESSION: Session | None = None


def setup_default_session(**kwargs: Any) -> None:
    """Make the session that `client` and `resource` use from now on."""
    global DEFAULT_SESSION
    DEFAULT_SESSION = Session(**kwargs)  # pyright: ignore[reportConstantRedefinition]


def resource(*args: Any, **kwargs: Any) -> Resource:
    """Return the object-like view of a service, as `Session.resource` does."""
    return (DEFAULT_SESSION or Session()).resource(*args, **kwargs)


def client(*args: Any, **kwargs: Any) -> Client:
    """Return the call-like view of a service, as `Session.client` does."""
    return (DEFAULT_SESSION or Session()).client(*args, **kwargs)


def __getattr__(name: str) -> Any:
    return part_of(__name__, name, "boto3.Session, boto3.client, boto3.resource, boto3.setup_default_session")
