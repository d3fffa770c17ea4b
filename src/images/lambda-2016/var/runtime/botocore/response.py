# SPDX-License-Identifier: Apache-2.0
"""The body of an answer, to be read. A stand-in of Behind the Handler, not botocore."""

import io


class StreamingBody(io.BytesIO):
    """An object's bytes: `read()` returns them all, `read(n)` the next n of them."""
