# SPDX-License-Identifier: Apache-2.0
"""What boto3 has for S3 alone. A stand-in of Behind the Handler, not boto3."""

from typing import Any

from botocore.lacks import lacking


def __getattr__(name: str) -> Any:
    raise AttributeError(lacking(f"boto3.s3.{name}", "boto3.s3.transfer"))
