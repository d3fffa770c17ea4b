# SPDX-License-Identifier: Apache-2.0
"""S3 as objects: what `boto3.resource("s3")` returns. A stand-in of Behind the Handler, not boto3.

Each method is one call of the client, with the names that the object knows already.
"""

from collections.abc import Iterator
from typing import Any

from boto3.s3_client import Client
from boto3.stand_in import Limited, check


class Meta(Limited):
    """What `resource.meta` holds."""

    def __init__(self, client: Client) -> None:
        self.client = client


class Resource(Limited):
    """The beginning of all names: it makes objects and buckets, whether they are there or not."""

    def __init__(self, client: Client) -> None:
        self.meta = Meta(client)
        self.buckets = Buckets(client)

    def Object(self, bucket_name: str, key: str) -> "Object":
        """Name an object, whether it is there or not."""
        return Object(self.meta.client, bucket_name, key)

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


class Object(Limited):
    """One object, by the names of its bucket and its key. What S3 knows of it is asked for each time."""

    def __init__(self, client: Client, bucket_name: str, key: str) -> None:
        check({"Bucket": bucket_name, "Key": key}, "Bucket Key")
        self._client = client
        self._names = {"Bucket": bucket_name, "Key": key}
        self.bucket_name = bucket_name
        self.key = key

    def put(self, **given: Any) -> dict[str, Any]:
        """Keep `Body` under this name: bytes, text (as UTF-8) or a file opened in binary mode."""
        return self._client.put_object(**self._names, **given)

    def get(self, **given: Any) -> dict[str, Any]:
        """Return what is kept under this name; its bytes are read from `["Body"]`."""
        return self._client.get_object(**self._names, **given)

    def delete(self, **given: Any) -> dict[str, Any]:
        """Remove what is kept under this name; that nothing was there is no error."""
        return self._client.delete_object(**self._names, **given)

    def copy_from(self, **given: Any) -> dict[str, Any]:
        """Keep under this name what `CopySource` names."""
        return self._client.copy_object(**self._names, **given)

    def upload_file(self, Filename: str, ExtraArgs: dict[str, Any] | None = None) -> None:
        """Keep a file of the disk under this name."""
        self._client.upload_file(Filename, self.bucket_name, self.key, ExtraArgs)

    def upload_fileobj(self, Fileobj: Any, ExtraArgs: dict[str, Any] | None = None) -> None:
        """Keep what is left to read of an open file under this name."""
        self._client.upload_fileobj(Fileobj, self.bucket_name, self.key, ExtraArgs)

    def download_file(self, Filename: str) -> None:
        """Write what is kept under this name to a file of the disk."""
        self._client.download_file(self.bucket_name, self.key, Filename)

    def download_fileobj(self, Fileobj: Any) -> None:
        """Write what is kept under this name to a file that is open in binary mode."""
        self._client.download_fileobj(self.bucket_name, self.key, Fileobj)

    @property
    def content_length(self) -> int:
        """Its size in bytes."""
        return self._head("ContentLength")

    @property
    def content_type(self) -> str:
        """What whoever put it said that it is."""
        return self._head("ContentType")

    @property
    def e_tag(self) -> str:
        """The ETag, in the quotes that belong to it."""
        return self._head("ETag")

    @property
    def last_modified(self) -> Any:
        """When it was put, as a `datetime`."""
        return self._head("LastModified")

    @property
    def metadata(self) -> dict[str, str]:
        """The texts that whoever put it gave it."""
        return self._head("Metadata")

    def _head(self, name: str) -> Any:
        return self._client.head_object(**self._names)[name]


# Within Bucket, the name is a method.
_Object = Object


class ObjectSummary(Object):
    """An object in a listing, with what the listing said of it."""

    def __init__(self, client: Client, bucket_name: str, listed: dict[str, Any]) -> None:
        super().__init__(client, bucket_name, listed["Key"])
        self.size: int = listed["Size"]
        self._listed = {"ETag": listed["ETag"], "LastModified": listed["LastModified"]}

    def _head(self, name: str) -> Any:
        return self._listed[name] if name in self._listed else super()._head(name)


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

    def Object(self, key: str) -> Object:
        """Name an object in it."""
        return Object(self._client, self.name, key)

    def put_object(self, **given: Any) -> _Object:
        """Keep `Body` as object `Key` of it, and name that."""
        self._client.put_object(Bucket=self.name, **given)
        return self.Object(given["Key"])

    def delete_objects(self, **given: Any) -> dict[str, Any]:
        """Remove the objects that `Delete` names."""
        return self._client.delete_objects(Bucket=self.name, **given)

    def upload_file(self, Filename: str, Key: str, ExtraArgs: dict[str, Any] | None = None) -> None:
        """Keep a file of the disk as an object in it."""
        self._client.upload_file(Filename, self.name, Key, ExtraArgs)

    def upload_fileobj(self, Fileobj: Any, Key: str, ExtraArgs: dict[str, Any] | None = None) -> None:
        """Keep what is left to read of an open file as an object in it."""
        self._client.upload_fileobj(Fileobj, self.name, Key, ExtraArgs)

    def download_file(self, Key: str, Filename: str) -> None:
        """Write an object in it to a file of the disk."""
        self._client.download_file(self.name, Key, Filename)

    def download_fileobj(self, Key: str, Fileobj: Any) -> None:
        """Write an object in it to a file that is open in binary mode."""
        self._client.download_fileobj(self.name, Key, Fileobj)


class Objects(Limited):
    """What lies in a bucket, listed page by page as it is asked for."""

    def __init__(self, client: Client, bucket_name: str) -> None:
        self._client = client
        self._bucket_name = bucket_name

    def all(self) -> Iterator[ObjectSummary]:
        """List the objects in the order of their keys, as S3 does."""
        return self.filter()

    def filter(self, **given: Any) -> Iterator[ObjectSummary]:
        """List those whose keys begin with `Prefix`; with a `Delimiter`, those that lie in no folder."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket_name, **given)
        for page in pages:
            for listed in page.get("Contents", []):
                yield ObjectSummary(self._client, self._bucket_name, listed)
