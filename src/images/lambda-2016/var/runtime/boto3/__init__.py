# SPDX-License-Identifier: Apache-2.0
"""A stand-in of Behind the Handler, not boto3: it knows S3, and of S3 what the lab needs.

What is put goes to the lab's own buckets, beside this Python, and never to a network:

    boto3.resource("s3").Object(bucket, key).put(Body=open(path, "rb"))

A bucket comes into being with the first object that is put into it. Everything that the stand-in
does not have raises an error that names what it has.
"""

from typing import Any

from boto3 import s3
from botocore.exceptions import UnknownServiceError


def resource(service_name: str, region_name: str | None = None) -> s3.Resource:
    """Return the object-like view of a service; the lab has one region, so its name is ignored."""
    _expect_s3(service_name)
    return s3.Resource()


def client(service_name: str, region_name: str | None = None) -> s3.Client:
    """Return the call-like view of a service; the lab has one region, so its name is ignored."""
    _expect_s3(service_name)
    return s3.Client()


def _expect_s3(service_name: str) -> None:
    if service_name != "s3":
        raise UnknownServiceError(
            f"This lab's stand-in for boto3 has no service {service_name!r}: it has 's3'"
        )


def __getattr__(name: str) -> Any:
    raise AttributeError(
        f"This lab's stand-in for boto3 has no boto3.{name}: it has boto3.client, boto3.resource"
    )
