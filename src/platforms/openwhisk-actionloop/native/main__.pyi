"""The action that lies beside the launcher: whatever its owner wrote."""

from typing import Any

def main(params: Any) -> Any: ...
