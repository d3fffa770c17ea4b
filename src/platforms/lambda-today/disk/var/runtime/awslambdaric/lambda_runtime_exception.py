# SPDX-License-Identifier: Apache-2.0
"""The class of errors that are the runtime's own, and not the handler's."""


class FaultException(Exception):
    """Something went wrong on the runtime's side of the call.

    The caller is told `exception_type`, one of the names below, in place of a class [M]. Most faults
    have no stack to show: `trace` is empty. Its text is that of all three arguments [M].
    """

    MARSHAL_ERROR = "Runtime.MarshalError"
    UNMARSHAL_ERROR = "Runtime.UnmarshalError"
    USER_CODE_SYNTAX_ERROR = "Runtime.UserCodeSyntaxError"
    HANDLER_NOT_FOUND = "Runtime.HandlerNotFound"
    IMPORT_MODULE_ERROR = "Runtime.ImportModuleError"
    BUILT_IN_MODULE_CONFLICT = "Runtime.BuiltInModuleConflict"
    MALFORMED_HANDLER_NAME = "Runtime.MalformedHandlerName"
    LAMBDA_CONTEXT_UNMARSHAL_ERROR = "Runtime.LambdaContextUnmarshalError"
    LAMBDA_RUNTIME_CLIENT_ERROR = "Runtime.LambdaRuntimeClientError"
    BEFORE_SNAPSHOT_ERROR = "Runtime.BeforeSnapshotError"
    AFTER_RESTORE_ERROR = "Runtime.AfterRestoreError"

    def __init__(self, exception_type: str, msg: str, trace: list[str] | None = None) -> None:
        # Without `super`: Python has kept the arguments already.
        self.exception_type = exception_type
        self.msg = msg
        self.trace: list[str] = trace or []
