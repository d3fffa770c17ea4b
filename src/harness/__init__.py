"""Python of the lab's own: it prepares an execution environment and watches it.

None of it lies on a path that the model or the reader's code sees. The interpreter
(`src/sandbox/interpreter.ts`) loads it, calls `session.prepare`, and takes it off the path again.
"""
