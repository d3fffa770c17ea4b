# SPDX-License-Identifier: Apache-2.0
"""Whole files to S3 and back: a part of the client. A stand-in of Behind the Handler, not boto3."""

from collections.abc import Callable
from typing import Any

from boto3.bodies import PART, bytes_of_file, etag_of_upload
from boto3.exceptions import S3UploadFailedError
from boto3.s3_objects import EXTRA, ObjectCalls
from boto3.stand_in import check
from botocore.exceptions import ClientError

# What is called as bytes go by, with how many it were since the last call.
Progress = Callable[[int], object]
# Inferred: so many at once, as they are read and written by default.
PIECE = 256 * 1024


class Transfers(ObjectCalls):
    """The calls that boto3 adds to those of S3's own.

    `Config` is a `boto3.s3.transfer.TransferConfig`.
    """

    def upload_file(
        self,
        Filename: str,
        Bucket: str,
        Key: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Keep a file of the disk as an object."""
        with open(Filename, "rb") as file:
            try:
                self.upload_fileobj(file, Bucket, Key, ExtraArgs, Callback, Config)
            except ClientError as error:
                where = f"{Filename} to {Bucket}/{Key}"
                raise S3UploadFailedError(f"Failed to upload {where}: {error}") from error

    def upload_fileobj(
        self,
        Fileobj: Any,
        Bucket: str,
        Key: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Keep what is left to read of an open file as an object."""
        given = {**(ExtraArgs or {}), "Bucket": Bucket, "Key": Key}
        check(given, "Bucket Key", EXTRA)
        body = bytes_of_file(Fileobj)
        threshold = PART if Config is None else Config.multipart_threshold
        part = PART if Config is None else Config.multipart_chunksize
        # What is sent in parts begins with another call, so this is the one that is refused.
        operation = "PutObject" if len(body) < threshold else "CreateMultipartUpload"
        self._put(operation, given, body, etag_of_upload(body, threshold, part))
        tell(Callback, len(body))

    def download_file(
        self,
        Bucket: str,
        Key: str,
        Filename: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Write an object to a file of the disk; where there is none, no file comes into being."""
        # It asks how large the object is before it fetches it, so this is where it meets a missing one.
        self.head_object(Bucket=Bucket, Key=Key)
        with open(Filename, "wb") as file:
            self.download_fileobj(Bucket, Key, file, ExtraArgs, Callback, Config)

    def download_fileobj(
        self,
        Bucket: str,
        Key: str,
        Fileobj: Any,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Write an object to a file that is open in binary mode."""
        check({**(ExtraArgs or {}), "Bucket": Bucket, "Key": Key}, "Bucket Key")
        self.head_object(Bucket=Bucket, Key=Key)
        body = self.get_object(Bucket=Bucket, Key=Key)["Body"].read()
        Fileobj.write(body)
        tell(Callback, len(body))


def tell(callback: Progress | None, size: int) -> None:
    """Tell of bytes that went by, piece by piece."""
    if callback is not None:
        for at in range(0, size, PIECE):
            callback(min(PIECE, size - at))
