"""The stand-in for boto3: what it has, and what it says of what it has not."""

import hashlib
import json
import sys
import unittest
from collections.abc import Callable
from typing import Any
from unittest import mock

from .fake_bucket import FakeBucket
from .lambda_2016 import RUNTIME, Run, run_task


def status(code: int) -> dict[str, Any]:
    return {"ResponseMetadata": {"HTTPStatusCode": code, "RetryAttempts": 0}}


def etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


class Boto3(unittest.TestCase):
    def setUp(self) -> None:
        self.far_side = FakeBucket()
        self.addCleanup(sys.meta_path.__setitem__, slice(None), list(sys.meta_path))

    def run_handler(self, *lines: str) -> Run:
        body = "".join(f"    {line}\n" for line in lines)
        with mock.patch.dict(sys.modules, {"lab_bucket": self.far_side}):
            return run_task(
                f"import boto3, io\ndef lambda_handler(event, context):\n"
                f"    s3 = boto3.resource('s3')\n    client = boto3.client('s3')\n{body}"
            )

    def test_every_kind_of_body_is_kept_as_bytes(self) -> None:
        for code, body in (
            ("Body=b'\\x00\\xff'", b"\x00\xff"),
            ("Body=bytearray(b'ab')", b"ab"),
            ("Body='é'", "é".encode()),
            ("Body=open(__file__, 'rb')", None),
            ("Body=io.BytesIO(b'file')", b"file"),
            ("Body=b''", b""),
            ("Body=None", b""),
            ("", b""),
        ):
            with self.subTest(code=code):
                run = self.run_handler(f"return s3.Object('b', 'k').put({code})")
                kept = self.far_side.kept["b", "k"]
                if body is not None:
                    self.assertEqual(body, kept)
                else:
                    self.assertTrue(kept.startswith(b"import boto3, io\n"))
                self.assertEqual([{"ETag": etag(kept), **status(200)}], run.results)

    def test_the_post_dumps_every_file_beside_the_bootstrap(self) -> None:
        folder = RUNTIME / "awslambda"
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
        self.run_handler(
            f"import os; folder = {str(folder)!r}",
            "for name in os.listdir(folder):",
            "    path = os.path.join(folder, name)",
            "    if os.path.isfile(path): s3.Object('b', name).put(Body=open(path, 'rb'))",
        )
        self.assertEqual({("b", name): (folder / name).read_bytes() for name in names}, self.far_side.kept)
        self.assertEqual(["bootstrap.py", "runtime.so", "wsgi.py"], names)

    def test_what_was_put_can_be_had_listed_and_removed(self) -> None:
        run = self.run_handler(
            "for key in ('b', 'a', 'é'): s3.Object('bucket', key).put(Body=key * 2)",
            "there = s3.Object('bucket', 'a')",
            "answer = there.get()",
            "answer['LastModified'] = answer['LastModified'].isoformat()",
            "read = [answer['Body'].read(1).decode(), answer.pop('Body').read().decode()]",
            "gone = there.delete()",
            "again = there.delete()",
            "listed = [[o.bucket_name, o.key, o.size] for o in s3.Bucket('bucket').objects.all()]",
            "return [there.bucket_name, there.key, read, answer, gone == again, gone, listed,",
            "        s3.Bucket('nowhere').name]",
        )
        self.assertEqual(
            [
                [
                    "bucket",
                    "a",
                    ["a", "a"],
                    {
                        "AcceptRanges": "bytes",
                        "LastModified": "2016-12-14T00:00:03+00:00",
                        "ContentLength": 2,
                        "ETag": etag(b"aa"),
                        "ContentType": "binary/octet-stream",
                        "Metadata": {},
                        **status(200),
                    },
                    True,
                    status(204),
                    [["bucket", "b", 2], ["bucket", "é", 4]],
                    "nowhere",
                ]
            ],
            run.results,
        )

    def test_the_client_has_the_same_calls(self) -> None:
        run = self.run_handler(
            "put = client.put_object(Bucket='b', Key='k', Body=b'x')",
            "body = client.get_object(Bucket='b', Key='k')['Body'].read().decode()",
            "gone = client.delete_object(Bucket='b', Key='k')",
            "return [put, body, gone]",
        )
        self.assertEqual(
            [
                [
                    {"ETag": etag(b"x"), **status(200)},
                    "x",
                    status(204),
                ]
            ],
            run.results,
        )
        self.assertEqual({}, self.far_side.kept)

    def test_an_object_that_is_not_there_is_a_client_error(self) -> None:
        run = self.run_handler(
            "from botocore.exceptions import ClientError",
            "s3.Object('b', 'other').put()",
            "try:",
            "    s3.Object('b', 'k').get()",
            "except ClientError as error:",
            "    return [str(error), error.operation_name, error.response]",
        )
        self.assertEqual(
            [
                [
                    "An error occurred (NoSuchKey) when calling the GetObject operation: "
                    "The specified key does not exist.",
                    "GetObject",
                    {
                        "Error": {
                            "Code": "NoSuchKey",
                            "Message": "The specified key does not exist.",
                            "Key": "k",
                        },
                        **status(404),
                    },
                ]
            ],
            run.results,
        )

    # Claims: stand-in-says-what-it-lacks
    def test_what_the_stand_in_has_not_is_said_in_a_sentence(self) -> None:
        stand_in = "This lab's stand-in for boto3"
        invalid = "Parameter validation failed:\n"
        cases: list[tuple[str, str, str | Callable[[str], bool]]] = [
            (
                "boto3.resource('dynamodb')",
                "UnknownServiceError",
                f"{stand_in} has no service 'dynamodb': it has 's3'",
            ),
            (
                "boto3.client('sqs')",
                "UnknownServiceError",
                f"{stand_in} has no service 'sqs': it has 's3'",
            ),
            (
                "boto3.dynamodb",
                "AttributeError",
                f"{stand_in} has no boto3.dynamodb: it has boto3.Session, boto3.client, boto3.resource, "
                "boto3.setup_default_session, boto3.exceptions, boto3.s3.transfer, boto3.session",
            ),
            (
                "__import__('botocore.stub')",
                "ModuleNotFoundError",
                f"{stand_in} has no module botocore.stub: it has botocore.client, botocore.config, "
                "botocore.exceptions, botocore.response",
            ),
            (
                "s3.get_available_subresources",
                "AttributeError",
                f"{stand_in} has no Resource.get_available_subresources: "
                "it has Bucket, Object, buckets, create_bucket, meta",
            ),
            (
                "s3.Bucket('b').delete",
                "AttributeError",
                f"{stand_in} has no Bucket.delete: it has Object, create, delete_objects, download_file, "
                "download_fileobj, name, objects, put_object, upload_file, upload_fileobj",
            ),
            (
                "client.put_bucket_policy",
                "AttributeError",
                f"{stand_in} has no Client.put_bucket_policy: it has can_paginate, close, copy_object, "
                "create_bucket, delete_object, delete_objects, download_file, download_fileobj, exceptions, "
                "get_object, get_paginator, get_waiter, head_bucket, head_object, list_buckets, "
                "list_objects, list_objects_v2, meta, put_object, upload_file, upload_fileobj",
            ),
            (
                "s3.Object('b', 'k').put(Body=b'', ACL='private')",
                "ParamValidationError",
                f"{invalid}Unknown to this lab's stand-in for boto3: ACL; "
                "known here: Bucket, Key, Body, ContentType, Metadata",
            ),
            (
                "s3.Object('b', 'k').put(Body=5)",
                "ParamValidationError",
                f"{invalid}Invalid type for parameter Body, value: 5, type: <class 'int'>, "
                "valid types: <class 'bytes'>, <class 'bytearray'>, file-like object",
            ),
            (
                "s3.Object('b', 'k').put(Body=open(__file__))",
                "TypeError",
                "This is a file opened in text mode: open it in binary mode, open(path, 'rb')",
            ),
            (
                "s3.Object('b', '').put()",
                "ParamValidationError",
                f"{invalid}Invalid length for parameter Key, value: 0, valid min length: 1",
            ),
        ]
        for code, error_type, message in cases:
            with self.subTest(code=code):
                run = self.run_handler(f"return str({code})")
                ((_, errortype, answer),) = run.said("report_done")
                self.assertEqual((error_type, message), (errortype, json.loads(answer)["errorMessage"]))
        self.assertEqual({}, self.far_side.kept)

    def test_importing_it_imports_little_more(self) -> None:
        with mock.patch.dict(sys.modules, {"lab_bucket": self.far_side}):
            run: Any = run_task(
                "import sys\nBEFORE = set(sys.modules)\nimport boto3\n"
                "def lambda_handler(event, context):\n"
                "    mine = ('boto3', 'botocore')\n"
                "    new = set(sys.modules) - BEFORE\n"
                "    return sorted(name for name in new if name.split('.')[0] in mine)\n"
            )
        self.assertEqual(
            [
                [
                    "boto3",
                    "boto3.bodies",
                    "boto3.exceptions",
                    "boto3.s3_client",
                    "boto3.s3_errors",
                    "boto3.s3_listing",
                    "boto3.s3_objects",
                    "boto3.s3_resource",
                    "boto3.s3_things",
                    "boto3.s3_transfers",
                    "boto3.session",
                    "boto3.stand_in",
                    "botocore",
                    "botocore.client",
                    "botocore.exceptions",
                    "botocore.lacks",
                    "botocore.response",
                ]
            ],
            run.results,
        )


if __name__ == "__main__":
    unittest.main()
