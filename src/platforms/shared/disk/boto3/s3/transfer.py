# SPDX-License-Identifier: Apache-2.0
"""How files are uploaded and downloaded. A stand-in of Behind the Handler, not boto3."""

from typing import Any

from botocore.lacks import lacking

KB = 1024
MB = KB * KB
# Every option, with what it is unless it is given.
OPTIONS: dict[str, Any] = {
    "multipart_threshold": 8 * MB,
    "max_concurrency": 10,
    "multipart_chunksize": 8 * MB,
    "num_download_attempts": 5,
    "max_io_queue": 100,
    "io_chunksize": 256 * KB,
    "use_threads": True,
    "max_bandwidth": None,
    "preferred_transfer_client": "auto",
}


class TransferConfig:
    """From which size on a file goes in parts, and how large these are.

    What is said of threads, attempts and bandwidth has nothing to act on here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        unknown = [name for name in kwargs if name not in OPTIONS]
        if unknown or len(args) > len(OPTIONS):
            raise TypeError(lacking(f"option {', '.join(unknown)} of TransferConfig", ", ".join(OPTIONS)))
        vars(self).update({**OPTIONS, **dict(zip(OPTIONS, args, strict=False)), **kwargs})

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(lacking(f"TransferConfig.{name}", ", ".join(OPTIONS)))


def __getattr__(name: str) -> Any:
    raise AttributeError(lacking(f"boto3.s3.transfer.{name}", "TransferConfig"))
