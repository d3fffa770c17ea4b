# SPDX-License-Identifier: Apache-2.0
"""S3 call by call: what `boto3.client("s3")` returns. A stand-in of Behind the Handler, not boto3.

The far side is the native module `lab_bucket`, which keeps bytes and knows no errors.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import lab_bucket
from boto3.bodies import bytes_of, bytes_of_file, etag_of, etag_of_upload
from boto3.exceptions import S3UploadFailedError
from boto3.s3_errors import CLASSES, FOREIGN_BUCKET, answer, refusal
from boto3.s3_listing import MOST_KEYS, in_order, list_page, moment, token_to_bytes
from boto3.stand_in import Limited, check
from botocore.exceptions import ClientError, ParamValidationError
from botocore.response import StreamingBody

if TYPE_CHECKING:
    from lab_bucket import About

HOME = "us-east-1"
# What S3 lets a new bucket be called.
NEW_BUCKET = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
# What S3 says of an object whose type nobody named.
PLAIN_TYPE = "binary/octet-stream"
LONGEST_KEY = 1024
MOST_METADATA = 2048
MOST_DELETED = 1000
EXTRA = "ContentType Metadata"


class Errors(Limited):
    """What `client.exceptions` holds: the classes of S3's errors, all of them `ClientError`."""

    def __init__(self) -> None:
        vars(self).update(CLASSES, ClientError=ClientError)


class Paginator(Limited):
    """Asks for page after page until there is no more."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def paginate(self, **arguments: Any) -> Iterator[dict[str, Any]]:
        """Yield the pages; `PaginationConfig={"PageSize": n}` sets how many keys one has."""
        size = arguments.pop("PaginationConfig", {}).get("PageSize")
        more = {"MaxKeys": size} if size else {}
        while True:
            page = self._call(**arguments, **more)
            yield page
            if not page["IsTruncated"]:
                return
            more["ContinuationToken"] = page["NextContinuationToken"]


class Client(Limited):
    """The calls of S3 that the lab has. Arguments are given by name, as boto3 wants it."""

    def __init__(self, region_name: str | None = None) -> None:
        self._region = region_name or HOME
        self.exceptions = Errors()

    def put_object(self, **given: Any) -> dict[str, Any]:
        """Keep `Body` as object `Key` of `Bucket`."""
        check(given, "Bucket Key", f"Body {EXTRA}")
        body = bytes_of(given.get("Body"))
        return {"ETag": self._put("PutObject", given, body, etag_of(body)), **answer(200)}

    def get_object(self, **given: Any) -> dict[str, Any]:
        """Return object `Key` of `Bucket`; its bytes are read from `["Body"]`."""
        check(given, "Bucket Key")
        bucket, key = given["Bucket"], given["Key"]
        self._expect_bucket(bucket, "GetObject")
        found = lab_bucket.get_object(bucket, key)
        if found is None:
            raise refusal("NoSuchKey", "GetObject", Key=key)
        body, about = found
        return {"Body": StreamingBody(body, len(body)), **_head(about), **answer(200)}

    def head_object(self, **given: Any) -> dict[str, Any]:
        """Return what is known of an object, without its bytes; an error has no words here, only 404."""
        check(given, "Bucket Key")
        if given["Bucket"] == FOREIGN_BUCKET:
            raise refusal("403", "HeadObject")
        about = lab_bucket.head_object(given["Bucket"], given["Key"])
        if about is None:
            raise refusal("404", "HeadObject")
        return {**_head(about), **answer(200)}

    def list_objects_v2(self, **given: Any) -> dict[str, Any]:
        """Return a page of the objects in `Bucket`, in the order of their keys."""
        check(given, "Bucket", "Prefix Delimiter MaxKeys ContinuationToken StartAfter")
        bucket, token = given["Bucket"], given.get("ContinuationToken")
        prefix, delimiter = given.get("Prefix", ""), given.get("Delimiter", "")
        objects = self._expect_bucket(bucket, "ListObjectsV2")
        after = in_order(given.get("StartAfter", "")) if token is None else token_to_bytes(token)
        if after is None:
            raise refusal("InvalidArgument", "ListObjectsV2", ArgumentName="continuation-token")
        most = min(given.get("MaxKeys", MOST_KEYS), MOST_KEYS)
        echoed = {
            name: given[name] for name in ("Delimiter", "ContinuationToken", "StartAfter") if name in given
        }
        page = list_page(objects, prefix, delimiter, after, most)
        return {"Name": bucket, "Prefix": prefix, "MaxKeys": most, **echoed, **page, **answer(200)}

    def delete_object(self, **given: Any) -> dict[str, Any]:
        """Remove object `Key` of `Bucket`; that nothing was there is no error."""
        check(given, "Bucket Key")
        self._expect_bucket(given["Bucket"], "DeleteObject")
        lab_bucket.delete_object(given["Bucket"], given["Key"])
        return answer(204)

    def delete_objects(self, **given: Any) -> dict[str, Any]:
        """Remove the objects that `Delete={"Objects": [{"Key": …}, …]}` names."""
        check(given, "Bucket Delete")
        self._expect_bucket(given["Bucket"], "DeleteObjects")
        wanted: list[Any] | None = given["Delete"].get("Objects")
        if not isinstance(wanted, list):
            raise ParamValidationError(report='Missing required parameter in Delete: "Objects"')
        if not 0 < len(wanted) <= MOST_DELETED:
            raise refusal("MalformedXML", "DeleteObjects")
        for item in wanted:
            check(item, "Key")
        for item in wanted:
            lab_bucket.delete_object(given["Bucket"], item["Key"])
        if given["Delete"].get("Quiet"):
            return answer(200)
        return {"Deleted": [{"Key": item["Key"]} for item in wanted], **answer(200)}

    def copy_object(self, **given: Any) -> dict[str, Any]:
        """Keep the object that `CopySource` names once more, as `Key` of `Bucket`."""
        check(given, "Bucket Key CopySource", f"{EXTRA} MetadataDirective")
        bucket, key = _source_of(given["CopySource"])
        self._expect_bucket(bucket, "CopyObject")
        found = lab_bucket.get_object(bucket, key)
        if found is None:
            raise refusal("NoSuchKey", "CopyObject", Key=key)
        body, about = found
        kept = {"ContentType": about["type"], "Metadata": about["metadata"]}
        if given.get("MetadataDirective") == "REPLACE":
            kept = {name: given[name] for name in EXTRA.split() if name in given}
        elif (bucket, key) == (given["Bucket"], given["Key"]):
            raise refusal("InvalidRequest", "CopyObject")
        etag = self._put(
            "CopyObject", {**kept, "Bucket": given["Bucket"], "Key": given["Key"]}, body, etag_of(body)
        )
        modified = self.head_object(Bucket=given["Bucket"], Key=given["Key"])["LastModified"]
        return {"CopyObjectResult": {"ETag": etag, "LastModified": modified}, **answer(200)}

    def upload_file(
        self, Filename: str, Bucket: str, Key: str, ExtraArgs: dict[str, Any] | None = None
    ) -> None:
        """Keep a file of the disk as an object."""
        with open(Filename, "rb") as file:
            self._upload(file, Filename, {**(ExtraArgs or {}), "Bucket": Bucket, "Key": Key})

    def upload_fileobj(
        self, Fileobj: Any, Bucket: str, Key: str, ExtraArgs: dict[str, Any] | None = None
    ) -> None:
        """Keep what is left to read of an open file as an object."""
        name = str(getattr(Fileobj, "name", Fileobj))
        self._upload(Fileobj, name, {**(ExtraArgs or {}), "Bucket": Bucket, "Key": Key})

    def download_file(self, Bucket: str, Key: str, Filename: str) -> None:
        """Write an object to a file of the disk; where there is none, no file comes into being."""
        # It asks how large the object is before it fetches it, so this is where it meets a missing one.
        self.head_object(Bucket=Bucket, Key=Key)
        with open(Filename, "wb") as file:
            self.download_fileobj(Bucket, Key, file)

    def download_fileobj(self, Bucket: str, Key: str, Fileobj: Any) -> None:
        """Write an object to a file that is open in binary mode."""
        self.head_object(Bucket=Bucket, Key=Key)
        Fileobj.write(self.get_object(Bucket=Bucket, Key=Key)["Body"].read())

    def create_bucket(self, **given: Any) -> dict[str, Any]:
        """Make a bucket. One's own once more is an error everywhere but in us-east-1."""
        check(given, "Bucket", "CreateBucketConfiguration")
        bucket = given["Bucket"]
        region = given.get("CreateBucketConfiguration", {}).get("LocationConstraint", HOME)
        if region != self._region:
            raise refusal("IllegalLocationConstraintException", "CreateBucket")
        if not NEW_BUCKET.fullmatch(bucket):
            raise refusal("InvalidBucketName", "CreateBucket", BucketName=bucket)
        if bucket == FOREIGN_BUCKET:
            raise refusal("BucketAlreadyExists", "CreateBucket", BucketName=bucket)
        if not lab_bucket.create_bucket(bucket) and region != HOME:
            raise refusal("BucketAlreadyOwnedByYou", "CreateBucket", BucketName=bucket)
        return {"Location": f"/{bucket}", **answer(200)}

    def list_buckets(self) -> dict[str, Any]:
        """Return the names of all buckets, in the order of the alphabet."""
        buckets = sorted(lab_bucket.list_buckets())
        listed = [{"Name": name, "CreationDate": moment(created)} for name, created in buckets]
        return {"Buckets": listed, "Owner": {"ID": "lab"}, **answer(200)}

    def get_paginator(self, operation_name: str) -> Paginator:
        """Return what asks for all pages of a listing: there is one, of `list_objects_v2`."""
        if operation_name != "list_objects_v2":
            raise ValueError(
                f"This lab's stand-in for boto3 has no pages of {operation_name!r}: it has 'list_objects_v2'"
            )
        return Paginator(self.list_objects_v2)

    def _put(self, operation: str, given: dict[str, Any], body: bytes, etag: str) -> str:
        bucket, key = given["Bucket"], given["Key"]
        # S3 keeps the names of metadata in small letters.
        metadata = {name.lower(): value for name, value in given.get("Metadata", {}).items()}
        if bucket == FOREIGN_BUCKET:
            raise refusal("AccessDenied", operation)
        if len(in_order(key)) > LONGEST_KEY:
            raise refusal("KeyTooLongError", operation)
        if sum(len(name) + len(value) for name, value in metadata.items()) > MOST_METADATA:
            raise refusal("MetadataTooLarge", operation)
        lab_bucket.put_object(bucket, key, body, etag, given.get("ContentType", PLAIN_TYPE), metadata)
        return f'"{etag}"'

    def _upload(self, file: Any, name: str, given: dict[str, Any]) -> None:
        check(given, "Bucket Key", EXTRA)
        body = bytes_of_file(file)
        try:
            self._put("PutObject", given, body, etag_of_upload(body))
        except ClientError as error:
            raise S3UploadFailedError(
                f"Failed to upload {name} to {given['Bucket']}/{given['Key']}: {error}"
            ) from error

    def _expect_bucket(self, bucket: str, operation: str) -> tuple[tuple[str, "About"], ...]:
        """Return what lies in a bucket; refuse one that is not there, or not ours."""
        if bucket == FOREIGN_BUCKET:
            raise refusal("AccessDenied", operation)
        objects = lab_bucket.list_objects(bucket)
        if objects is None:
            raise refusal("NoSuchBucket", operation, BucketName=bucket)
        return objects


def _head(about: "About") -> dict[str, Any]:
    return {
        "AcceptRanges": "bytes",
        "LastModified": moment(about["modified"]),
        "ContentLength": about["size"],
        "ETag": f'"{about["etag"]}"',
        "ContentType": about["type"],
        "Metadata": about["metadata"],
    }


def _source_of(source: dict[str, Any] | str) -> tuple[str, str]:
    """Take `{"Bucket": …, "Key": …}` or `"bucket/key"` apart; in the text form, the key is URL-encoded."""
    if isinstance(source, dict):
        check(source, "Bucket Key")
        return source["Bucket"], source["Key"]
    from urllib.parse import unquote

    bucket, _, key = source.removeprefix("/").partition("/")
    names = {"Bucket": bucket, "Key": unquote(key)}
    check(names, "Bucket Key")
    return bucket, names["Key"]
