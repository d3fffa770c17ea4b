"""The second argument of the handler."""

import json
import unittest

from .lambda_2016 import ARN, Invocation, run_task

TELL = """
def tell(value):
    kind = type(value)
    return value if value is None or kind is str else f"{kind.__module__}.{kind.__name__}"

def lambda_handler(event, context):
    return {name: tell(value) for name, value in vars(context).items()}
"""
CLIENT_CONTEXT = {
    "client": {
        "installation_id": "i",
        "app_title": "t",
        "app_version_name": "n",
        "app_version_code": "c",
        "app_package_name": "p",
    },
    "custom": {"a": 1},
    "env": {"locale": "ja"},
}


class Context(unittest.TestCase):
    def test_it_has_the_attributes_of_2017(self) -> None:
        self.assertEqual(
            [
                {
                    "aws_request_id": "request-1",
                    "log_stream_name": "2016/12/14/[$LATEST]0123456789abcdef0123456789abcdef",
                    "invoked_function_arn": ARN,
                    "client_context": None,
                    "log_group_name": "/aws/lambda/lab",
                    "function_name": "lab",
                    "function_version": "$LATEST",
                    "identity": "__main__.CognitoIdentity",
                    "memory_limit_in_mb": "128",
                }
            ],
            run_task(TELL).results,
        )

    def test_identity_is_always_an_object(self) -> None:
        task = "def lambda_handler(event, context):\n    return vars(context.identity)\n"
        context = {"clientcontext": None, "cognitoidentityid": "us:1", "cognitopoolid": "us:2"}
        self.assertEqual(
            [
                {"cognito_identity_id": None, "cognito_identity_pool_id": None},
                {"cognito_identity_id": "us:1", "cognito_identity_pool_id": "us:2"},
            ],
            run_task(task, Invocation(), Invocation(context=context)).results,
        )

    def test_the_client_context_is_decoded(self) -> None:
        task = (
            "def lambda_handler(event, context):\n"
            "    there = context.client_context\n"
            "    return vars(there) | {'client': vars(there.client)}\n"
        )
        for sent, seen in (
            (CLIENT_CONTEXT, CLIENT_CONTEXT),
            ({}, {"client": dict.fromkeys(CLIENT_CONTEXT["client"]), "custom": None, "env": None}),
        ):
            with self.subTest(sent=sent):
                context = {
                    "clientcontext": json.dumps(sent),
                    "cognitoidentityid": None,
                    "cognitopoolid": None,
                }
                self.assertEqual([seen], run_task(task, Invocation(context=context)).results)

    def test_a_client_context_that_is_none_is_a_fault(self) -> None:
        for text in ("{", "5", '{"client": 5}'):
            with self.subTest(text=text):
                context = {"clientcontext": text, "cognitoidentityid": None, "cognitopoolid": None}
                run = run_task(TELL, Invocation(context=context))
                message = "Unable to parse client context"
                self.assertEqual([message], [fault[1] for fault in run.said("report_fault")])
                self.assertEqual(
                    [("request-1", "FaultException", json.dumps({"errorMessage": message}))],
                    run.said("report_done"),
                )

    def test_the_remaining_time_is_asked_for_at_each_call(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n"
            "    return [context.get_remaining_time_in_millis() for _ in 'ab']\n"
        )
        self.assertEqual([[2987, 2987]], run.results)
        self.assertEqual([(), ()], run.said("get_remaining_time"))

    def test_log_adds_no_newline(self) -> None:
        run = run_task("def lambda_handler(event, context):\n    context.log('a')\n    context.log(5)\n")
        self.assertEqual([("a", 1), ("5", 1)], run.said("log_bytes"))

    def test_a_handler_that_empties_the_environment_does_no_harm_to_the_next(self) -> None:
        run = run_task(
            "import os\ndef lambda_handler(event, context):\n    os.environ.clear()\n"
            "    return context.function_name\n",
            Invocation(),
            Invocation(),
        )
        self.assertEqual(["lab", None], run.results)


if __name__ == "__main__":
    unittest.main()
