"""Runs the AWS CLI on an account that is only pretended: `pretended_account.py STATE ARGUMENT…`.

It must be started in a Python that has the CLI's package, of version 2. The CLI itself reads the arguments,
loads the files that they name, and holds every parameter against the description of its service. Where it
would send a request, this account answers, and keeps what is in it in the file STATE. No request leaves the
process: an operation that the account does not know is an error.

Functions really run here, with a stand-in for boto3 that asks the role's policy before it puts an object.
"""

import base64
import contextlib
import fnmatch
import io
import json
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from awscli.botocore.response import StreamingBody
from awscli.clidriver import create_clidriver

NUMBER = "123456789012"
# As the CLI takes a time from an answer: text.
WHEN = "2026-01-01T00:00:00+00:00"
ARN = f"arn:aws:iam::{NUMBER}:role/"

Parameters = dict[str, Any]


class Refused(Exception):
    """The account does not do what it was asked for; a real one answers with the same code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Account:
    """What is in the account, and what it answers: a method for each operation, named as the API names it."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state
        self.buckets: dict[str, dict[str, str]] = state.setdefault("buckets", {})
        self.groups: dict[str, list[str]] = state.setdefault("groups", {})
        self.roles: dict[str, dict[str, str]] = state.setdefault("roles", {})
        self.functions: dict[str, dict[str, Any]] = state.setdefault("functions", {})
        self.calls: list[str] = state.setdefault("calls", [])

    def answer(self, name: str, parameters: Parameters) -> tuple[SimpleNamespace, dict[str, Any]]:
        """Answer an operation as the CLI gets it: a status and the parsed body."""
        operation: Callable[[Parameters], dict[str, Any] | None] | None = getattr(self, name, None)
        if operation is None:
            raise RuntimeError(f"The pretended account knows no {name}.")
        self.calls.append(name)
        try:
            body = operation(parameters) or {}
        except Refused as refusal:
            body = {"Error": {"Code": refusal.code, "Message": str(refusal)}}
        status = 400 if "Error" in body else 200
        return SimpleNamespace(status_code=status, headers={}), {
            **body,
            "ResponseMetadata": {"HTTPStatusCode": status},
        }

    def GetCallerIdentity(self, _: Parameters) -> dict[str, Any]:
        return {"Account": NUMBER, "UserId": "U", "Arn": f"arn:aws:iam::{NUMBER}:user/reader"}

    # S3

    def CreateBucket(self, parameters: Parameters) -> None:
        if parameters["Bucket"] in self.buckets:
            raise Refused("BucketAlreadyOwnedByYou", "The bucket is there already.")
        self.buckets[parameters["Bucket"]] = {}

    def ListObjectsV2(self, parameters: Parameters) -> dict[str, Any]:
        objects = self.bucket(parameters)
        prefix = parameters.get("Prefix", "")
        found = [
            {"Key": key, "Size": len(base64.b64decode(data)), "LastModified": WHEN, "ETag": '"0"'}
            for key, data in sorted(objects.items())
            if key.startswith(prefix)
        ]
        return {"Contents": found, "IsTruncated": False}

    def GetObject(self, parameters: Parameters) -> dict[str, Any]:
        data = base64.b64decode(self.bucket(parameters)[parameters["Key"]])
        body = StreamingBody(io.BytesIO(data), len(data))
        return {"Body": body, "ContentLength": len(data), "LastModified": WHEN, "ETag": '"0"'}

    def DeleteObject(self, parameters: Parameters) -> None:
        self.bucket(parameters).pop(parameters["Key"], None)

    def DeleteBucket(self, parameters: Parameters) -> None:
        if self.bucket(parameters):
            raise Refused("BucketNotEmpty", "The bucket holds objects.")
        del self.buckets[parameters["Bucket"]]

    def bucket(self, parameters: Parameters) -> dict[str, str]:
        if parameters["Bucket"] not in self.buckets:
            raise Refused("NoSuchBucket", f"There is no bucket {parameters['Bucket']}.")
        return self.buckets[parameters["Bucket"]]

    # CloudWatch Logs

    def CreateLogGroup(self, parameters: Parameters) -> None:
        if parameters["logGroupName"] in self.groups:
            raise Refused("ResourceAlreadyExistsException", "The log group is there already.")
        self.groups[parameters["logGroupName"]] = []

    def FilterLogEvents(self, parameters: Parameters) -> dict[str, Any]:
        lines = self.group(parameters["logGroupName"])
        return {
            "events": [
                {
                    "timestamp": 0,
                    "ingestionTime": 0,
                    "logStreamName": "stream",
                    "message": line,
                    "eventId": str(number),
                }
                for number, line in enumerate(lines)
            ]
        }

    def DeleteLogGroup(self, parameters: Parameters) -> None:
        self.group(parameters["logGroupName"])
        del self.groups[parameters["logGroupName"]]

    def group(self, name: str) -> list[str]:
        if name not in self.groups:
            raise Refused("ResourceNotFoundException", f"There is no log group {name}.")
        return self.groups[name]

    # IAM

    def CreateRole(self, parameters: Parameters) -> dict[str, Any]:
        name = parameters["RoleName"]
        if name in self.roles:
            raise Refused("EntityAlreadyExists", "The role is there already.")
        trust = json.loads(parameters["AssumeRolePolicyDocument"])
        if trust["Statement"][0]["Principal"] != {"Service": "lambda.amazonaws.com"}:
            raise Refused("MalformedPolicyDocument", "Lambda could not take this role.")
        self.roles[name] = {}
        role = {"RoleName": name, "Arn": ARN + name, "Path": "/", "RoleId": "R", "CreateDate": WHEN}
        return {"Role": role}

    def GetRole(self, parameters: Parameters) -> dict[str, Any]:
        self.role(parameters["RoleName"])
        return {"Role": {"RoleName": parameters["RoleName"], "Arn": ARN + parameters["RoleName"]}}

    def PutRolePolicy(self, parameters: Parameters) -> None:
        json.loads(parameters["PolicyDocument"])
        self.role(parameters["RoleName"])[parameters["PolicyName"]] = parameters["PolicyDocument"]

    def DeleteRolePolicy(self, parameters: Parameters) -> None:
        if self.role(parameters["RoleName"]).pop(parameters["PolicyName"], None) is None:
            raise Refused("NoSuchEntity", f"There is no policy {parameters['PolicyName']}.")

    def DeleteRole(self, parameters: Parameters) -> None:
        if self.role(parameters["RoleName"]):
            raise Refused("DeleteConflict", "The role has policies.")
        del self.roles[parameters["RoleName"]]

    def role(self, name: str) -> dict[str, str]:
        if name not in self.roles:
            raise Refused("NoSuchEntity", f"There is no role {name}.")
        return self.roles[name]

    def demand(self, role: str, action: str, resource: str) -> None:
        """Refuse what no statement of the role's policies allows."""
        for policy in self.role(role).values():
            for statement in json.loads(policy)["Statement"]:
                actions = statement["Action"]
                if action in ([actions] if isinstance(actions, str) else actions) and fnmatch.fnmatchcase(
                    resource, statement["Resource"]
                ):
                    return
        raise Refused("AccessDenied", f"{role} may not do {action} on {resource}.")

    # Lambda

    def CreateFunction(self, parameters: Parameters) -> dict[str, Any]:
        # The first attempt comes too early, as it does after a role was made a moment ago.
        if not self.state.setdefault("roleIsKnown", False):
            self.state["roleIsKnown"] = True
            raise Refused(
                "InvalidParameterValueException",
                "The role defined for the function cannot be assumed by Lambda.",
            )
        self.role(parameters["Role"].removeprefix(ARN))
        self.functions[parameters["FunctionName"]] = {
            "role": parameters["Role"].removeprefix(ARN),
            "handler": parameters["Handler"],
            "code": base64.b64encode(parameters["Code"]["ZipFile"]).decode(),
            "waits": True,
        }
        return {"FunctionName": parameters["FunctionName"], "State": "Pending"}

    def UpdateFunctionCode(self, parameters: Parameters) -> dict[str, Any]:
        function = self.function(parameters, ready=True)
        function["code"] = base64.b64encode(parameters["ZipFile"]).decode()
        function["waits"] = True
        return {"FunctionName": parameters["FunctionName"], "LastUpdateStatus": "InProgress"}

    def GetFunction(self, parameters: Parameters) -> dict[str, Any]:
        function = self.function(parameters)
        waits, function["waits"] = function["waits"], False
        state = {"State": "Pending", "LastUpdateStatus": "InProgress"}
        return {"Configuration": state if waits else {"State": "Active", "LastUpdateStatus": "Successful"}}

    def DeleteFunction(self, parameters: Parameters) -> None:
        self.function(parameters)
        del self.functions[parameters["FunctionName"]]

    def Invoke(self, parameters: Parameters) -> dict[str, Any]:
        function = self.function(parameters, ready=True)
        result, output = self.run(function, json.loads(parameters["Payload"]))
        log = f"START RequestId: 1 Version: $LATEST\n{output}END RequestId: 1\nREPORT RequestId: 1\n"
        group = f"/aws/lambda/{parameters['FunctionName']}"
        arn = f"arn:aws:logs:us-east-1:{NUMBER}:log-group:{group}"
        for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
            self.demand(function["role"], action, f"{arn}:log-stream:one")
        self.group(group).extend(log.splitlines())
        payload = json.dumps(result).encode()
        answer = {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(payload), len(payload))}
        if parameters.get("LogType") == "Tail":
            answer["LogResult"] = base64.b64encode(log.encode()[-4096:]).decode()
        return answer

    def function(self, parameters: Parameters, *, ready: bool = False) -> dict[str, Any]:
        name = parameters["FunctionName"]
        if name not in self.functions:
            raise Refused("ResourceNotFoundException", f"There is no function {name}.")
        if ready and self.functions[name]["waits"]:
            raise Refused("ResourceConflictException", "The function is not ready: nobody waited for it.")
        return self.functions[name]

    def run(self, function: dict[str, Any], event: object) -> tuple[object, str]:
        """Run a function's handler; return its result and what it printed."""
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(function["code"]))) as code:
            name, _, handler = function["handler"].rpartition(".")
            entry = code.getinfo(f"{name}.py")
            if entry.external_attr >> 16 & 0o004 == 0:
                raise Refused("AccessDenied", "Lambda’s user may not read the file.")
            source = code.read(entry)
        stand_in = ModuleType("boto3")
        stand_in.resource = lambda _: SimpleNamespace(
            Object=lambda bucket, key: SimpleNamespace(
                put=lambda Body: self.put(function["role"], bucket, key, Body.read())
            )
        )
        sys.modules["boto3"] = stand_in
        module: dict[str, Any] = {"__name__": name}
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            exec(compile(source, f"/var/task/{name}.py", "exec"), module)
            result = module[handler](event, SimpleNamespace(aws_request_id="1"))
        return result, output.getvalue()

    def put(self, role: str, bucket: str, key: str, data: bytes) -> None:
        """Put an object for a function that runs."""
        self.demand(role, "s3:PutObject", f"arn:aws:s3:::{bucket}/{key}")
        self.bucket({"Bucket": bucket})[key] = base64.b64encode(data).decode()


def main(state_file: str, arguments: list[str]) -> int:
    """Run one command of the CLI; return its exit status."""
    file = Path(state_file)
    account = Account(json.loads(file.read_text()) if file.exists() else {})
    # A waiter asks again and again: nothing happens here meanwhile.
    time.sleep = lambda _: None
    driver = create_clidriver()

    def note(params: Parameters, context: dict[str, Any], **_: object) -> None:
        context["asked"] = dict(params)

    def answer(model: Any, context: dict[str, Any], **_: object) -> object:
        return account.answer(model.name, context["asked"])

    driver.session.register("before-parameter-build", note)
    driver.session.register("before-call", answer)
    try:
        return driver.main(arguments)
    finally:
        file.write_text(json.dumps(account.state))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
