# SPDX-License-Identifier: Apache-2.0
"""S3 call by call: what `boto3.client("s3")` returns. A stand-in of Behind the Handler, not boto3.

The far side is the native module `lab_bucket`, which keeps bytes and knows no errors.
"""

import re
from typing import Any

import lab_bucket
from boto3.s3_errors import CLASSES, FOREIGN_BUCKET, answer, refusal
from boto3.s3_listing import MOST_KEYS, Paginator, in_order, list_page, moment, token_to_bytes
from boto3.s3_transfers import Transfers
from boto3.stand_in import Limited, check
from botocore.exceptions import ClientError
from botocore.lacks import lacking

HOME = "us-east-1"
# What S3 lets a new bucket be called, and what of that it keeps for itself or takes for an address.
NEW_BUCKET = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
KEPT_NAMES = re.compile(
    r"(xn--|sthree-|amzn-s3-demo-).*|.*(-s3alias|--ol-s3|--x-s3|\.mrap)|\d+\.\d+\.\d+\.\d+"
)
MOST_DELETED = 1000


# The calls whose answers come in pages.
PAGEABLE = ("list_objects", "list_objects_v2")


class ClientMeta(Limited):
    """What `client.meta` holds."""

    def __init__(self, region_name: str, endpoint_url: str | None, config: Any) -> None:
        self.region_name = region_name
        self.endpoint_url = endpoint_url or "https://s3.amazonaws.com"
        self.config = config


class Errors(Limited):
    """What `client.exceptions` holds: the classes of S3's errors, all of them `ClientError`."""

    def __init__(self) -> None:
        vars(self).update(CLASSES, ClientError=ClientError)


class Client(Transfers):
    """The calls of S3 that the lab has. Arguments are given by name, as boto3 wants it."""

    def __init__(
        self, region_name: str | None = None, endpoint_url: str | None = None, config: Any = None
    ) -> None:
        self._region = region_name or HOME
        self.exceptions = Errors()
        self.meta = ClientMeta(self._region, endpoint_url, config)

    def __repr__(self) -> str:
        return f"<botocore.client.S3 object at {id(self):#x}>"

    def list_objects_v2(self, **given: Any) -> dict[str, Any]:
        """Return a page of the objects in `Bucket`, in the order of their keys."""
        check(given, "Bucket", "Prefix Delimiter MaxKeys ContinuationToken StartAfter")
        token = given.get("ContinuationToken")
        after = in_order(given.get("StartAfter", "")) if token is None else token_to_bytes(token)
        return self._list("ListObjectsV2", given, after)

    def list_objects(self, **given: Any) -> dict[str, Any]:
        """Return such a page as S3 did at first: the next one begins behind a key, its `Marker`."""
        check(given, "Bucket", "Prefix Delimiter MaxKeys Marker")
        page = self._list("ListObjects", given, in_order(given.get("Marker", "")))
        del page["KeyCount"]
        token = page.pop("NextContinuationToken", None)
        # Without a delimiter it is the last key of the page, which the caller has.
        if token and given.get("Delimiter"):
            page["NextMarker"] = (token_to_bytes(token) or b"").decode("utf-8", "surrogatepass")
        return {"Marker": "", **page}

    def delete_objects(self, **given: Any) -> dict[str, Any]:
        """Remove the objects that `Delete={"Objects": [{"Key": …}, …]}` names."""
        check(given, "Bucket Delete")
        check(given["Delete"], "Objects", "Quiet", within="Delete")
        bucket, wanted = given["Bucket"], given["Delete"]["Objects"]
        for number, item in enumerate(wanted):
            check(item, "Key", within=f"Delete.Objects[{number}]")
        if not 0 < len(wanted) <= MOST_DELETED:
            raise refusal("MalformedXML", "DeleteObjects")
        if bucket == FOREIGN_BUCKET:
            # Inferred: leave is asked for key by key, so the call succeeds, and each key's deletion fails.
            denied = {"Code": "AccessDenied", "Message": "Access Denied"}
            return {"Errors": [{"Key": item["Key"], **denied} for item in wanted], **answer(200)}
        self._expect_bucket(bucket, "DeleteObjects")
        for item in wanted:
            lab_bucket.delete_object(bucket, item["Key"])
        if given["Delete"].get("Quiet"):
            return answer(200)
        return {"Deleted": [{"Key": item["Key"]} for item in wanted], **answer(200)}

    def create_bucket(self, **given: Any) -> dict[str, Any]:
        """Make a bucket. One's own once more is an error everywhere but in us-east-1."""
        check(given, "Bucket", "CreateBucketConfiguration")
        bucket, config = given["Bucket"], given.get("CreateBucketConfiguration", {})
        check(config, "", "LocationConstraint", within="CreateBucketConfiguration")
        region = config.get("LocationConstraint")
        if region == HOME:
            # It is where a bucket lies for which nobody asks for a place, and has no name here.
            raise refusal("InvalidLocationConstraint", "CreateBucket", LocationConstraint=region)
        if (region or HOME) != self._region:
            raise refusal("IllegalLocationConstraintException", "CreateBucket", **_words_for(region))
        if not NEW_BUCKET.fullmatch(bucket) or KEPT_NAMES.fullmatch(bucket):
            raise refusal("InvalidBucketName", "CreateBucket", BucketName=bucket)
        if bucket == FOREIGN_BUCKET:
            raise refusal("BucketAlreadyExists", "CreateBucket", BucketName=bucket)
        if not lab_bucket.create_bucket(bucket) and self._region != HOME:
            raise refusal("BucketAlreadyOwnedByYou", "CreateBucket", BucketName=bucket)
        return {"Location": f"/{bucket}", **answer(200)}

    def head_bucket(self, **given: Any) -> dict[str, Any]:
        """Say that a bucket is there; an error has no words here, only 404 or 403."""
        check(given, "Bucket")
        if given["Bucket"] == FOREIGN_BUCKET:
            raise refusal("403", "HeadBucket")
        if lab_bucket.list_objects(given["Bucket"]) is None:
            raise refusal("404", "HeadBucket")
        return answer(200)

    def list_buckets(self) -> dict[str, Any]:
        """Return the names of all buckets, in the order of the alphabet."""
        buckets = sorted(lab_bucket.list_buckets())
        listed = [{"Name": name, "CreationDate": moment(created)} for name, created in buckets]
        return {"Buckets": listed, "Owner": {"ID": "lab"}, **answer(200)}

    def get_paginator(self, operation_name: str) -> Paginator:
        """Return what asks for all pages of a listing."""
        if operation_name not in PAGEABLE:
            raise ValueError(lacking(f"pages of {operation_name!r}", ", ".join(map(repr, PAGEABLE))))
        return Paginator(getattr(self, operation_name))

    def can_paginate(self, operation_name: str) -> bool:
        """Tell whether a call's answers come in pages."""
        return operation_name in PAGEABLE

    def get_waiter(self, waiter_name: str) -> Any:
        """Return what waits until something is there, or gone."""
        # Imported here: few functions wait.
        from boto3.s3_waiters import Waiter

        return Waiter(waiter_name, self)

    def close(self) -> None:
        """Let go of connections: there are none."""

    def _list(self, operation: str, given: dict[str, Any], after: bytes | None) -> dict[str, Any]:
        objects = self._expect_bucket(given["Bucket"], operation)
        most = given.get("MaxKeys", MOST_KEYS)
        if most < 0:
            words = "Argument maxKeys must be an integer between 0 and 2147483647"
            raise refusal("InvalidArgument", operation, Message=words, ArgumentName="maxKeys")
        if after is None:
            words = "The continuation token provided is incorrect"
            raise refusal("InvalidArgument", operation, Message=words, ArgumentName="continuation-token")
        most = min(most, MOST_KEYS)
        prefix, delimiter = given.get("Prefix", ""), given.get("Delimiter", "")
        page = list_page(objects, prefix, delimiter, after, most)
        echoed = {name: value for name, value in given.items() if name not in ("Bucket", "MaxKeys")}
        return {"Name": given["Bucket"], "Prefix": "", "MaxKeys": most, **echoed, **page, **answer(200)}


def _words_for(region: str | None) -> dict[str, str]:
    """Return what else the error holds where a region was named: S3 names it, too."""
    if region is None:
        return {}
    return {
        "Message": f"The {region} location constraint is incompatible for the region specific endpoint this "
        "request was sent to."
    }
