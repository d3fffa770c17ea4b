"""The proxy of the older OpenWhisk runtime: a web server in Python, in whose process the action runs.

A model written anew from what is known of the original [OWP]; no line is the original's, which stands on
Flask and gevent. OpenWhisk posts the action's code to /init once, and the parameters of each activation to
/run. The code is compiled once and executed again at every activation, all of it, in one namespace that is
kept: so the action's own top level runs each time, and what it does not set anew lives on.
"""

import base64
import io
import json
import os
import sys
import traceback
import zipfile

from http_server import serve

# Where the files of an action lie that comes as an archive, and the one that it begins with.
FOLDER = "/action"
MAIN_FILE = FOLDER + "/__main__.py"

END_OF_ACTIVATION = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX"


class Action:
    """What /init has made of the code."""

    def __init__(self):
        """Begin without any: there is nothing to run yet."""
        self.code = None
        self.main = None
        self.namespace = {"__name__": "__main__"}

    def initialize(self, value):
        """Compile the code, once for the life of this process."""
        source = value["code"]
        if value.get("binary"):
            source = unpack(source)
        # Inferred: the name of the file, which a trace shows.
        self.code = compile(source, MAIN_FILE, "exec")
        self.main = value.get("main") or "main"

    def call(self, param):
        """Execute the whole source anew, then call the main expression with the parameters."""
        exec(self.code, self.namespace)
        self.namespace["param"] = param
        return eval(self.main + "(param)", self.namespace)


def unpack(archive):
    """Lay the files of an archive in the action's folder; return the source that it begins with."""
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(archive))) as files:
        files.extractall(FOLDER)
    # The action's own modules are found there.
    if FOLDER not in sys.path:
        sys.path.insert(0, FOLDER)
    with open(MAIN_FILE, encoding="utf-8") as file:
        return file.read()


action = Action()


def answer(method, path, body):
    """Return the status and the text that a request is answered with."""
    if (method, path) == ("POST", "/init"):
        return answer_init(body)
    if (method, path) == ("POST", "/run"):
        return answer_run(body)
    return refuse(404, "not found")


def answer_init(body):
    """Take the action's code."""
    if action.code is not None:
        return refuse(403, "Cannot initialize the action more than once.")
    try:
        value = json.loads(body).get("value", {})
        if not value.get("code"):
            return refuse(403, "Missing main/no code to execute.")
        action.initialize(value)
    except Exception:
        traceback.print_exc()
        # Inferred: the words.
        return refuse(502, "The action could not be initialized. Its log may say why.")
    return 200, "OK"


def answer_run(body):
    """Run the action once; whatever comes of it, both streams of the log say that it is over."""
    if action.code is None:
        return refuse(500, "no action defined yet")
    try:
        request = json.loads(body)
        param = request.pop("value", {})
    except (ValueError, AttributeError):
        return refuse(404, "The request is no JSON object.")
    if not isinstance(param, dict):
        # Inferred: the words, here and above.
        return refuse(404, "The action did not receive a dictionary.")
    try:
        for key, value in request.items():
            os.environ["__OW_" + key.upper()] = value
        result = action.call(param)
        # Inferred: what JSON has no form for is no dictionary to the caller either.
        text = json.dumps(result)
    except Exception:
        traceback.print_exc()
        result = None
        text = ""
    mark_the_end()
    if isinstance(result, dict) and result:
        return 200, text
    return refuse(502, "The action did not return a dictionary.")


def refuse(status, error):
    """Return the answer that says what is wrong."""
    return status, json.dumps({"error": error})


def mark_the_end():
    """Write the line by which OpenWhisk tells the logs of two activations apart, to both streams."""
    for stream in (sys.stdout, sys.stderr):
        print(END_OF_ACTIVATION, file=stream, flush=True)


if __name__ == "__main__":
    serve(int(os.environ.get("FLASK_PROXY_PORT", "8080")), answer)
