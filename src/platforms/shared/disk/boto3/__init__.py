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
from botocore.exceptions import UnknownServiceError


def resource(service_name: str, region_name: str | None = None) -> Resource:
    """Return the object-like view of a service; `region_name` matters to `create_bucket` alone."""
    return Resource(client(service_name, region_name))


def client(service_name: str, region_name: str | None = None) -> Client:
    """Return the call-like view of a service; `region_name` matters to `create_bucket` alone."""
    if service_name != "s3":
        raise UnknownServiceError(
            f"This lab's stand-in for boto3 has no service {service_name!r}: it has 's3'"
        )
    return Client(region_name)


def __getattr__(name: str) -> Any:
    raise AttributeError(
        f"This lab's stand-in for boto3 has no boto3.{name}: it has boto3.client, boto3.resource"
    )
