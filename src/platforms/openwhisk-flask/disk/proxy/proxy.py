# SPDX-License-Identifier: Apache-2.0
"""The older proxy of OpenWhisk: a web server in Python, in whose process your function runs.

This file was written for Behind the Handler from public facts. It is independent of Apache OpenWhisk and
holds none of its code; the original stands on Flask and gevent, and names and frames of its own differ.

OpenWhisk posts the action's code to /init once, and the parameters of each activation to /run [OW]. The code
is compiled once and executed again at every activation, all of it, in one namespace that is kept [OWP]: your
file's top level runs each time, and what it does not set anew lives on. To follow an activation, begin with
`answer_run`.

Tags in brackets, such as [OWP], name the public source of a fact. Where the sources leave a behaviour open,
a sentence that begins with "Inferred:" tells what this model decided.
"""

import base64
import io
import json
import os
import sys
import traceback
import zipfile
from types import CodeType
from typing import Any, TypeGuard

from http_server import serve

# Where the files of an action lie that comes as an archive, and the one that it begins with. A trace names
# that file without a folder [OWC465].
FOLDER = "/action"
MAIN_FILE = "__main__.py"

END_OF_ACTIVATION = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX"

# The status and the text of an answer.
Answer = tuple[int, str]


class Action:
    """What /init has made of the code, for the life of this process."""

    def __init__(self, code: CodeType, main: str) -> None:
        """Keep the compiled source; nothing of it has run yet."""
        self.code = code
        self.main = main
        # Inferred: the action's code finds itself to be the program.
        self.namespace: dict[str, Any] = {"__name__": "__main__"}

    def call(self, param: dict[str, Any]) -> Any:
        """Execute the whole source anew, then call the main expression with the parameters."""
        exec(self.code, self.namespace)
        self.namespace["param"] = param
        # A statement made of text: its frame is `<module>` in a file `<string>` [OWC465, OWP55].
        exec(f"fun = {self.main}(param)", self.namespace)
        return self.namespace["fun"]


action: Action | None = None


def answer(method: str, path: str, body: bytes) -> Answer:
    """Answer one request of OpenWhisk's."""
    if (method, path) == ("POST", "/init"):
        return answer_init(body)
    if (method, path) == ("POST", "/run"):
        return answer_run(body)
    return refuse(404, "not found")


def answer_init(body: bytes) -> Answer:
    """Take the action's code, once."""
    global action
    if action is not None:
        return refuse(403, "Cannot initialize the action more than once.")
    try:
        value = json.loads(body).get("value", {})
        if not value.get("code"):
            return refuse(403, "Missing main/no code to execute.")
        action = compile_action(value)
    except Exception as error:
        # The error alone, without the frames that led to it [OWC15].
        lines = ["Traceback (most recent call last):\n", *traceback.format_exception_only(error)]
        print("".join(lines), end="", file=sys.stderr)
        return refuse(502, "The action failed to generate or locate a binary. See logs for details.")
    return 200, "OK"


def compile_action(value: dict[str, Any]) -> Action:
    """Compile the source that /init was sent, alone or in an archive."""
    source = unpack(value["code"]) if value.get("binary") else value["code"]
    return Action(compile(source, MAIN_FILE, "exec"), value.get("main") or "main")


def unpack(archive: str) -> str:
    """Lay the files of an archive in the action's folder; return the source that it begins with."""
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(archive))) as files:
        files.extractall(FOLDER)
    # Inferred: the action's own modules are found there, before all others.
    sys.path.insert(0, FOLDER)
    with open(f"{FOLDER}/{MAIN_FILE}", encoding="utf-8") as file:
        return file.read()


def answer_run(body: bytes) -> Answer:
    """Run the action once; whatever comes of it, both streams of the log say that it is over."""
    if action is None:
        # Inferred: the status and the words.
        return refuse(500, "no action defined yet")
    request = read_request(body)
    param = request.pop("value", {})
    if not is_dictionary(param):
        # Inferred: the words.
        return refuse(404, "The action did not receive a dictionary.")
    text = ""
    try:
        for key, value in request.items():
            os.environ["__OW_" + key.upper()] = value
        result = action.call(param)
        if is_dictionary(result) and result:
            # Inferred: what JSON has no form for is no dictionary to the caller either.
            text = json.dumps(result)
    except Exception:
        traceback.print_exc()
    mark_the_end()
    return (200, text) if text else refuse(502, "The action did not return a dictionary.")


def read_request(body: bytes) -> dict[str, Any]:
    """Return what was posted. Inferred: a body that is no object of JSON counts as a wrong argument."""
    try:
        request = json.loads(body)
    except ValueError:
        request = None
    return request if is_dictionary(request) else {"value": None}


def is_dictionary(value: object) -> TypeGuard[dict[str, Any]]:
    """Tell whether this is what an action takes and gives."""
    return isinstance(value, dict)


def refuse(status: int, error: str) -> Answer:
    """Return the answer that says what is wrong."""
    return status, json.dumps({"error": error})


def mark_the_end() -> None:
    """Write the line by which OpenWhisk tells the logs of two activations apart, to both streams."""
    for stream in (sys.stdout, sys.stderr):
        print(END_OF_ACTIVATION, file=stream, flush=True)


if __name__ == "__main__":
    serve(int(os.environ.get("FLASK_PROXY_PORT", "8080")), answer)
