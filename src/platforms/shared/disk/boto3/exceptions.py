# SPDX-License-Identifier: Apache-2.0
"""What the transfers of the lab's `boto3` raise. A stand-in of Behind the Handler, not boto3."""

from typing import Any

from botocore.lacks import lacking


class Boto3Error(Exception):
    """The kind of all errors of boto3's own."""


class S3UploadFailedError(Boto3Error):
    """An upload was refused; the message holds what S3 said."""


class S3TransferFailedError(Boto3Error):
    """A transfer failed. Never raised here, where nothing can fail on the way."""


class ResourceNotExistsError(Boto3Error):
    """There is a client of the service, and no resource. Never raised here: of S3 there are both."""


def __getattr__(name: str) -> Any:
    raise AttributeError(
        lacking(
            f"boto3.exceptions.{name}",
            "Boto3Error, ResourceNotExistsError, S3TransferFailedError, S3UploadFailedError",
        )
    )
