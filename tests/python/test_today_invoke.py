"""One invocation of today's runtime: event, context, result, errors."""

import json
import unittest
from typing import Any

from .lambda_today import ARN, PACKAGE, Invocation, Run, run_task, stack_of

ECHO = "def lambda_handler(event, context):\n    return event\n"


def returns(expression: str, *invocations: Invocation, **options: Any) -> Run:
    """Run a handler that returns what an expression of event and context gives."""
    source = (
        "import collections, datetime, decimal, functools, os\n"
        f"def lambda_handler(event, context):\n    return {expression}\n"
    )
    return run_task(source, *invocations, **options)


def nested(depth: int) -> str:
    """Return an expression for lists in one another."""
    return f"functools.reduce(lambda inner, _: [inner], range({depth - 1}), [])"


class Events(unittest.TestCase):
    def test_are_read_as_json(self) -> None:
        run = returns("[event, type(event['f']).__name__]", Invocation('{"f": 1e2, "s": "\\u96ea🐍"}'))
        self.assertEqual([[{"f": 100.0, "s": "雪🐍"}, "float"]], run.answers)

    def test_of_another_content_type_are_bytes(self) -> None:
        for content_type in ("text/plain", "application/json; charset=utf-8"):
            with self.subTest(content_type=content_type):
                run = returns(
                    "[type(event).__name__, event.decode()]", Invocation("{}", {"content-type": content_type})
                )
                self.assertEqual([["bytes", "{}"]], run.answers)

    def test_that_are_no_json_are_faults_and_the_handler_does_not_run(self) -> None:
        for event, why in (
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ('{"a": 1} x', "Extra data: line 1 column 10 - line 1 column 11 (char 9 - 10)"),
            ("{'a': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("[1, 2", "Expecting ',' delimiter or ']': line 1 column 6 (char 5)"),
            ("[NaN]", "Expecting value: line 1 column 2 (char 1)"),
            ("\ufeff", "Expecting value: line 1 column 2 (char 1)"),
            (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        ):
            with self.subTest(event=event):
                run = run_task("def lambda_handler(event, context):\n    print('ran')\n", Invocation(event))
                (post,) = run.posts
                self.assertEqual("/invocation/request-1/error", post.path)
                self.assertEqual(
                    {
                        "errorMessage": f"Unable to unmarshal input: {why}",
                        "errorType": "Runtime.UnmarshalError",
                        "requestId": "request-1",
                        "stackTrace": [],
                    },
                    post.json,
                )
                cause = json.loads(post.headers["cause"])
                self.assertEqual("LambdaValidationError", cause["exceptions"][0]["type"])
                self.assertNotIn("ran", run.log)

    def test_leave_globals_alone(self) -> None:
        run = run_task(
            "count = 0\n"
            "def lambda_handler(event, context):\n    global count\n    count += 1\n    return count\n",
            Invocation(),
            Invocation(),
        )
        self.assertEqual([1, 2], run.answers)


class TheNextInvocation(unittest.TestCase):
    """What comes of it when there is none."""

    def test_that_is_refused_ends_the_process_with_two_errors(self) -> None:
        for version, is_threaded in (("3.12", True), ("3.15", True), ("3.11", False), ("3.9", False)):
            with self.subTest(version=version):
                variables = {"AWS_EXECUTION_ENV": f"AWS_Lambda_python{version}"}
                run = run_task(ECHO, next_refusal="not today", variables=variables)
                error = run.ended_by
                assert error is not None
                self.assertEqual("FaultException", type(error).__name__)
                text = "LAMBDA_RUNTIME Failed to get next invocation: not today"
                self.assertEqual(str(("Runtime.LambdaRuntimeClientError", text, None)), str(error))
                self.assertEqual(("lambda_runtime_client.py", "wait_next_invocation"), run.stack[-1])
                first = error.__context__
                assert first is not None
                self.assertEqual("RuntimeError", type(first).__name__)
                pool = [("_base.py", "result"), ("_base.py", "__get_result"), ("thread.py", "run")]
                client = ["_get_next", "handle_exception", "_get_next"]
                self.assertEqual(
                    [
                        ("lambda_runtime_client.py", "wait_next_invocation"),
                        *(pool if is_threaded else []),
                        *(("lambda_runtime_client.py", name) for name in client),
                    ],
                    stack_of(first)[:7] if is_threaded else stack_of(first)[:4],
                )
                self.assertFalse(error.__suppress_context__)


class Results(unittest.TestCase):
    def body(self, expression: str, **options: Any) -> str:
        run = returns(expression, **options)
        self.assertEqual("application/json", run.posts[0].headers["content-type"])
        return run.posts[0].body.decode("utf-8")

    def test_have_one_space_behind_commas_and_colons_and_keep_their_order(self) -> None:
        self.assertEqual('{"b": [1, true, null], "a": {}}', self.body("{'b': (1, True, None), 'a': {}}"))

    def test_are_escaped_or_not_by_the_version_of_the_managed_python(self) -> None:
        for version, body in (
            ("3.11", '"caf\\u00e9"'),
            ("3.12", '"café"'),
            ("3.15", '"café"'),
            ("3.8", '"caf\\u00e9"'),
        ):
            with self.subTest(version=version):
                variables = {"AWS_EXECUTION_ENV": f"AWS_Lambda_python{version}"}
                self.assertEqual(body, self.body("'café'", variables=variables))

    def test_are_escaped_as_the_variable_said_when_the_process_began(self) -> None:
        # It is the test's own Python that is patched.
        self.addCleanup(setattr, json, "dumps", json.dumps)
        self.addCleanup(setattr, json.JSONEncoder, "default", json.JSONEncoder.default)
        source = (
            "import json, os\njson.dumps = json.JSONEncoder.default = None\n"
            "def lambda_handler(event, context):\n"
            "    os.environ['AWS_EXECUTION_ENV'] = 'AWS_Lambda_python3.10'\n    return event\n"
        )
        run = run_task(source, Invocation('"Öl"'), Invocation('"🐍"'))
        self.assertEqual(['"Öl"', '"🐍"'], [post.body.decode() for post in run.posts])

    def test_keep_a_decimal_s_digits_and_name_what_is_no_number(self) -> None:
        self.assertEqual(
            "[19.990, 1E+3, NaN, Infinity, -Infinity]",
            self.body(
                "[*map(decimal.Decimal, ('19.990', '1E+3')), float('nan'), float('inf'), -float('inf')]"
            ),
        )

    def test_make_objects_of_named_tuples_and_text_of_bytes_inside(self) -> None:
        point = "collections.namedtuple('P', 'x y')(1, b'z')"
        self.assertEqual('{"x": 1, "y": "z"}', self.body(point))

    def test_quote_keys_that_are_no_text(self) -> None:
        self.assertEqual(
            '{"1": 1, "2.5": 2, "null": 3, "b": 4}', self.body("{1: 1, 2.5: 2, None: 3, b'b': 4}")
        )

    def test_that_are_bytes_go_as_they_are(self) -> None:
        (post,) = returns("b'raw \\x00\\xff'").posts
        self.assertEqual((b"raw \x00\xff", "application/unknown"), (post.body, post.headers["content-type"]))

    def test_without_a_json_form_are_faults(self) -> None:
        for expression, why in (
            ("{1}", "Object of type set is not JSON serializable"),
            ("object", "Object of type type is not JSON serializable"),
            ("{('a', 1): 2}", "keys must be str, int, float, bool or None, not tuple"),
            ("{datetime.date.min: 1}", "keys must be str, int, float, bool or None, not datetime.date"),
            ("[[datetime.date.min]]", "Object of type date is not JSON serializable"),
            (nested(1498), "maximum recursion depth exceeded while encoding a JSON object"),
            ("(lambda ring: ring.append(ring) or ring)([])", "Circular reference detected"),
        ):
            with self.subTest(expression=expression):
                (post,) = returns(expression).posts
                self.assertEqual(f"Unable to marshal response: {why}", post.json["errorMessage"])
                self.assertEqual("Runtime.MarshalError", post.json["errorType"])

    def test_may_be_nested_deeper_than_python_s_own_stack(self) -> None:
        self.assertEqual("[" * 1497 + "]" * 1497, self.body(nested(1497)))

    def test_that_cannot_be_sent_end_the_process(self) -> None:
        self.assertIsInstance(returns("'half \\ud83d'").ended_by, UnicodeEncodeError)
        run = returns("1", refusal="Failed to post invocation response")
        self.assertEqual(
            (RuntimeError, "Failed to post invocation response"), (type(run.ended_by), str(run.ended_by))
        )


class Contexts(unittest.TestCase):
    def test_have_what_the_headers_and_the_variables_say(self) -> None:
        run = returns(
            "{name: value for name, value in vars(context).items() if isinstance(value, str)}",
            Invocation(headers={"lambda-runtime-aws-tenant-id": "tenant"}),
        )
        self.assertEqual(
            {
                "aws_request_id": "request-1",
                "log_group_name": "/aws/lambda/lab",
                "log_stream_name": "2026/02/02/[$LATEST]0123456789abcdef0123456789abcdef",
                "function_name": "lab",
                "memory_limit_in_mb": "128",
                "function_version": "$LATEST",
                "invoked_function_arn": ARN,
                "tenant_id": "tenant",
            },
            run.answers[0],
        )

    def test_describe_themselves(self) -> None:
        headers = {"lambda-runtime-client-context": '{"custom": {"k": "v"}, "client": {"app_title": "till"}}'}
        run = returns("[repr(context.client_context), repr(context.identity)]", Invocation(headers=headers))
        self.assertEqual(
            [
                "ClientContext([custom={'k': 'v'},env=None,"
                "client=Client([installation_id=None,app_title=till,app_version_name=None,app_version_code=None,app_package_name=None])])",
                "CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None])",
            ],
            run.answers[0],
        )

    def test_count_the_time_down_and_never_below_nothing(self) -> None:
        run = returns("context.get_remaining_time_in_millis()", Invocation(), Invocation(remaining_ms=-500))
        left, none_left = run.answers
        self.assertTrue(0 < left <= 3000, left)
        self.assertEqual(0, none_left)

    def test_count_a_clock_that_is_off_by_nanoseconds_as_the_millisecond_that_it_means(self) -> None:
        source = """import time

def lambda_handler(event, context):
    real = time.time_ns
    time.time_ns = lambda: (context._epoch_deadline_time_in_ms - 3000) * 1_000_000 - 64
    try:
        return context.get_remaining_time_in_millis()
    finally:
        time.time_ns = real
"""
        self.assertEqual([3000], run_task(source, Invocation()).answers)

    def test_with_headers_that_are_no_json_are_faults(self) -> None:
        for header, title in (
            ("lambda-runtime-client-context", "Client Context"),
            ("lambda-runtime-cognito-identity", "Cognito Identity"),
        ):
            for text in ("{oops", "nope", "[1", '"a'):
                with self.subTest(header=header, text=text):
                    (post,) = returns("1", Invocation(headers={header: text})).posts
                    self.assertEqual("Runtime.LambdaContextUnmarshalError", post.json["errorType"])
                    self.assertTrue(post.json["errorMessage"].startswith(f"Unable to parse {title} JSON: "))

    def test_with_headers_of_json_s_other_types_are_errors_of_the_runtime_s_own(self) -> None:
        client = ["__init__", "make_obj_from_dict", "set_obj_from_dict"]
        for header, text, kind, functions in (
            ("client-context", '["a"]', "list", client),
            ("client-context", "false", "bool", client),
            ("client-context", '""', "str", client),
            ("client-context", '{"client": "x"}', "str", client),
            ("client-context", '{"client": 0}', "int", client),
            ("cognito-identity", "7.5", "float", ["__init__"]),
            ("cognito-identity", '"me"', "str", ["__init__"]),
            ("cognito-identity", '""', "str", ["__init__"]),
            ("cognito-identity", "false", "bool", ["__init__"]),
        ):
            with self.subTest(header=header, text=text):
                invocation = Invocation(headers={f"lambda-runtime-{header}": text})
                (post,) = returns("print('called')", invocation).posts
                self.assertEqual("AttributeError", post.json["errorType"])
                self.assertEqual(f"'{kind}' object has no attribute 'get'", post.json["errorMessage"])
                found = [entry.split(" in ")[1].split("\n")[0] for entry in post.json["stackTrace"]]
                self.assertEqual(functions, found)
                self.assertTrue(all("/lambda_context.py" in entry for entry in post.json["stackTrace"]))

    def test_read_their_headers_by_python_s_own_json(self) -> None:
        invocation = Invocation(
            headers={
                "lambda-runtime-client-context": '{"custom": -Infinity, "client": null}',
                "lambda-runtime-cognito-identity": '{"cognitoIdentityId": NaN}',
            }
        )
        run = returns("repr([context.client_context, context.identity.cognito_identity_id])", invocation)
        self.assertEqual(["[ClientContext([custom=-inf,env=None,client=None]), nan]"], run.answers)
        none = Invocation(
            headers={"lambda-runtime-client-context": "null", "lambda-runtime-cognito-identity": "{}"}
        )
        run = returns("repr([context.client_context, context.identity])", none)
        identity = "CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None])"
        self.assertEqual([f"[None, {identity}]"], run.answers)

    def test_take_new_attributes_and_their_parts_do_not(self) -> None:
        invocation = Invocation(headers={"lambda-runtime-client-context": '{"client": {}}'})
        source = """
def lambda_handler(event, context):
    found = []
    for thing in context, context.client_context, context.client_context.client, context.identity:
        try:
            thing.note = 1
            found.append(thing.note)
        except AttributeError as error:
            found.append(str(error).split(" and no ")[0])
    return found
"""
        names = ["ClientContext", "Client", "CognitoIdentity"]
        refused = [f"'{name}' object has no attribute 'note'" for name in names]
        self.assertEqual([[1, *refused]], run_task(source, invocation).answers)

    def test_without_an_arn_have_an_empty_one(self) -> None:
        invocation = Invocation(headers={"lambda-runtime-invoked-function-arn": None})
        self.assertEqual([""], returns("context.invoked_function_arn", invocation).answers)

    def test_know_the_caller_s_identity(self) -> None:
        headers = {
            "lambda-runtime-cognito-identity": '{"cognitoIdentityId": "i", "cognitoIdentityPoolId": "p"}'
        }
        run = returns(
            "[context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id]",
            Invocation(headers=headers),
        )
        self.assertEqual([["i", "p"]], run.answers)

    def test_the_trace_is_a_variable_for_as_long_as_the_invocation(self) -> None:
        traced = Invocation(headers={"lambda-runtime-trace-id": "Root=1-2"})
        run = returns(
            "os.environ.get('_X_AMZN_TRACE_ID')",
            Invocation(),
            traced,
            Invocation(),
            variables={"_X_AMZN_TRACE_ID": "from outside"},
        )
        self.assertEqual([None, "Root=1-2", None], run.answers)


class Errors(unittest.TestCase):
    def test_show_the_handler_s_frames_and_not_the_runtime_s(self) -> None:
        run = run_task(
            "def price():\n    raise LookupError('none')\n\n"
            "def lambda_handler(event, context):\n    return price()\n"
        )
        (post,) = run.posts
        file = run.file("lambda_function.py")
        self.assertEqual(
            {
                "errorMessage": "none",
                "errorType": "LookupError",
                "requestId": "request-1",
                "stackTrace": [
                    f'  File "{file}", line 5, in lambda_handler\n    return price()\n',
                    f"  File \"{file}\", line 2, in price\n    raise LookupError('none')\n",
                ],
            },
            post.json,
        )
        self.assertEqual(
            {
                "working_directory": run.task,
                "exceptions": [
                    {
                        "message": "none",
                        "type": "LookupError",
                        "stack": [
                            {"label": "lambda_handler", "path": file, "line": 5},
                            {"label": "price", "path": file, "line": 2},
                        ],
                    }
                ],
                "paths": [file],
            },
            json.loads(post.headers["cause"]),
        )

    def test_of_the_call_itself_show_the_runtime_s_frame(self) -> None:
        run = run_task("lambda_handler = 42\n")
        self.assertEqual("'int' object is not callable", run.posts[0].json["errorMessage"])
        (frame,) = run.posts[0].json["stackTrace"]
        self.assertTrue(frame.startswith(f'  File "{PACKAGE / "bootstrap.py"}", line '), frame)
        self.assertIn("in handle_event_request\n    response = request_handler(event, context)\n", frame)

    def test_pass_over_a_task_s_own_bootstrap_in_front(self) -> None:
        files = {
            "bootstrap.py": "from inner import work\ndef start(event, context):\n    return work()\n",
            "inner.py": "def work():\n    raise RuntimeError('inside')\n",
        }
        run = run_task(files, handler="bootstrap.start")
        self.assertEqual(
            [f"  File \"{run.file('inner.py')}\", line 2, in work\n    raise RuntimeError('inside')\n"],
            run.posts[0].json["stackTrace"],
        )

    def test_are_asked_for_their_text_twice(self) -> None:
        source = """
class Moody(Exception):
    asked = 10
    def __str__(self):
        Moody.asked += 5
        print("asked")
        return f"mood {Moody.asked}"

def lambda_handler(event, context):
    raise Moody
"""
        run = run_task(source)
        (post,) = run.posts
        self.assertEqual("mood 15", json.loads(post.headers["cause"])["exceptions"][0]["message"])
        self.assertEqual("mood 20", post.json["errorMessage"])
        self.assertTrue(run.log.startswith("asked\nasked\n[ERROR] Moody: mood 20\r"), run.log)

    def test_show_the_characters_of_a_text_of_another_class(self) -> None:
        source = """
class Text(str):
    def __str__(self): return "other"
    def __format__(self, spec): return "other"

class Own(Exception):
    def __str__(self): return Text("these")

def lambda_handler(event, context):
    raise Own
"""
        for variables in ({}, {"AWS_LAMBDA_LOG_FORMAT": "JSON"}):
            with self.subTest(variables=variables):
                run = run_task(source, variables=variables)
                self.assertEqual("these", run.posts[0].json["errorMessage"])
                self.assertNotIn("other", run.log + run.posts[0].headers["cause"])

    def test_leave_the_process_alone(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n    return 1 / event\n", Invocation("0"), Invocation("1")
        )
        self.assertEqual(
            ["/invocation/request-1/error", "/invocation/request-2/response"],
            [post.path for post in run.posts],
        )

    def test_that_are_no_exceptions_end_it_unanswered(self) -> None:
        for statement, kind in (
            ("raise SystemExit(3)", SystemExit),
            ("raise KeyboardInterrupt", KeyboardInterrupt),
        ):
            with self.subTest(statement=statement):
                run = run_task(f"def lambda_handler(event, context):\n    {statement}\n")
                self.assertEqual((kind, []), (type(run.ended_by), run.posts))

    def test_without_a_text_end_it_unanswered(self) -> None:
        run = run_task(
            "class Mute(Exception):\n    def __str__(self): raise RuntimeError('no text')\n"
            "def lambda_handler(event, context):\n    raise Mute\n"
        )
        self.assertEqual(("no text", []), (str(run.ended_by), run.posts))

    def test_that_the_server_refuses_end_it(self) -> None:
        run = returns("1 / 0", refusal="Failed to post invocation error")
        self.assertEqual("Failed to post invocation error", str(run.ended_by))
        self.assertIn("[ERROR] ZeroDivisionError", run.log)

    def test_have_no_cause_when_it_would_be_too_long(self) -> None:
        run = run_task(
            "def lambda_handler(event, context):\n    raise ValueError('x' * event)\n", Invocation("1048576")
        )
        self.assertEqual("", run.posts[0].headers["cause"])


if __name__ == "__main__":
    unittest.main()
