# SPDX-License-Identifier: Apache-2.0
"""What `python -m awslambdaric HANDLER` runs; the managed script calls its `main`, too [M, TB311]."""

import os
import sys

from awslambdaric import bootstrap
from awslambdaric.lambda_config import LambdaConfig


def main(args: list[str]) -> None:
    """Read the configuration and run for as long as the platform wants this environment."""
    config = LambdaConfig(args, os.environ)
    bootstrap.run(config)


if __name__ == "__main__":
    main(sys.argv)
