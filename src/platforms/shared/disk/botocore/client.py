# SPDX-License-Identifier: Apache-2.0
"""What all clients are. A stand-in of Behind the Handler, not botocore."""

from typing import Any

from botocore.lacks import lacking


class BaseClient:
    """The kind of all clients: the lab has one, that of S3."""


def __getattr__(name: str) -> Any:
    # Imported when they are asked for: most functions do without.
    if name == "Config":
        from botocore.config import Config

        return Config
    if name == "ClientError":
        from botocore.exceptions import ClientError

        return ClientError
    raise AttributeError(lacking(f"botocore.client.{name}", "BaseClient, ClientError, Config"))
