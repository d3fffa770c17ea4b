# SPDX-License-Identifier: Apache-2.0
"""The neighbour of `bootstrap.py`: home of the fault class. A clean-room model, not Amazon's code.

In the real runtime this module was also the server side of `http` mode, in which a request came in
on a socket of its own and was answered as a web server answers. In this model that side will live
here too, when it is written; until then the file holds what event mode needs of it [DL#15].
"""


class FaultException(Exception):
    """Something went wrong on the runtime's side of the call, not inside the handler.

    The three parts are what the platform is told of a fault [DL-0516]. Inferred: `except_value` is
    the text of the exception behind it and `trace` that exception's trace, each None if there is
    none.
    """

    def __init__(self, msg: str, except_value: str | None = None, trace: str | None = None) -> None:
        super().__init__(msg)
        self.msg = msg
        self.except_value = except_value
        self.trace = trace
