# SPDX-License-Identifier: Apache-2.0
"""The package that calls your handler: a clean-room model of `awslambdaric`, not Amazon's code.

Its process is the execution environment. It finds the handler once, then asks the Runtime API, an
HTTP server inside the sandbox, for one invocation after another. To follow it, begin with `run` in
`bootstrap.py`. The names of the modules are those of release 4 [RIC]; every line is our own.
"""

# The release that this model was measured against: it tells the Runtime API so.
__version__ = "4.0.1"
