# SPDX-License-Identifier: Apache-2.0
"""One object, and what lists them, as `boto3.resource("s3")` has it. A stand-in, not boto3."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from boto3.s3_client import Client
from boto3.s3_transfers import Progress
from boto3.stand_in import Limited, check


class Named(Limited):
    """What an object can do for which only the names of its bucket and its key are needed."""

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


class Object(Named):
    """One object, with what S3 knows of it: asked for when it is first wanted, and by `load` anew."""

    _known: dict[str, Any] | None = None

    def load(self) -> None:
        """Ask what is known of it; where there is no such object, this is where it shows."""
        self._known = self._client.head_object(**self._names)

    def reload(self) -> None:
        """Ask anew: what is known stays as it was until then, whatever is put."""
        self.load()

    def upload_file(
        self,
        Filename: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Keep a file of the disk under this name."""
        self._client.upload_file(Filename, self.bucket_name, self.key, ExtraArgs, Callback, Config)

    def upload_fileobj(
        self,
        Fileobj: Any,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Keep what is left to read of an open file under this name."""
        self._client.upload_fileobj(Fileobj, self.bucket_name, self.key, ExtraArgs, Callback, Config)

    def download_file(
        self,
        Filename: str,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Write what is kept under this name to a file of the disk."""
        self._client.download_file(self.bucket_name, self.key, Filename, ExtraArgs, Callback, Config)

    def download_fileobj(
        self,
        Fileobj: Any,
        ExtraArgs: dict[str, Any] | None = None,
        Callback: Progress | None = None,
        Config: Any = None,
    ) -> None:
        """Write what is kept under this name to a file that is open in binary mode."""
        self._client.download_fileobj(self.bucket_name, self.key, Fileobj, ExtraArgs, Callback, Config)

    @property
    def content_length(self) -> int:
        """Its size in bytes."""
        return self._ask("ContentLength")

    @property
    def content_type(self) -> str:
        """What whoever put it said that it is."""
        return self._ask("ContentType")

    @property
    def e_tag(self) -> str:
        """The ETag, in the quotes that belong to it."""
        return self._ask("ETag")

    @property
    def last_modified(self) -> datetime:
        """When it was put."""
        return self._ask("LastModified")

    @property
    def metadata(self) -> dict[str, str]:
        """The texts that whoever put it gave it."""
        return self._ask("Metadata")

    def _ask(self, name: str) -> Any:
        if self._known is None:
            self.load()
        return (self._known or {})[name]


class ObjectSummary(Named):
    """An object in a listing, with what the listing said of it."""

    def __init__(self, client: Client, bucket_name: str, listed: dict[str, Any]) -> None:
        super().__init__(client, bucket_name, listed["Key"])
        self.size: int = listed["Size"]
        self.e_tag: str = listed["ETag"]
        self.last_modified: datetime = listed["LastModified"]
        self.storage_class: str = listed["StorageClass"]

    def Object(self) -> Object:
        """Name the object itself, of which more is known."""
        return Object(self._client, self.bucket_name, self.key)


class Objects(Limited):
    """What lies in a bucket. It is nothing to iterate over, but each of these makes what is."""

    def __init__(
        self, client: Client, bucket_name: str, given: dict[str, Any] | None = None, most: int | None = None
    ) -> None:
        self._client = client
        self._bucket_name = bucket_name
        self._given = given or {}
        self._most = most

    def all(self) -> "Listing":
        """List the objects in the order of their keys, as S3 does."""
        return self.filter()

    def filter(self, **given: Any) -> "Listing":
        """List those whose keys begin with `Prefix`; with a `Delimiter`, those that lie in no folder."""
        return Listing(self._client, self._bucket_name, {**self._given, **given}, self._most)

    def limit(self, count: int) -> "Listing":
        """List no more than so many."""
        return Listing(self._client, self._bucket_name, self._given, count)

    def page_size(self, count: int) -> "Listing":
        """List them all, but ask S3 for no more than so many at once."""
        return self.filter(MaxKeys=count)

    def pages(self) -> Iterator[list[ObjectSummary]]:
        """Yield the pages, each as a list, as they come from S3."""
        left = self._most
        pages = self._client.get_paginator("list_objects").paginate(Bucket=self._bucket_name, **self._given)
        for page in pages:
            listed = [ObjectSummary(self._client, self._bucket_name, one) for one in page.get("Contents", [])]
            yield listed[:left]
            if left is not None:
                left -= len(listed)
                if left <= 0:
                    return

    def delete(self) -> list[dict[str, Any]]:
        """Remove them, with one call for each page; return the calls' answers."""
        return [
            self._client.delete_objects(
                Bucket=self._bucket_name, Delete={"Objects": [{"Key": one.key} for one in page]}
            )
            for page in self.pages()
            if page
        ]


class Listing(Objects):
    """Objects of a bucket, listed page by page as they are asked for."""

    def __iter__(self) -> Iterator[ObjectSummary]:
        for page in self.pages():
            yield from page
