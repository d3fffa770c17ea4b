# SPDX-License-Identifier: Apache-2.0
"""Calls what a function has registered around a snapshot of its environment (SnapStart) [SRP]."""


def run_before_snapshot() -> None:
    """Call the hooks for before the snapshot, the last registered one first [M]."""
    # Imported here and not above: a function that registers nothing never has it loaded [M].
    from snapshot_restore_py import get_before_snapshot

    for function, args, kwargs in reversed(get_before_snapshot()):
        function(*args, **kwargs)


def run_after_restore() -> None:
    """Call the hooks for after a restore, in the order of their registration [M]."""
    from snapshot_restore_py import get_after_restore

    for function, args, kwargs in get_after_restore():
        function(*args, **kwargs)
