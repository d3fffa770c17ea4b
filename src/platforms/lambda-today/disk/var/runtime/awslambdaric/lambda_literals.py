# SPDX-License-Identifier: Apache-2.0
"""Texts that the package writes in more than one place, or that a reader may search for."""

# Stands in the log ahead of an error of the init phase [M]. What follows the first sentence is ours:
# the advice of the original is Amazon's text.
INIT_ERROR_WARNING = (
    "LAMBDA_WARNING: Unhandled exception. "
    "The init phase has failed, so this process ends without having asked for an invocation.\r"
)
