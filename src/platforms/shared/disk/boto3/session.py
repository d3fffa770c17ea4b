# SPDX-License-Identifier: Apache-2.0
"""Where clients and resources come from. A stand-in of Behind the Handler, not boto3."""

import os
from typing import Any

from boto3.s3_client import HOME, Client
from boto3.s3_resource import Resource
from boto3.stand_in import Limited, says_what_it_takes
from botocore.exceptions import ProfileNotFound, UnknownServiceError
from botocore.lacks import lacking


class Session(Limited):
    """Credentials and a region. Nobody is asked for the first here: they are taken, and open nothing."""

    @says_what_it_takes
    def __init__(
        self,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        region_name: str | None = None,
        botocore_session: Any = None,
        profile_name: str | None = None,
        aws_account_id: str | None = None,
    ) -> None:
        if profile_name not in (None, "default"):
            raise ProfileNotFound(profile=profile_name)
        self.profile_name = profile_name or "default"
        self.region_name = region_name or os.environ.get("AWS_DEFAULT_REGION")

    def client(
        self,
        service_name: str,
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
        aws_account_id: str | None = None,
    ) -> Client:
        """Return the call-like view of a service.

        Its region matters to `create_bucket`; wherever its endpoint lies, the lab's buckets answer.
        """
        if service_name != "s3":
            raise UnknownServiceError(lacking(f"service {service_name!r}", "'s3'"))
        if endpoint_url is not None and not endpoint_url.startswith(("http://", "https://")):
            raise ValueError(f"Invalid endpoint: {endpoint_url}")
        region = region_name or (config and config.region_name) or self.region_name or HOME
        return Client(region, endpoint_url, config)

    def resource(
        self,
        service_name: str,
        region_name: str | None = None,
        api_version: str | None = None,
        use_ssl: bool = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        config: Any = None,
    ) -> Resource:
        """Return the object-like view of a service."""
        client = self.client(service_name, region_name, endpoint_url=endpoint_url, config=config)
        return Resource(client)

    def get_available_services(self) -> list[str]:
        """Return the names of the services that `client` knows."""
        return ["s3"]

    def get_available_resources(self) -> list[str]:
        """Return the names of the services that `resource` knows."""
        return ["s3"]


def __getattr__(name: str) -> Any:
    raise AttributeError(lacking(f"boto3.session.{name}", "Session"))
