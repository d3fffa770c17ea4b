# SPDX-License-Identifier: Apache-2.0
"""Calls what a function has registered around a snapshot of its environment (SnapStart) [SRP]."""

import snapshot_restore_py


def run_before_snapshot() -> None:
    """Call the hooks for before the snapshot, the last registered one first [M]."""
    for function, args, kwargs in reversed(snapshot_restore_py.before_snapshot_hooks):
        function(*args, **kwargs)


def run_after_restore() -> None:
    """Call the hooks for after a restore, in the order of their registration [M]."""
    for function, args, kwargs in snapshot_restore_py.after_restore_hooks:
        function(*args, **kwargs)
