# SPDX-License-Identifier: Apache-2.0
"""What the transfers of the lab's `boto3` raise. A stand-in of Behind the Handler, not boto3."""


class Boto3Error(Exception):
    """The kind of all errors of boto3's own."""


class S3UploadFailedError(Boto3Error):
    """An upload was refused; the message holds what S3 said."""
