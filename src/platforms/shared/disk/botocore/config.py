# SPDX-License-Identifier: Apache-2.0
"""What a client may be told besides. A stand-in of Behind the Handler, not botocore.

Time-outs, retries and the like have nothing to act on where no request is sent: they are taken and kept.
"""

from typing import Any, Self

from botocore.lacks import lacking

# Every option, with what it is unless it is given.
OPTIONS: dict[str, Any] = {
    "region_name": None,
    "signature_version": None,
    "user_agent": None,
    "user_agent_extra": None,
    "user_agent_appid": None,
    "connect_timeout": 60,
    "read_timeout": 60,
    "parameter_validation": True,
    "max_pool_connections": 10,
    "proxies": None,
    "proxies_config": None,
    "s3": None,
    "retries": None,
    "client_cert": None,
    "inject_host_prefix": True,
    "endpoint_discovery_enabled": None,
    "use_dualstack_endpoint": None,
    "use_fips_endpoint": None,
    "ignore_configured_endpoint_urls": None,
    "defaults_mode": None,
    "tcp_keepalive": None,
    "request_min_compression_size_bytes": None,
    "disable_request_compression": None,
    "client_context_params": None,
    "sigv4a_signing_region_set": None,
    "request_checksum_calculation": None,
    "response_checksum_validation": None,
    "account_id_endpoint_mode": None,
    "auth_scheme_preference": None,
}


class Config:
    """Options of a client, given by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        unknown = [name for name in kwargs if name not in OPTIONS]
        if unknown or len(args) > len(OPTIONS):
            raise TypeError(lacking(f"option {', '.join(unknown)} of Config", ", ".join(OPTIONS)))
        self._given = {**dict(zip(OPTIONS, args, strict=False)), **kwargs}
        vars(self).update(OPTIONS, **self._given)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(lacking(f"Config.{name}", ", ".join([*OPTIONS, "merge"])))

    def merge(self, other_config: Self) -> "Config":
        """Return the options of both; what the other was given wins."""
        return Config(**{**self._given, **other_config._given})
