# SPDX-License-Identifier: Apache-2.0
"""S3 as objects: what `boto3.resource("s3")` returns. A stand-in of Behind the Handler, not boto3.

Each method is one call of the client, with the names that the object knows already.
"""

from collections.abc import Iterator
from typing import Any

from boto3.s3_client import Client
from boto3.s3_things import Object, Objects
from boto3.s3_transfers import Progress
from boto3.stand_in import Limited, check

# Within Bucket and Resource, the name is a method.
_Object = Object


class Meta(Limited):
    """What `resource.meta` holds."""

    def __init__(self, client: Client) -> None:
        self.client = client


class Resource(Limited):
    """The beginning of all names: it makes objects and buckets, whether they are there or not."""

    def __init__(self, client: Client) -> None:
        self.meta = Meta(client)
        self.buckets = Buckets(client)

    def Object(self, bucket_name: str, key: str) -> _Object:
        """Name an object, whether it is there or not."""
        return _Object(self.meta.client, bucket_name, key)

    def Bucket(self, name: str) -> "Bucket":
        """Name a bucket, whether it is there or not."""
        return Bucket(self.meta.client, name)

    def create_bucket(self, **given: Any) -> "Bucket":
        """Make a bucket, and name it."""
        self.meta.client.create_bucket(**given)
        return self.Bucket(given["Bucket"])


class Buckets(Limited):
    """All buckets that there are."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def all(self) -> Iterator["Bucket"]:
        """Name each of them."""
        for listed in self._client.list_buckets()["Buckets"]:
            yield Bucket(self._client, listed["Name"])


class Bucket(Limited):
    """One bucket, by its name."""

    def __init__(self, client: Client, name: str) -> None:
        check({"Bucket": name}, "Bucket")
        self._client = client
        self.name = name
        self.objects = Objects(client, name)

    def create(self, **given: Any) -> dict[str, Any]:
        """Make it."""
        return self._client.create_bucket(Bucket=self.name, **given)

    def Object(self, key: str) -> _Object:
        """Name an object in it."""
        return _Object(self._client, self.name, key)

    def put_object(self, **given: Any) -> _Object:
        """Keep `Body` as object `Key` of it, and name that."""
        self._client.put_object(Bucket=self.name, **given)
        return self.Object(given["Key"])

    def delete_objects(self, **given: Any) -> dict[str, Any]:
        """Remove the objects that `Delete` names."""
        return self._client.delete_objects(Bucket=self.name, **given)

    def upload_file(
        self,
        Filename: str,
        Key: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Keep a file of the disk as an object in it."""
        self._client.upload_file(Filename, self.name, Key, ExtraArgs, Callback, Config)

    def upload_fileobj(
        self,
        Fileobj: Any,
        Key: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Keep what is left to read of an open file as an object in it."""
        self._client.upload_fileobj(Fileobj, self.name, Key, ExtraArgs, Callback, Config)

    def download_file(
        self,
        Key: str,
        Filename: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Write an object in it to a file of the disk."""
        self._client.download_file(self.name, Key, Filename, ExtraArgs, Callback, Config)

    def download_fileobj(
        self,
        Key: str,
        Fileobj: Any,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Write an object in it to a file that is open in binary mode."""
        self._client.download_fileobj(self.name, Key, Fileobj, ExtraArgs, Callback, Config)
