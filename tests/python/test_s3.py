"""S3 as the stand-in for boto3 plays it: each call and each of its outcomes, as public documents tell them.

Sources: the API reference of Amazon S3 (the actions' pages and the list of error responses), its user guide
(object keys, metadata, checksums), and the S3 pages of boto3's documentation. A test's docstring is a row of
`tests/S3.md`, `call | outcome | sources`; `python tests/python/test_s3.py --table` writes that file.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "src" / "platforms" / "shared" / "disk"
TABLE = ROOT / "tests" / "S3.md"

if __package__:
    from .fake_bucket import FakeBucket

PART = 8 * 1024 * 1024


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def status(code: int) -> dict[str, Any]:
    return {"ResponseMetadata": {"HTTPStatusCode": code, "RetryAttempts": 0}}


def second(count: int) -> datetime.datetime:
    """Return the time of the far side's change number `count`."""
    beginning = datetime.datetime(2016, 12, 14, tzinfo=datetime.UTC)
    return beginning + datetime.timedelta(seconds=count)


class S3(unittest.TestCase):
    """A client and a resource with empty buckets."""

    def setUp(self) -> None:
        self.far_side = FakeBucket()
        patched = mock.patch.dict(sys.modules, {"lab_bucket": self.far_side})
        patched.start()
        self.addCleanup(patched.stop)
        sys.path.insert(0, str(RUNTIME))
        self.addCleanup(sys.path.remove, str(RUNTIME))
        # It stands behind the other finders when it has been imported.
        self.addCleanup(sys.meta_path.__setitem__, slice(None), list(sys.meta_path))
        for name in [name for name in sys.modules if name.partition(".")[0] in ("boto3", "botocore")]:
            del sys.modules[name]
        self.boto3 = importlib.import_module("boto3")
        self.errors = importlib.import_module("botocore.exceptions")
        self.client: Any = self.boto3.client("s3")
        self.s3: Any = self.boto3.resource("s3")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def put(self, *keys: str, bucket: str = "b") -> None:
        for key in keys:
            self.client.put_object(Bucket=bucket, Key=key, Body=key)

    def refused(self, code: str, http: int, operation: str, call: Any, **arguments: Any) -> Any:
        """Expect a `ClientError` with its whole response; return the error."""
        with self.assertRaises(self.errors.ClientError) as caught:
            call(**arguments)
        error: Any = caught.exception
        self.assertEqual(
            (code, http, operation),
            (
                error.response["Error"]["Code"],
                error.response["ResponseMetadata"]["HTTPStatusCode"],
                error.operation_name,
            ),
        )
        message = error.response["Error"]["Message"]
        self.assertEqual(
            f"An error occurred ({code}) when calling the {operation} operation: {message}", str(error)
        )
        return error

    def invalid(self, report: str, call: Any, **arguments: Any) -> None:
        with self.assertRaises(self.errors.ParamValidationError) as caught:
            call(**arguments)
        self.assertEqual(f"Parameter validation failed:\n{report}", str(caught.exception))


class PutObject(S3):
    def test_put(self) -> None:
        """`put_object` | bytes, text, a file: the ETag is the MD5 of the bytes |
        API PutObject; API Object.
        """
        for body, data in (
            (b"\0\xff", b"\0\xff"),
            (bytearray(b"ab"), b"ab"),
            ("日本", "日本".encode()),
            (io.BytesIO(b"file"), b"file"),
            (b"", b""),
        ):
            with self.subTest(body=body):
                answer = self.client.put_object(Bucket="b", Key="k", Body=body)
                self.assertEqual({"ETag": f'"{md5(data)}"', **status(200)}, answer)
                self.assertEqual({("b", "k"): data}, self.far_side.kept)

    def test_put_from_where_the_file_stands(self) -> None:
        """`put_object` | a file that was read in part: what is left of it | boto3 client/put_object;
        inferred.
        """
        file = io.BytesIO(b"head and body")
        file.read(9)
        self.client.put_object(Bucket="b", Key="k", Body=file)
        self.assertEqual({("b", "k"): b"body"}, self.far_side.kept)

    def test_put_type_and_metadata(self) -> None:
        """`put_object` | `ContentType` and `Metadata` are kept, names of metadata in small letters | guide
        UsingMetadata.
        """
        self.client.put_object(Bucket="b", Key="k", ContentType="text/plain", Metadata={"From": "X"})
        answer = self.client.head_object(Bucket="b", Key="k")
        self.assertEqual(("text/plain", {"from": "X"}), (answer["ContentType"], answer["Metadata"]))

    def test_put_makes_the_bucket(self) -> None:
        """`put_object` | no such bucket: made, as nowhere in S3; the lab's one liberty | ours."""
        # Claims: put-makes-the-bucket
        self.put("k", bucket="new")
        self.assertEqual(["new"], [bucket["Name"] for bucket in self.client.list_buckets()["Buckets"]])

    def test_put_replaces(self) -> None:
        """`put_object` | a key that is there: replaced, with what was known of it | API PutObject."""
        self.client.put_object(Bucket="b", Key="k", Body=b"old", Metadata={"a": "1"})
        self.client.put_object(Bucket="b", Key="k", Body=b"new")
        answer = self.client.get_object(Bucket="b", Key="k")
        self.assertEqual((b"new", {}), (answer["Body"].read(), answer["Metadata"]))

    def test_put_foreign(self) -> None:
        """`put_object` | somebody else's bucket: `AccessDenied`, 403 | errors."""
        self.refused(
            "AccessDenied", 403, "PutObject", self.client.put_object, Bucket="someone-elses-bucket", Key="k"
        )
        self.assertEqual({}, self.far_side.kept)

    def test_put_long_key(self) -> None:
        """`put_object` | a key of more than 1024 bytes: `KeyTooLongError`, 400 |
        errors; guide object-keys.
        """
        self.put("é" * 512)
        self.refused("KeyTooLongError", 400, "PutObject", self.client.put_object, Bucket="b", Key="é" * 513)

    def test_put_much_metadata(self) -> None:
        """`put_object` | more than 2 KB of metadata: `MetadataTooLarge`, 400 |
        errors; guide UsingMetadata.
        """
        self.client.put_object(Bucket="b", Key="k", Metadata={"a": "x" * 2047})
        self.refused(
            "MetadataTooLarge",
            400,
            "PutObject",
            self.client.put_object,
            Bucket="b",
            Key="k",
            Metadata={"a": "x" * 2048},
        )

    def test_put_text_file(self) -> None:
        """`put_object` | a file opened in text mode: `TypeError` that says how to open it | boto3
        client/put_object; ours.
        """
        with self.assertRaisesRegex(TypeError, "open it in binary mode"):
            self.client.put_object(Bucket="b", Key="k", Body=io.StringIO("text"))

    def test_put_wrong_body(self) -> None:
        """`put_object` | a body of no kind that there is: `ParamValidationError` |
        boto3 client/put_object.
        """
        self.invalid(
            "Invalid type for parameter Body, value: 5, type: <class 'int'>, "
            "valid types: <class 'bytes'>, <class 'bytearray'>, file-like object",
            self.client.put_object,
            Bucket="b",
            Key="k",
            Body=5,
        )

    def test_put_wrong_arguments(self) -> None:
        """any call | arguments missing, of another kind, empty, no bucket's name, unknown here:
        `ParamValidationError`, all of them at once | boto3 guide error-handling; issue
        boto/botocore/issues/2552; ours.
        """
        put = self.client.put_object
        self.invalid(
            'Missing required parameter in input: "Bucket"\nMissing required parameter in input: "Key"', put
        )
        self.invalid(
            "Invalid type for parameter Key, value: 5, type: <class 'int'>, valid types: <class 'str'>",
            put,
            Bucket="b",
            Key=5,
        )
        self.invalid(
            "Invalid length for parameter Key, value: 0, valid min length: 1", put, Bucket="b", Key=""
        )
        self.invalid(
            'Invalid bucket name "a b": Bucket name must match the regex "^[a-zA-Z0-9.\\-_]{1,255}$"',
            put,
            Bucket="a b",
            Key="k",
        )
        self.invalid(
            "Unknown to this lab's stand-in for boto3: ACL; known here: "
            "Bucket, Key, Body, ContentType, Metadata",
            put,
            Bucket="b",
            Key="k",
            ACL="private",
        )
        self.invalid(
            'Non ascii characters found in S3 metadata for key "a", value: "é".\n'
            "S3 metadata can only contain ASCII characters.",
            put,
            Bucket="b",
            Key="k",
            Metadata={"a": "é"},
        )
        self.invalid(
            "Invalid type for parameter Metadata.a, value: 5, type: <class 'int'>, "
            "valid types: <class 'str'>",
            put,
            Bucket="b",
            Key="k",
            Metadata={"a": 5},
        )
        self.invalid(
            'Missing required parameter in Delete.Objects[1]: "Key"',
            self.client.delete_objects,
            Bucket="b",
            Delete={"Objects": [{"Key": "k"}, {}]},
        )
        self.invalid(
            "Invalid type for parameter Delete.Objects[0], value: k, type: <class 'str'>, "
            "valid types: <class 'dict'>",
            self.client.delete_objects,
            Bucket="b",
            Delete={"Objects": ["k"]},
        )
        self.assertEqual({}, self.far_side.kept)


class GetObject(S3):
    def test_get(self) -> None:
        """`get_object` | bytes, size, type, ETag, time, metadata | API GetObject; boto3 client/get_object."""
        self.put("key")
        answer = self.client.get_object(Bucket="b", Key="key")
        self.assertEqual(b"key", answer.pop("Body").read())
        self.assertEqual(
            {
                "AcceptRanges": "bytes",
                "LastModified": second(2),
                "ContentLength": 3,
                "ETag": f'"{md5(b"key")}"',
                "ContentType": "binary/octet-stream",
                "Metadata": {},
                **status(200),
            },
            answer,
        )

    def test_get_missing(self) -> None:
        """`get_object` | no such key: `NoSuchKey`, 404; `client.exceptions` has its class | errors; boto3
        guide error-handling.
        """
        self.put("other")
        error = self.refused("NoSuchKey", 404, "GetObject", self.client.get_object, Bucket="b", Key="k")
        self.assertIsInstance(error, self.client.exceptions.NoSuchKey)
        self.assertEqual(
            {
                "Error": {"Code": "NoSuchKey", "Message": "The specified key does not exist.", "Key": "k"},
                **status(404),
            },
            error.response,
        )

    def test_get_no_bucket(self) -> None:
        """`get_object` | no such bucket: `NoSuchBucket`, 404 | errors; boto3 guide error-handling."""
        error = self.refused("NoSuchBucket", 404, "GetObject", self.client.get_object, Bucket="b", Key="k")
        self.assertIsInstance(error, self.client.exceptions.NoSuchBucket)
        self.assertEqual("b", error.response["Error"]["BucketName"])

    def test_get_foreign(self) -> None:
        """`get_object` | somebody else's bucket: `AccessDenied`, 403 | errors."""
        self.refused(
            "AccessDenied", 403, "GetObject", self.client.get_object, Bucket="someone-elses-bucket", Key="k"
        )


class Body(S3):
    def body(self, data: bytes) -> Any:
        self.client.put_object(Bucket="b", Key="k", Body=data)
        return self.client.get_object(Bucket="b", Key="k")["Body"]

    def test_read(self) -> None:
        """`Body.read` | all, or the next so many bytes; then nothing more | botocore response."""
        body = self.body(b"abcdef")
        self.assertEqual([b"ab", b"cdef", b"", b""], [body.read(2), body.read(), body.read(), body.read(5)])

    def test_chunks(self) -> None:
        """`Body.iter_chunks` | pieces of a size, the last one shorter; 1024 by default, as when it is
        iterated | botocore response.
        """
        data = bytes(range(256)) * 10
        self.assertEqual([b"abcd", b"ef"], list(self.body(b"abcdef").iter_chunks(4)))
        self.assertEqual([1024, 1024, 512], [len(chunk) for chunk in self.body(data).iter_chunks()])
        self.assertEqual(data, b"".join(self.body(data)))
        self.assertEqual([], list(self.body(b"").iter_chunks()))

    def test_lines(self) -> None:
        """`Body.iter_lines` | the same lines whatever the size of the pieces, with and without their ends |
        botocore response.
        """
        data = b"one\ntwo\r\n\nfour"
        for size in (1, 2, 3, 5, 1024):
            with self.subTest(size=size):
                self.assertEqual([b"one", b"two", b"", b"four"], list(self.body(data).iter_lines(size)))
                self.assertEqual(
                    [b"one\n", b"two\r\n", b"\n", b"four"],
                    list(self.body(data).iter_lines(size, keepends=True)),
                )

    def test_lines_begun_twice(self) -> None:
        """`Body.iter_lines` | begun a second time: from where the first has read, not where its line ended |
        issue boto/boto3/discussions/3275.
        """
        body = self.body(b"one\ntwo\nsix\nten\n")
        self.assertEqual([b"one", b"six"], [next(body.iter_lines(8)), next(body.iter_lines(8))])

    def test_as_a_file(self) -> None:
        """`Body` | what reads files reads it: `readinto`, `json.load`, text by `io.TextIOWrapper` |
        botocore response.
        """
        buffer = bytearray(4)
        self.assertEqual((3, b"abc\0"), (self.body(b"abc").readinto(buffer), bytes(buffer)))
        self.assertEqual({"a": [1]}, json.load(self.body(b'{"a": [1]}')))
        self.assertEqual(["é\n", "b"], list(io.TextIOWrapper(self.body("é\nb".encode()), "utf-8")))

    def test_too_short(self) -> None:
        """`StreamingBody` | of a stream that ends too early: `IncompleteReadError` | botocore response."""
        made = importlib.import_module("botocore.response").StreamingBody
        self.assertEqual(b"abc", made(io.BytesIO(b"abc"), 3).read())
        with self.assertRaisesRegex(self.errors.IncompleteReadError, "3 read, but total bytes expected is 4"):
            made(io.BytesIO(b"abc"), 4).read()

    def test_with(self) -> None:
        """`with Body` | closed at the end; lines one by one before that | botocore response; inferred."""
        with self.body(b"a\nb") as body:
            self.assertEqual((b"a\n", 2, [b"b"]), (body.readline(), body.tell(), body.readlines()))
        with self.assertRaises(ValueError):
            body.read()

    def test_close(self) -> None:
        """`Body.close` | what is left can no longer be read: `ValueError` | botocore response; inferred."""
        body = self.body(b"abc")
        self.assertEqual((b"a", False), (body.read(1), body.closed))
        body.close()
        self.assertTrue(body.closed)
        with self.assertRaises(ValueError):
            body.read()


class HeadObject(S3):
    def test_head(self) -> None:
        """`head_object` | what `get_object` tells, without the bytes | API HeadObject."""
        self.put("k")
        answer = self.client.get_object(Bucket="b", Key="k")
        del answer["Body"]
        self.assertEqual(answer, self.client.head_object(Bucket="b", Key="k"))

    def test_head_missing(self) -> None:
        """`head_object` | no such key, or bucket: 404 without more words, for there is no body to say them |
        API HeadObject.
        """
        self.put("other")
        for bucket in ("b", "nowhere"):
            error = self.refused("404", 404, "HeadObject", self.client.head_object, Bucket=bucket, Key="k")
            self.assertEqual(
                {"Error": {"Code": "404", "Message": "Not Found"}, **status(404)}, error.response
            )

    def test_head_foreign(self) -> None:
        """`head_object` | somebody else's bucket: 403 without more words | API HeadObject."""
        self.refused(
            "403", 403, "HeadObject", self.client.head_object, Bucket="someone-elses-bucket", Key="k"
        )


class ListObjects(S3):
    def keys(self, **arguments: Any) -> list[str]:
        answer = self.client.list_objects_v2(Bucket="b", **arguments)
        return [item["Key"] for item in answer.get("Contents", [])]

    def test_list(self) -> None:
        """`list_objects_v2` | key, size, ETag, time and class of each object; how many | API ListObjectsV2;
        API Object.
        """
        self.put("k")
        self.assertEqual(
            {
                "Name": "b",
                "Prefix": "",
                "MaxKeys": 1000,
                "IsTruncated": False,
                "KeyCount": 1,
                "Contents": [
                    {
                        "Key": "k",
                        "LastModified": second(2),
                        "ETag": f'"{md5(b"k")}"',
                        "Size": 1,
                        "StorageClass": "STANDARD",
                    }
                ],
                **status(200),
            },
            self.client.list_objects_v2(Bucket="b"),
        )

    def test_order(self) -> None:
        """`list_objects_v2` | in the order of the keys' bytes in UTF-8 | API ListObjectsV2;
        guide ListingKeysUsingAPIs.
        """
        self.put("é", "b", "B", "a/1", "a", "😀", "￿")
        self.assertEqual(["B", "a", "a/1", "b", "é", "￿", "😀"], self.keys())

    def test_empty(self) -> None:
        """`list_objects_v2` | a bucket without objects: no `Contents` at all | boto3 client/list_objects_v2;
        inferred.
        """
        self.client.create_bucket(Bucket="empty")
        answer = self.client.list_objects_v2(Bucket="empty")
        self.assertNotIn("Contents", answer)
        self.assertEqual((0, False), (answer["KeyCount"], answer["IsTruncated"]))

    def test_prefix(self) -> None:
        """`list_objects_v2` | `Prefix`: the keys that begin with it | API ListObjectsV2."""
        self.put("a/1", "a/2", "ab", "b")
        self.assertEqual(["a/1", "a/2"], self.keys(Prefix="a/"))
        self.assertEqual([], self.keys(Prefix="c"))

    def test_delimiter(self) -> None:
        """`list_objects_v2` | `Delimiter`: keys of one folder are one `CommonPrefixes` entry, and count once
        | API ListObjectsV2; guide using-prefixes.
        """
        self.put("a/1", "a/2", "a/b/3", "top")
        answer = self.client.list_objects_v2(Bucket="b", Delimiter="/")
        self.assertEqual(["top"], [item["Key"] for item in answer["Contents"]])
        self.assertEqual(
            ([{"Prefix": "a/"}], 2, "/"), (answer["CommonPrefixes"], answer["KeyCount"], answer["Delimiter"])
        )
        answer = self.client.list_objects_v2(Bucket="b", Delimiter="/", Prefix="a/")
        self.assertEqual(["a/1", "a/2"], [item["Key"] for item in answer["Contents"]])
        self.assertEqual([{"Prefix": "a/b/"}], answer["CommonPrefixes"])

    def test_pages(self) -> None:
        """`list_objects_v2` | `MaxKeys` and `ContinuationToken`: page after page, each object and folder once
        | API ListObjectsV2.
        """
        self.put("a", "b/1", "b/2", "b/3", "c", "d/1")
        pages: list[list[str]] = []
        more: dict[str, str] = {}
        while True:
            answer = self.client.list_objects_v2(Bucket="b", Delimiter="/", MaxKeys=1, **more)
            names = [item["Key"] for item in answer.get("Contents", [])]
            pages.append(names + [item["Prefix"] for item in answer.get("CommonPrefixes", [])])
            if not answer["IsTruncated"]:
                break
            more = {"ContinuationToken": answer["NextContinuationToken"]}
        self.assertEqual([["a"], ["b/"], ["c"], ["d/"]], pages)
        self.assertNotIn("NextContinuationToken", answer)

    def test_prefix_and_delimiter_over_pages(self) -> None:
        """`list_objects_v2` | `Prefix`, `Delimiter` and pages together; the request's token comes back |
        API ListObjectsV2; guide using-prefixes.
        """
        self.put("a/", "a/1/x", "a/1/y", "a/2", "a/3/z", "b")
        arguments: dict[str, Any] = {"Bucket": "b", "Prefix": "a/", "Delimiter": "/", "MaxKeys": 2}
        first = self.client.list_objects_v2(**arguments)
        token = first["NextContinuationToken"]
        second_page = self.client.list_objects_v2(**arguments, ContinuationToken=token)
        shown = [
            (
                [item["Key"] for item in page["Contents"]],
                page["CommonPrefixes"],
                page["KeyCount"],
                page["IsTruncated"],
                page.get("ContinuationToken"),
            )
            for page in (first, second_page)
        ]
        self.assertEqual(
            [
                (["a/"], [{"Prefix": "a/1/"}], 2, True, None),
                (["a/2"], [{"Prefix": "a/3/"}], 2, False, token),
            ],
            shown,
        )

    def test_negative(self) -> None:
        """`list_objects_v2`, `list_objects` | `MaxKeys` below 0: `InvalidArgument`, 400 |
        errors; issue floci-io/floci/pull/3510.
        """
        self.put("a")
        for operation, call in (
            ("ListObjectsV2", self.client.list_objects_v2),
            ("ListObjects", self.client.list_objects),
        ):
            error = self.refused("InvalidArgument", 400, operation, call, Bucket="b", MaxKeys=-1)
            self.assertEqual("maxKeys", error.response["Error"]["ArgumentName"])

    def test_first_version(self) -> None:
        """`list_objects` | the same by `Marker`; `NextMarker` only with a `Delimiter`, and no `KeyCount` |
        API ListObjects.
        """
        self.put("a", "b/1", "b/2", "c")
        page = self.client.list_objects(Bucket="b", MaxKeys=1, Marker="a")
        self.assertEqual(["b/1"], [item["Key"] for item in page.pop("Contents")])
        rest = {"Name": "b", "Prefix": "", "Marker": "a", "MaxKeys": 1, "IsTruncated": True, **status(200)}
        self.assertEqual(rest, page)
        page = self.client.list_objects(Bucket="b", MaxKeys=2, Delimiter="/")
        self.assertEqual(("", "b/"), (page["Marker"], page["NextMarker"]))
        page = self.client.list_objects(Bucket="b", Delimiter="/", Marker="b/")
        self.assertEqual(["c"], [item["Key"] for item in page["Contents"]])
        self.assertNotIn("CommonPrefixes", page)

    def test_most(self) -> None:
        """`list_objects_v2` | never more than 1000 keys at once; none at all with `MaxKeys` 0 | API
        ListObjectsV2; issue floci-io/floci/pull/3510.
        """
        self.put(*(f"{number:04}" for number in range(1001)))
        answer = self.client.list_objects_v2(Bucket="b", MaxKeys=5000)
        self.assertEqual((1000, 1000, True), (answer["MaxKeys"], answer["KeyCount"], answer["IsTruncated"]))
        self.assertEqual(["1000"], self.keys(ContinuationToken=answer["NextContinuationToken"]))
        self.assertEqual([], self.keys(MaxKeys=0))

    def test_start_after(self) -> None:
        """`list_objects_v2` | `StartAfter`: the keys behind it | API ListObjectsV2."""
        self.put("a", "b", "c")
        self.assertEqual(["b", "c"], self.keys(StartAfter="a"))

    def test_bad_token(self) -> None:
        """`list_objects_v2` | a token that S3 did not give: `InvalidArgument`, 400 | errors; inferred."""
        self.put("a")
        self.refused(
            "InvalidArgument",
            400,
            "ListObjectsV2",
            self.client.list_objects_v2,
            Bucket="b",
            ContinuationToken="é",
        )

    def test_no_bucket(self) -> None:
        """`list_objects_v2` | no such bucket: `NoSuchBucket`, 404 | API ListObjectsV2; errors."""
        self.refused("NoSuchBucket", 404, "ListObjectsV2", self.client.list_objects_v2, Bucket="b")

    def test_paginator(self) -> None:
        """`get_paginator` | all pages of `list_objects_v2`, of a size that may be chosen | boto3 guide
        paginators.
        """
        self.put("a", "b", "c")
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket="b", PaginationConfig={"PageSize": 2}
        )
        self.assertEqual([["a", "b"], ["c"]], [[item["Key"] for item in page["Contents"]] for page in pages])

    def test_first_paginator(self) -> None:
        """`get_paginator` | all pages of `list_objects`, with a `Delimiter` and without |
        boto3 guide paginators; API ListObjects.
        """
        self.put("a/1", "a/2", "b", "c/1")
        found = [
            [
                [item["Key"] for item in page.get("Contents", [])]
                + [item["Prefix"] for item in page.get("CommonPrefixes", [])]
                for page in self.client.get_paginator("list_objects").paginate(
                    Bucket="b", PaginationConfig={"PageSize": 2}, **arguments
                )
            ]
            for arguments in ({}, {"Delimiter": "/"})
        ]
        self.assertEqual([[["a/1", "a/2"], ["b", "c/1"]], [["b", "a/"], ["c/"]]], found)

    def test_paginator_setting(self) -> None:
        """`get_paginator` | `PaginationConfig` with more than `PageSize`: `ParamValidationError` | ours."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket="b", PaginationConfig={"MaxItems": 2}
        )
        self.invalid(
            "Unknown to this lab's stand-in for boto3: MaxItems; known here: PageSize",
            lambda: next(iter(pages)),
        )

    def test_other_paginator(self) -> None:
        """`get_paginator` | of another call: an error that names those that there are | ours."""
        with self.assertRaisesRegex(ValueError, "it has 'list_objects', 'list_objects_v2'"):
            self.client.get_paginator("list_parts")


class Delete(S3):
    def test_delete(self) -> None:
        """`delete_object` | gone; and no error where nothing was, 204 both times | API DeleteObject."""
        self.put("k")
        for _ in range(2):
            self.assertEqual(status(204), self.client.delete_object(Bucket="b", Key="k"))
        self.assertEqual({}, self.far_side.kept)

    def test_delete_no_bucket(self) -> None:
        """`delete_object`, `delete_objects` | no such bucket: `NoSuchBucket`, 404 | errors."""
        self.refused("NoSuchBucket", 404, "DeleteObject", self.client.delete_object, Bucket="b", Key="k")
        self.refused(
            "NoSuchBucket",
            404,
            "DeleteObjects",
            self.client.delete_objects,
            Bucket="b",
            Delete={"Objects": [{"Key": "k"}]},
        )

    def test_delete_many(self) -> None:
        """`delete_objects` | each key is told as deleted, there or not; with `Quiet` nothing is | API
        DeleteObjects.
        """
        self.put("a", "b", "c")
        answer = self.client.delete_objects(
            Bucket="b", Delete={"Objects": [{"Key": "a"}, {"Key": "not there"}]}
        )
        self.assertEqual({"Deleted": [{"Key": "a"}, {"Key": "not there"}], **status(200)}, answer)
        quiet = {"Objects": [{"Key": "b"}], "Quiet": True}
        self.assertEqual(status(200), self.client.delete_objects(Bucket="b", Delete=quiet))
        self.assertEqual({("b", "c"): b"c"}, self.far_side.kept)

    def test_delete_foreign(self) -> None:
        """`delete_objects` | somebody else's bucket: 200, and each key under `Errors`, `Quiet` or not |
        API DeleteObjects; inferred.
        """
        for quiet in (False, True):
            answer = self.client.delete_objects(
                Bucket="someone-elses-bucket", Delete={"Objects": [{"Key": "a"}], "Quiet": quiet}
            )
            denied = {"Key": "a", "Code": "AccessDenied", "Message": "Access Denied"}
            self.assertEqual({"Errors": [denied], **status(200)}, answer)

    def test_delete_too_many(self) -> None:
        """`delete_objects` | none, or more than 1000: `MalformedXML`, 400, and nothing is deleted | API
        DeleteObjects; errors.
        """
        self.put("k")
        for count in (0, 1001):
            self.refused(
                "MalformedXML",
                400,
                "DeleteObjects",
                self.client.delete_objects,
                Bucket="b",
                Delete={"Objects": [{"Key": "k"}] * count},
            )
        self.assertEqual({("b", "k"): b"k"}, self.far_side.kept)


class Copy(S3):
    def test_copy(self) -> None:
        """`copy_object` | bytes, type and metadata, from a dictionary or from `bucket/key` in URL form | API
        CopyObject; boto3 client/copy_object.
        """
        self.client.put_object(Bucket="b", Key="ä b", Body=b"x", ContentType="text/x", Metadata={"m": "1"})
        for number, source in enumerate(({"Bucket": "b", "Key": "ä b"}, "b/%C3%A4%20b")):
            with self.subTest(source=source):
                answer = self.client.copy_object(Bucket="c", Key="k", CopySource=source)
                at = second(4 + number)
                self.assertEqual(
                    {"CopyObjectResult": {"ETag": f'"{md5(b"x")}"', "LastModified": at}, **status(200)},
                    answer,
                )
                got = self.client.get_object(Bucket="c", Key="k")
                self.assertEqual(
                    (b"x", "text/x", {"m": "1"}), (got["Body"].read(), got["ContentType"], got["Metadata"])
                )

    def test_copy_replace(self) -> None:
        """`copy_object` | `MetadataDirective` `REPLACE`: what is known of it comes from the call | API
        CopyObject.
        """
        self.client.put_object(Bucket="b", Key="k", Metadata={"old": "1"})
        self.client.copy_object(
            Bucket="b", Key="k", CopySource="b/k", MetadataDirective="REPLACE", Metadata={"new": "2"}
        )
        self.assertEqual({"new": "2"}, self.client.head_object(Bucket="b", Key="k")["Metadata"])

    def test_copy_onto_itself(self) -> None:
        """`copy_object` | onto itself with nothing changed: `InvalidRequest`, 400 |
        API CopyObject; errors.
        """
        self.put("k")
        self.refused(
            "InvalidRequest",
            400,
            "CopyObject",
            self.client.copy_object,
            Bucket="b",
            Key="k",
            CopySource="b/k",
        )

    def test_copy_missing(self) -> None:
        """`copy_object` | no such key, or bucket: `NoSuchKey`, `NoSuchBucket` | errors."""
        self.put("k")
        copy = self.client.copy_object
        self.refused("NoSuchKey", 404, "CopyObject", copy, Bucket="b", Key="k", CopySource="b/other")
        self.refused("NoSuchBucket", 404, "CopyObject", copy, Bucket="b", Key="k", CopySource="c/k")

    def test_copy_wrong_words(self) -> None:
        """`copy_object` | a source without a key, a directive that there is not: `InvalidArgument`, 400 |
        API CopyObject; errors; inferred.
        """
        self.put("k")
        for name, arguments in (
            ("x-amz-copy-source", {"CopySource": "k"}),
            ("x-amz-metadata-directive", {"CopySource": "b/k", "MetadataDirective": "KEEP"}),
        ):
            error = self.refused(
                "InvalidArgument",
                400,
                "CopyObject",
                self.client.copy_object,
                Bucket="b",
                Key="l",
                **arguments,
            )
            self.assertEqual(name, error.response["Error"]["ArgumentName"])


class Transfer(S3):
    def test_upload_and_download_file(self) -> None:
        """`upload_file`, `download_file` | a file of the disk, byte for byte, and back; `ExtraArgs` | boto3
        guide s3-uploading-files; boto3 guide s3-example-download-file.
        """
        path, back = self.folder / "file", self.folder / "back"
        path.write_bytes(bytes(range(256)))
        self.client.upload_file(str(path), "b", "k", ExtraArgs={"ContentType": "x/y"})
        self.client.download_file("b", "k", str(back))
        self.assertEqual(path.read_bytes(), back.read_bytes())
        answer = self.client.head_object(Bucket="b", Key="k")
        self.assertEqual(("x/y", f'"{md5(path.read_bytes())}"'), (answer["ContentType"], answer["ETag"]))

    def test_upload_and_download_open_files(self) -> None:
        """`upload_fileobj`, `download_fileobj` | open files, from where they stand | boto3 guide
        s3-uploading-files; boto3 client/download_fileobj.
        """
        self.client.upload_fileobj(io.BytesIO(b"data"), "b", "k")
        file = io.BytesIO()
        self.client.download_fileobj("b", "k", file)
        self.assertEqual(b"data", file.getvalue())

    def test_large_upload(self) -> None:
        """`upload_file`, `upload_fileobj` | from 8 MB on in parts: the ETag is made of the parts', and says
        how many | boto3 guide s3; API Object; inferred.
        """
        data = bytes(PART) + b"more"
        self.client.upload_fileobj(io.BytesIO(data), "b", "parts")
        self.client.put_object(Bucket="b", Key="whole", Body=data)
        parts = bytes.fromhex(md5(data[:PART])) + bytes.fromhex(md5(data[PART:]))
        self.assertEqual(f'"{md5(parts)}-2"', self.client.head_object(Bucket="b", Key="parts")["ETag"])
        self.assertEqual(f'"{md5(data)}"', self.client.head_object(Bucket="b", Key="whole")["ETag"])

    def test_upload_refused(self) -> None:
        """`upload_file` | refused: `S3UploadFailedError`, which holds what S3 said | issue
        boto/boto3/issues/1986.
        """
        path = self.folder / "file"
        path.write_bytes(b"x")
        failed = importlib.import_module("boto3.exceptions").S3UploadFailedError
        with self.assertRaises(failed) as caught:
            self.client.upload_file(str(path), "someone-elses-bucket", "k")
        self.assertEqual(
            f"Failed to upload {path} to someone-elses-bucket/k: An error occurred (AccessDenied) when "
            "calling the PutObject operation: Access Denied",
            str(caught.exception),
        )

    def test_upload_open_file_refused(self) -> None:
        """`upload_fileobj` | refused: S3's own error; of a large file, that of `CreateMultipartUpload` |
        issue boto/boto3/issues/1986; inferred.
        """
        for size, operation in ((1, "PutObject"), (PART, "CreateMultipartUpload")):
            self.refused(
                "AccessDenied",
                403,
                operation,
                self.client.upload_fileobj,
                Fileobj=io.BytesIO(bytes(size)),
                Bucket="someone-elses-bucket",
                Key="k",
            )

    def test_upload_text_file(self) -> None:
        """`upload_fileobj` | a file opened in text mode: `TypeError` that says how to open it |
        boto3 client/upload_fileobj; issue boto/s3transfer/issues/29; ours.
        """
        with self.assertRaisesRegex(TypeError, "open it in binary mode"):
            self.client.upload_fileobj(io.StringIO("text"), "b", "k")
        self.assertEqual({}, self.far_side.kept)

    def test_upload_no_file(self) -> None:
        """`upload_file` | no such file on the disk: `FileNotFoundError` |
        boto3 client/upload_file; inferred.
        """
        with self.assertRaises(FileNotFoundError):
            self.client.upload_file(str(self.folder / "none"), "b", "k")

    def test_download_missing(self) -> None:
        """`download_file` | no such key: 404 of `HeadObject`, and no file comes into being | issue
        terricain/aioboto3/issues/153; inferred.
        """
        path = self.folder / "none"
        self.put("other")
        self.refused(
            "404", 404, "HeadObject", self.client.download_file, Bucket="b", Key="k", Filename=str(path)
        )
        self.assertFalse(path.exists())


class CreateBucket(S3):
    def test_create(self) -> None:
        """`create_bucket`, `list_buckets` | there, empty, with the time of its making | API CreateBucket; API
        ListBuckets.
        """
        self.assertEqual({"Location": "/two", **status(200)}, self.client.create_bucket(Bucket="two"))
        self.client.create_bucket(Bucket="one")
        self.assertEqual(
            {
                "Buckets": [
                    {"Name": "one", "CreationDate": second(2)},
                    {"Name": "two", "CreationDate": second(1)},
                ],
                "Owner": {"ID": "lab"},
                **status(200),
            },
            self.client.list_buckets(),
        )

    def test_create_twice_at_home(self) -> None:
        """`create_bucket` | one's own once more, in us-east-1: 200, as it has always been there | API
        CreateBucket.
        """
        for _ in range(2):
            self.assertEqual(
                status(200)["ResponseMetadata"], self.client.create_bucket(Bucket="one")["ResponseMetadata"]
            )

    def test_create_twice_elsewhere(self) -> None:
        """`create_bucket` | one's own once more, in any other region: `BucketAlreadyOwnedByYou`, 409 | API
        CreateBucket; errors.
        """
        client = self.boto3.client("s3", region_name="eu-west-1")
        arguments = {"Bucket": "one", "CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
        client.create_bucket(**arguments)
        error = self.refused(
            "BucketAlreadyOwnedByYou", 409, "CreateBucket", client.create_bucket, **arguments
        )
        self.assertIsInstance(error, client.exceptions.BucketAlreadyOwnedByYou)

    def test_create_foreign(self) -> None:
        """`create_bucket` | somebody else's name: `BucketAlreadyExists`, 409 | API CreateBucket; errors."""
        self.refused(
            "BucketAlreadyExists",
            409,
            "CreateBucket",
            self.client.create_bucket,
            Bucket="someone-elses-bucket",
        )

    def test_create_bad_name(self) -> None:
        """`create_bucket` | a name that S3 gives to nobody: `InvalidBucketName`, 400 | errors; guide
        bucketnamingrules.
        """
        for name in (
            *("ab", "Upper", "under_score", "-dash", "dot.", "two..dots", "a" * 64),
            *("192.168.5.4", "xn--a", "sthree-a", "amzn-s3-demo-a"),
            *("a-s3alias", "a--ol-s3", "a.mrap", "a--x-s3"),
        ):
            with self.subTest(name=name):
                self.refused("InvalidBucketName", 400, "CreateBucket", self.client.create_bucket, Bucket=name)

    def test_create_elsewhere(self) -> None:
        """`create_bucket` | region of the client and of the bucket differ:
        `IllegalLocationConstraintException`, 400 | errors; issue boto/boto3/issues/1570.
        """
        client = self.boto3.client("s3", region_name="eu-west-1")
        for word, arguments in (
            ("unspecified", {}),
            ("us-west-2", {"CreateBucketConfiguration": {"LocationConstraint": "us-west-2"}}),
        ):
            error = self.refused(
                "IllegalLocationConstraintException",
                400,
                "CreateBucket",
                client.create_bucket,
                Bucket="one",
                **arguments,
            )
            self.assertIn(f"The {word} location constraint", str(error))

    def test_create_with_words_for_home(self) -> None:
        """`create_bucket` | `LocationConstraint` `us-east-1`: `InvalidLocationConstraint`, 400 |
        API CreateBucketConfiguration; issue boto/boto3/issues/125.
        """
        error = self.refused(
            "InvalidLocationConstraint",
            400,
            "CreateBucket",
            self.client.create_bucket,
            Bucket="one",
            CreateBucketConfiguration={"LocationConstraint": "us-east-1"},
        )
        self.assertEqual("us-east-1", error.response["Error"]["LocationConstraint"])

    def test_head_bucket(self) -> None:
        """`head_bucket` | there: 200; not there, or somebody else's: 404 or 403 without more words |
        API HeadBucket.
        """
        self.put("k")
        head = self.client.head_bucket
        self.assertEqual(status(200), head(Bucket="b"))
        self.refused("404", 404, "HeadBucket", head, Bucket="nowhere")
        self.refused("403", 403, "HeadBucket", head, Bucket="someone-elses-bucket")


class Resource(S3):
    def test_object(self) -> None:
        """`Object` | `put`, `get`, `delete`, and what is known of it as attributes | boto3 object/index;
        boto3 guide resources.
        """
        there = self.s3.Object("b", "k")
        there.put(Body=b"body", ContentType="text/plain", Metadata={"a": "b"})
        self.assertEqual(b"body", there.get()["Body"].read())
        self.assertEqual(
            (4, "text/plain", f'"{md5(b"body")}"', second(2), {"a": "b"}),
            (there.content_length, there.content_type, there.e_tag, there.last_modified, there.metadata),
        )
        self.assertEqual(status(204), there.delete())

    def test_object_load(self) -> None:
        """`Object.load` | no such key: 404; attributes are asked for once, and stay until `reload` |
        boto3 guide resources; boto3 object/load.
        """
        self.put("other")
        there = self.s3.Object("b", "k")
        self.refused("404", 404, "HeadObject", there.load)
        there.put(Body=b"body")
        self.assertEqual(4, there.content_length)
        there.put(Body=b"longer")
        self.assertEqual(4, there.content_length)
        there.reload()
        self.assertEqual(6, there.content_length)

    def test_object_files(self) -> None:
        """`Object` | `upload_file`, `download_file`, `upload_fileobj`, `download_fileobj`, `copy_from` |
        boto3 object/index.
        """
        path = self.folder / "file"
        path.write_bytes(b"disk")
        self.s3.Object("b", "k").upload_file(str(path))
        self.s3.Object("b", "l").copy_from(CopySource={"Bucket": "b", "Key": "k"})
        self.s3.Object("b", "m").upload_fileobj(io.BytesIO(b"open"))
        self.s3.Object("b", "m").download_file(str(path))
        file = io.BytesIO()
        self.s3.Object("b", "l").download_fileobj(file)
        self.assertEqual((b"open", b"disk"), (path.read_bytes(), file.getvalue()))

    def test_bucket(self) -> None:
        """`Bucket` | `create`, `objects.all`, `objects.filter`, `put_object`, `delete_objects`; files, too |
        boto3 bucket/index.
        """
        bucket = self.s3.Bucket("bucket")
        self.assertEqual({"Location": "/bucket", **status(200)}, bucket.create())
        self.assertEqual([], list(bucket.objects.all()))
        self.assertEqual("a/1", bucket.put_object(Key="a/1", Body=b"xyz").key)
        bucket.upload_fileobj(io.BytesIO(b"2"), "b/2")
        self.assertEqual(
            [("bucket", "a/1", 3, second(2)), ("bucket", "b/2", 1, second(3))],
            [(item.bucket_name, item.key, item.size, item.last_modified) for item in bucket.objects.all()],
        )
        self.assertEqual([b"2"], [item.get()["Body"].read() for item in bucket.objects.filter(Prefix="b/")])
        bucket.delete_objects(Delete={"Objects": [{"Key": "a/1"}]})
        self.assertEqual(["b/2"], [item.key for item in bucket.objects.all()])
        path = self.folder / "file"
        bucket.download_file("b/2", str(path))
        bucket.upload_file(str(path), "c")
        file = io.BytesIO()
        bucket.download_fileobj("c", file)
        self.assertEqual(b"2", file.getvalue())

    def test_listing_in_part(self) -> None:
        """`Bucket.objects` | `limit`, `page_size` and `filter`, one after the other; `pages`; not to be
        iterated itself | boto3 bucket/objects; boto3 core collections.
        """
        self.put("a", "b/1", "b/2", "b/3", "c")
        objects = self.s3.Bucket("b").objects
        self.assertEqual(["a", "b/1"], [item.key for item in objects.limit(2)])
        self.assertEqual(["b/1", "b/2"], [item.key for item in objects.filter(Prefix="b/").limit(2)])
        self.assertEqual(["b/1", "b/2"], [item.key for item in objects.limit(2).filter(Prefix="b/")])
        pages = [[item.key for item in page] for page in objects.page_size(2).limit(3).pages()]
        self.assertEqual([["a", "b/1"], ["b/2"]], pages)
        self.assertEqual(["c"], [item.key for item in objects.filter(Marker="b/3")])
        with self.assertRaises(TypeError):
            iter(objects)

    def test_listing_delete(self) -> None:
        """`Bucket.objects.delete` | those that are listed, a call for each page; the calls' answers |
        boto3 bucket/objects; boto3 guide collections.
        """
        self.put("a/1", "a/2", "a/3", "b")
        answers = self.s3.Bucket("b").objects.filter(Prefix="a/").page_size(2).delete()
        self.assertEqual(
            [["a/1", "a/2"], ["a/3"]], [[gone["Key"] for gone in answer["Deleted"]] for answer in answers]
        )
        self.assertEqual({("b", "b"): b"b"}, self.far_side.kept)
        self.assertEqual([], self.s3.Bucket("b").objects.filter(Prefix="a/").delete())

    def test_summary(self) -> None:
        """`ObjectSummary` | what the listing said; its `Object()` knows more | boto3 objectsummary/index."""
        self.put("k")
        (listed,) = self.s3.Bucket("b").objects.all()
        self.assertEqual(
            (1, f'"{md5(b"k")}"', second(2), "STANDARD"),
            (listed.size, listed.e_tag, listed.last_modified, listed.storage_class),
        )
        self.assertEqual(b"k", listed.get()["Body"].read())
        self.assertEqual("binary/octet-stream", listed.Object().content_type)
        with self.assertRaisesRegex(AttributeError, "no ObjectSummary.content_type: it has Object, "):
            _ = listed.content_type

    def test_listing_goes_on(self) -> None:
        """`Bucket.objects.all` | more than a page holds: all of them | boto3 guide collections."""
        self.put(*(f"{number:04}" for number in range(1003)))
        self.assertEqual(1003, len(list(self.s3.Bucket("b").objects.all())))

    def test_no_bucket(self) -> None:
        """`Bucket.objects.all` | no such bucket: `NoSuchBucket`, 404, at the first object | boto3
        bucket/objects; errors; inferred.
        """
        self.refused("NoSuchBucket", 404, "ListObjects", lambda: list(self.s3.Bucket("b").objects.all()))

    def test_resource(self) -> None:
        """`resource` | `create_bucket`, `buckets.all`, `meta.client` | boto3 service-resource/index."""
        self.assertEqual("one", self.s3.create_bucket(Bucket="one").name)
        self.s3.Bucket("two").create()
        self.assertEqual(["one", "two"], [bucket.name for bucket in self.s3.buckets.all()])
        self.assertEqual(2, len(self.s3.meta.client.list_buckets()["Buckets"]))


class Sessions(S3):
    def test_client_arguments(self) -> None:
        """`boto3.client`, `boto3.resource` | `endpoint_url`, `config`, credentials and the like are taken;
        the lab's buckets answer | boto3 core session; ours.
        """
        config = importlib.import_module("botocore.config").Config
        for make in (self.boto3.client, self.boto3.resource, self.boto3.Session().client):
            made = make(
                "s3",
                "eu-west-1",
                use_ssl=False,
                verify=False,
                endpoint_url="http://localhost:4566",
                aws_access_key_id="a",
                aws_secret_access_key="b",
                aws_session_token="c",
                config=config(retries={"max_attempts": 2}, connect_timeout=5),
            )
            client = made if make is not self.boto3.resource else made.meta.client
            client.put_object(Bucket="b", Key="k", Body=b"x")
            self.assertEqual(
                ("eu-west-1", "http://localhost:4566"), (client.meta.region_name, client.meta.endpoint_url)
            )
            self.assertEqual({"max_attempts": 2}, client.meta.config.retries)
        with self.assertRaisesRegex(ValueError, "^Invalid endpoint: localhost$"):
            self.boto3.client("s3", endpoint_url="localhost")

    def test_client_text(self) -> None:
        """`str` of a client | `<botocore.client.S3 object at …>`; it is a `BaseClient` | boto3 guide
        error-handling; inferred.
        """
        self.assertRegex(str(self.client), r"^<botocore\.client\.S3 object at 0x[0-9a-f]+>$")
        self.assertIsInstance(self.client, importlib.import_module("botocore.client").BaseClient)

    def test_config(self) -> None:
        """`Config` | each option of the document, or what it is by default; `merge`; in `botocore.config` and
        `botocore.client` alike | botocore config.
        """
        config = importlib.import_module("botocore.config").Config
        self.assertIs(config, importlib.import_module("botocore.client").Config)
        one = config(region_name="eu-west-1", read_timeout=5)
        self.assertEqual(
            ("eu-west-1", 5, 60, 10),
            (one.region_name, one.read_timeout, one.connect_timeout, one.max_pool_connections),
        )
        both = one.merge(config(read_timeout=7))
        self.assertEqual(("eu-west-1", 7), (both.region_name, both.read_timeout))
        self.assertEqual("eu-west-1", self.boto3.client("s3", config=one).meta.region_name)
        unsigned = importlib.import_module("botocore").UNSIGNED
        self.assertIs(unsigned, config(signature_version=unsigned).signature_version)

    def test_session(self) -> None:
        """`Session` | its region is its clients'; without one, that of the variables; a profile:
        `ProfileNotFound` | boto3 core session; boto3 guide credentials.
        """
        self.assertEqual(
            "eu-west-1", self.boto3.Session(region_name="eu-west-1").client("s3").meta.region_name
        )
        with mock.patch.dict("os.environ", {"AWS_DEFAULT_REGION": "eu-north-1"}):
            self.assertEqual("eu-north-1", self.boto3.session.Session().region_name)
        self.assertEqual(
            (["s3"], ["s3"]),
            (self.boto3.Session().get_available_services(), self.boto3.Session().get_available_resources()),
        )
        with self.assertRaisesRegex(
            self.errors.ProfileNotFound, r"^The config profile \(mine\) could not be found$"
        ):
            self.boto3.Session(profile_name="mine")

    def test_default_session(self) -> None:
        """`setup_default_session` | `client` and `resource` use it from then on | boto3 core boto3."""
        self.boto3.setup_default_session(region_name="eu-south-1")
        self.assertEqual("eu-south-1", self.boto3.client("s3").meta.region_name)
        self.assertEqual("eu-south-1", self.boto3.resource("s3").meta.client.meta.region_name)

    def test_errors_that_programs_name(self) -> None:
        """`botocore.exceptions` | errors of a network, of credentials and the like can be caught by their
        names | boto3 guide error-handling.
        """
        for name in (
            "NoCredentialsError",
            "EndpointConnectionError",
            "ReadTimeoutError",
            "NoRegionError",
            "WaiterError",
        ):
            self.assertTrue(issubclass(getattr(self.errors, name), self.errors.BotoCoreError))


class Progress(S3):
    def test_callback(self) -> None:
        """`upload_file`, `download_file`, `…_fileobj` | `Callback` is called with the bytes that went by,
        256 KB at once | boto3 guide s3-uploading-files; inferred.
        """
        size = 256 * 1024 + 5
        path, back = self.folder / "f", self.folder / "back"
        path.write_bytes(b"x" * size)
        thing = self.s3.Object("b", "k")
        for call in (
            lambda heard: self.client.upload_file(str(path), "b", "k", Callback=heard),
            lambda heard: self.client.upload_fileobj(io.BytesIO(b"x" * size), "b", "k", Callback=heard),
            lambda heard: thing.upload_file(str(path), Callback=heard),
            lambda heard: self.s3.Bucket("b").upload_file(str(path), "k", Callback=heard),
            lambda heard: self.client.download_file("b", "k", str(back), Callback=heard),
            lambda heard: self.client.download_fileobj("b", "k", io.BytesIO(), Callback=heard),
            lambda heard: thing.download_fileobj(io.BytesIO(), Callback=heard),
            lambda heard: self.s3.Bucket("b").download_file("k", str(back), Callback=heard),
        ):
            heard: list[int] = []
            call(heard.append)
            self.assertEqual([256 * 1024, 5], heard)

    def test_callback_of_nothing(self) -> None:
        """`upload_fileobj` | `Callback` of an empty file: never called | inferred."""
        heard: list[int] = []
        self.client.upload_fileobj(io.BytesIO(), "b", "k", Callback=heard.append)
        self.assertEqual([], heard)

    def test_transfer_config(self) -> None:
        """`TransferConfig` | its threshold and its part size make the ETag; all its options are taken |
        boto3 guide s3; API CompleteMultipartUpload.
        """
        config = importlib.import_module("boto3.s3.transfer").TransferConfig
        halves = config(multipart_threshold=10, multipart_chunksize=5, use_threads=False, max_concurrency=2)
        self.client.upload_fileobj(io.BytesIO(b"x" * 10), "b", "k", Config=halves)
        parts = md5(bytes.fromhex(md5(b"x" * 5) * 2))
        self.assertEqual(f'"{parts}-2"', self.client.head_object(Bucket="b", Key="k")["ETag"])
        self.client.download_fileobj("b", "k", io.BytesIO(), Config=halves)
        self.assertEqual(8 * 1024 * 1024, config().multipart_threshold)


class Waiters(S3):
    def test_there(self) -> None:
        """`get_waiter` | what is there, or gone, is not waited for | boto3 client/get_waiter."""
        self.put("k")
        for name, names in (
            ("object_exists", {"Bucket": "b", "Key": "k"}),
            ("object_not_exists", {"Bucket": "b", "Key": "none"}),
            ("bucket_exists", {"Bucket": "b"}),
            ("bucket_not_exists", {"Bucket": "none"}),
        ):
            with mock.patch("time.sleep") as sleep:
                self.assertIsNone(self.client.get_waiter(name).wait(**names))
            sleep.assert_not_called()

    def test_not_there(self) -> None:
        """`wait` | so many attempts with a delay between them, then `WaiterError` | boto3
        waiter/ObjectExists.
        """
        with mock.patch("time.sleep") as sleep, self.assertRaises(self.errors.WaiterError) as caught:
            self.client.get_waiter("object_exists").wait(
                Bucket="b", Key="k", WaiterConfig={"Delay": 2, "MaxAttempts": 3}
            )
        self.assertEqual("Waiter ObjectExists failed: Max attempts exceeded", str(caught.exception))
        self.assertEqual([mock.call(2), mock.call(2)], sleep.mock_calls)

    def test_comes(self) -> None:
        """`wait` | ends when it has come | boto3 waiter/ObjectExists."""
        with mock.patch("time.sleep", side_effect=lambda _: self.put("k")) as sleep:
            self.client.get_waiter("object_exists").wait(Bucket="b", Key="k")
        self.assertEqual([mock.call(5)], sleep.mock_calls)

    def test_foreign(self) -> None:
        """`wait` | somebody else's bucket: `WaiterError` at once, which holds the refusal | inferred."""
        with self.assertRaisesRegex(self.errors.WaiterError, "403"):
            self.client.get_waiter("bucket_exists").wait(Bucket="someone-elses-bucket")


class Lacking(S3):
    def test_response_metadata(self) -> None:
        """any call | `ResponseMetadata` has status and retries; no `RequestId`, `HostId` and `HTTPHeaders`,
        for no request is sent | boto3 guide error-handling; ours.
        """
        answer = self.client.put_object(Bucket="b", Key="k")
        self.assertEqual({"HTTPStatusCode": 200, "RetryAttempts": 0}, answer["ResponseMetadata"])

    def test_services(self) -> None:
        """`client`, `resource` | of another service: `UnknownServiceError`, which names the one that there is
        | ours.
        """
        for make in (self.boto3.client, self.boto3.resource):
            with self.assertRaisesRegex(self.errors.UnknownServiceError, "no service 'sqs': it has 's3'"):
                make("sqs")

    def test_calls(self) -> None:
        """a call outside the subset | `AttributeError`, which names the calls that there are | ours."""
        with self.assertRaisesRegex(AttributeError, "no Client.put_bucket_policy: it has can_paginate, "):
            _ = self.client.put_bucket_policy
        with self.assertRaisesRegex(AttributeError, "no Object.restore_object: it has .*download_file"):
            _ = self.s3.Object("b", "k").restore_object

    def test_arguments(self) -> None:
        """a call with arguments outside the subset | `TypeError`, which names those that there are; calls
        of S3's own take names alone | boto3 client/put_object; ours.
        """
        stand_in = r"Unknown to this lab's stand-in for boto3, or missing; it takes "
        for call, words in (
            (
                lambda: self.client.upload_file("f", "b", "k", Extra=1),
                stand_in + "Filename, Bucket, Key, ExtraArgs",
            ),
            (lambda: self.client.list_buckets(MaxBuckets=1), stand_in + "none"),
            (lambda: self.client.get_paginator(), stand_in + "operation_name"),
            (
                lambda: self.s3.Object("b", "k").download_file("f", Other=1),
                stand_in + "Filename, ExtraArgs, Callback",
            ),
            (lambda: self.boto3.client("s3", colour="red"), stand_in + "service_name, region_name"),
            (lambda: self.boto3.Session(colour="red"), stand_in + "aws_access_key_id"),
            (lambda: self.client.put_object("b", "k"), r"^put_object\(\) only accepts keyword arguments\.$"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(TypeError, words):
                call()

    def test_errors_from_within(self) -> None:
        """a call whose own work raises `TypeError` | that, and no word of arguments | ours."""

        def fail(count: int) -> None:
            raise TypeError("mine")

        path = self.folder / "f"
        path.write_bytes(b"x")
        with self.assertRaisesRegex(TypeError, "^mine$"):
            self.client.upload_file(str(path), "b", "k", Callback=fail)

    def test_modules(self) -> None:
        """a module or a part of one that is not there | an error that names those that there are | ours."""
        stand_in = "This lab's stand-in for boto3 has no "
        for name in (
            "botocore.stub",
            "botocore.session",
            "boto3.dynamodb.conditions",
            "boto3.dynamodb",
            "boto3.s3.inject",
        ):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ModuleNotFoundError, f"^{stand_in}module boto") as error,
            ):
                importlib.import_module(name)
            self.assertTrue((error.exception.name or "").startswith("boto"))
        parts = {
            "boto3": "dynamodb",
            "boto3.exceptions": "RetriesExceededError",
            "boto3.s3": "inject",
            "boto3.s3.transfer": "S3Transfer",
            "boto3.session": "Config",
            "botocore": "session",
            "botocore.client": "ClientCreator",
            "botocore.exceptions": "NoSuchError",
        }
        for name, part in parts.items():
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(AttributeError, f"^{stand_in}{name}.{part}: it has "),
            ):
                getattr(importlib.import_module(name), part)

    def test_other_things(self) -> None:
        """what the things of the subset lack: attributes, options, waiters, pages | an error that names
        what there is | ours.
        """
        transfer = importlib.import_module("boto3.s3.transfer").TransferConfig
        config = importlib.import_module("botocore.config").Config
        self.put("k")
        for call in (
            lambda: config(colour=1),
            lambda: config().colour,
            lambda: transfer(colour=1),
            lambda: transfer().colour,
            lambda: self.client.get_waiter("queue_exists"),
            lambda: self.client.get_paginator("list_buckets"),
            lambda: self.client.get_paginator("list_objects").paginate(Bucket="b").search("Contents"),
            lambda: self.client.meta.events,
            lambda: self.client.get_object(Bucket="b", Key="k")["Body"].set_socket_timeout(1),
            lambda: self.client.generate_presigned_url("get_object"),
            lambda: self.boto3.Session().get_credentials(),
            lambda: self.client.exceptions.NoSuchUpload,
        ):
            with self.assertRaisesRegex(Exception, "^This lab's stand-in for boto3 has no .*: it has "):
                call()

    def test_first_lines(self) -> None:
        """every file of `boto3` and `botocore` | says in its first lines that it is a stand-in | ours."""
        files = [path for folder in ("boto3", "botocore") for path in (RUNTIME / folder).rglob("*.py")]
        self.assertGreater(len(files), 5)
        for path in files:
            with self.subTest(path=path.name):
                head = path.read_text(encoding="utf-8").split('"""')[1]
                self.assertRegex(head.replace("\n", " "), r"stand-in.*(not boto|Not boto)")


# Where each kind of source is found; the two of our own are in no document.
DOCUMENTS = {
    "API": "https://docs.aws.amazon.com/AmazonS3/latest/API/API_{}.html",
    "errors": "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList",
    "guide": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/{}.html",
    "boto3": "https://docs.aws.amazon.com/boto3/latest/reference/services/s3/{}.html",
    "boto3 guide": "https://docs.aws.amazon.com/boto3/latest/guide/{}.html",
    "boto3 core": "https://docs.aws.amazon.com/boto3/latest/reference/core/{}.html",
    "botocore": "https://docs.aws.amazon.com/botocore/latest/reference/{}.html",
    "issue": "https://github.com/{}",
}
OWN = ("inferred", "ours")


def link(source: str) -> str:
    """Return a source, `kind page`, as a link to its page."""
    if source in OWN:
        return source
    kind, _, page = source.rpartition(" ") if " " in source else (source, "", "")
    return f"[{source}]({DOCUMENTS[kind].format(page)})"


def row(kind: type, name: str, docstring: str) -> str:
    """Return a test's row: its docstring names call, outcome and sources."""
    call, outcome, sources = " ".join(docstring.split()).removesuffix(".").split(" | ")
    linked = ", ".join(link(source) for source in sources.split("; "))
    return f"| {call} | {outcome} | {linked} | `{kind.__name__}.{name}` |"


def table() -> str:
    """Return all rows, class by class, as `tests/S3.md` holds them."""
    here = sys.modules[__name__]
    kinds = [kind for kind in vars(here).values() if isinstance(kind, type) and issubclass(kind, S3)]
    rows = [
        row(kind, name, test.__doc__ or "")
        for kind in kinds
        for name, test in vars(kind).items()
        if name.startswith("test_")
    ]
    lines = [
        "# What the stand-in for boto3 has",
        "",
        "Each call, its outcomes, the public document that an outcome follows, and the test that holds it.",
        "The first lines of `tests/python/test_s3.py` say how this file is written. Codes, words and status",
        "of errors are those of the list of error responses (`errors`). **inferred**: the documents leave",
        "it, or a part of it, open; **ours**: the stand-in does or says it in its own way.",
        "",
        "| call | outcome | source | test |",
        "| --- | --- | --- | --- |",
        *rows,
    ]
    return "\n".join(lines) + "\n"


class TheTable(unittest.TestCase):
    def test_every_test_is_a_row(self) -> None:
        self.assertEqual(table(), TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if "--table" in sys.argv:
        TABLE.write_text(table(), encoding="utf-8")
    else:
        unittest.main()
