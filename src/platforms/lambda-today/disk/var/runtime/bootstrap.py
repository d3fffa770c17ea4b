# SPDX-License-Identifier: Apache-2.0
"""The script that a managed runtime starts: a clean-room model of AWS Lambda's Python runtime of today.

This file and the package beside it were written for Behind the Handler from public facts and from
measurements of a running runtime. They are independent of Amazon and hold none of Amazon's code.

Lambda starts `python /var/runtime/bootstrap.py` for a function that came as a zip file. A container
image does without this script: it starts the package itself, `python -m awslambdaric HANDLER`.

Tags in brackets name the source of a fact: [M] measured, [RIC] the public repository's listing,
[TB311] and [POST310] published traces and posts, [AWSDOC] the documentation. Where they leave a
behaviour open, a sentence that begins with "Inferred:" tells what this model decided.
"""

import os
import sys


def main() -> None:
    """Set the import path, then hand over to the package: task root and handler are its arguments.

    The task's folder goes first, so a module of yours wins over a layer's, and both win over the
    runtime's packages [AWSDOC]. A path that was printed on the real service has the folders of layers
    at its end once more; Inferred: that this script puts them there. `PYTHONPATH` is for the Pythons
    that your function may start.
    """
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    layers = [f"/opt/python/lib/{version}/site-packages", "/opt/python"]
    sys.path[:0] = [task_root, *layers, f"/var/lang/lib/{version}/site-packages"]
    sys.path += layers
    os.environ.setdefault("PYTHONPATH", "/var/runtime")

    # Imported here and not above: the path had to be set first.
    from awslambdaric.__main__ import main as awslambdaric_main

    awslambdaric_main([task_root, os.environ["_HANDLER"]])


if __name__ == "__main__":
    main()
