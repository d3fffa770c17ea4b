# SPDX-License-Identifier: Apache-2.0
"""A stand-in of Behind the Handler, not botocore: what the lab's `boto3` needs of it."""

from typing import Any

from botocore.lacks import part_of


class _Unsigned:
    """What a client's `signature_version` is where requests are not to be signed."""

    def __repr__(self) -> str:
        return "<botocore.UNSIGNED>"


UNSIGNED = _Unsigned()


def __getattr__(name: str) -> Any:
    return part_of(__name__, name, "botocore.UNSIGNED")
