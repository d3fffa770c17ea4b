# SPDX-License-Identifier: Apache-2.0
"""S3's calls on one object: a part of the client. A stand-in of Behind the Handler, not boto3."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import lab_bucket
from boto3.bodies import bytes_of, etag_of
from boto3.s3_errors import FOREIGN_BUCKET, answer, refusal
from boto3.s3_listing import in_order, moment
from boto3.stand_in import Limited, check
from botocore.client import BaseClient
from botocore.response import StreamingBody

if TYPE_CHECKING:
    from lab_bucket import About

# What S3 says of an object whose type nobody named.
PLAIN_TYPE = "binary/octet-stream"
LONGEST_KEY = 1024
MOST_METADATA = 2048
EXTRA = "ContentType Metadata"


class ObjectCalls(Limited, BaseClient):
    """Put, get, head, delete and copy. Arguments are given by name, as boto3 wants it."""

    def put_object(self, **given: Any) -> dict[str, Any]:
        """Keep `Body` as object `Key` of `Bucket`."""
        check(given, "Bucket Key", f"Body {EXTRA}")
        body = bytes_of(given.get("Body"))
        return {"ETag": self._put("PutObject", given, body, etag_of(body)), **answer(200)}

    def get_object(self, **given: Any) -> dict[str, Any]:
        """Return object `Key` of `Bucket`; its bytes are read from `["Body"]`."""
        check(given, "Bucket Key")
        body, about = self._find(given["Bucket"], given["Key"], "GetObject")
        return {"Body": StreamingBody(BytesIO(body), len(body)), **_head(about), **answer(200)}

    def head_object(self, **given: Any) -> dict[str, Any]:
        """Return what is known of an object, without its bytes; an error has no words here, only 404."""
        check(given, "Bucket Key")
        if given["Bucket"] == FOREIGN_BUCKET:
            raise refusal("403", "HeadObject")
        about = lab_bucket.head_object(given["Bucket"], given["Key"])
        if about is None:
            raise refusal("404", "HeadObject")
        return {**_head(about), **answer(200)}

    def delete_object(self, **given: Any) -> dict[str, Any]:
        """Remove object `Key` of `Bucket`; that nothing was there is no error."""
        check(given, "Bucket Key")
        self._expect_bucket(given["Bucket"], "DeleteObject")
        lab_bucket.delete_object(given["Bucket"], given["Key"])
        return answer(204)

    def copy_object(self, **given: Any) -> dict[str, Any]:
        """Keep the object that `CopySource` names once more, as `Key` of `Bucket`."""
        check(given, "Bucket Key CopySource", f"{EXTRA} MetadataDirective")
        bucket, key = _source_of(given["CopySource"])
        body, about = self._find(bucket, key, "CopyObject")
        kept = {"ContentType": about["type"], "Metadata": about["metadata"]}
        directive = given.get("MetadataDirective", "COPY")
        if directive not in ("COPY", "REPLACE"):
            # Inferred, as with the source below: S3 names the argument, in words that are not documented.
            raise refusal("InvalidArgument", "CopyObject", ArgumentName="x-amz-metadata-directive")
        if directive == "REPLACE":
            kept = {name: given[name] for name in EXTRA.split() if name in given}
        elif (bucket, key) == (given["Bucket"], given["Key"]):
            raise refusal("InvalidRequest", "CopyObject")
        etag = self._put(
            "CopyObject", {**kept, "Bucket": given["Bucket"], "Key": given["Key"]}, body, etag_of(body)
        )
        modified = self.head_object(Bucket=given["Bucket"], Key=given["Key"])["LastModified"]
        return {"CopyObjectResult": {"ETag": etag, "LastModified": modified}, **answer(200)}

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

    def _find(self, bucket: str, key: str, operation: str) -> tuple[bytes, "About"]:
        """Return an object; refuse where there is none."""
        self._expect_bucket(bucket, operation)
        found = lab_bucket.get_object(bucket, key)
        if found is None:
            raise refusal("NoSuchKey", operation, Key=key)
        return found

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
        check(source, "Bucket Key", within="CopySource")
        return source["Bucket"], source["Key"]
    from urllib.parse import unquote

    bucket, _, key = source.removeprefix("/").partition("/")
    if not (bucket and key):
        raise refusal("InvalidArgument", "CopyObject", ArgumentName="x-amz-copy-source")
    return bucket, unquote(key)
