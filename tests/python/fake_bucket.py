"""The far side of the boto3 stand-in, kept in dictionaries: what `services/objects.ts` does in the lab."""

from __future__ import annotations

from types import ModuleType
from typing import Any

# 2016-12-14, 00:00 UTC; each change is a second later than the one before.
BEGINNING = 1_481_673_600_000


class FakeBucket(ModuleType):
    """Plays the native module `lab_bucket`."""

    def __init__(self) -> None:
        super().__init__("lab_bucket")
        self.buckets: dict[str, int] = {}
        self.objects: dict[tuple[str, str], tuple[bytes, dict[str, Any]]] = {}
        self._time = BEGINNING

    @property
    def kept(self) -> dict[tuple[str, str], bytes]:
        """The bytes of all objects."""
        return {name: body for name, (body, _) in self.objects.items()}

    def put_object(
        self, bucket: str, key: str, body: bytes, etag: str, type: str, metadata: dict[str, str]
    ) -> dict[str, Any]:
        assert isinstance(body, bytes)
        self.create_bucket(bucket)
        about = {
            "size": len(body),
            "modified": self._now(),
            "etag": etag,
            "type": type,
            "metadata": dict(metadata),
        }
        self.objects[bucket, key] = body, about
        return about

    def get_object(self, bucket: str, key: str) -> tuple[bytes, dict[str, Any]] | None:
        return self.objects.get((bucket, key))

    def head_object(self, bucket: str, key: str) -> dict[str, Any] | None:
        found = self.objects.get((bucket, key))
        return None if found is None else found[1]

    def delete_object(self, bucket: str, key: str) -> None:
        self.objects.pop((bucket, key), None)

    def list_objects(self, bucket: str) -> tuple[tuple[str, dict[str, Any]], ...] | None:
        if bucket not in self.buckets:
            return None
        return tuple((key, about) for (of, key), (_, about) in self.objects.items() if of == bucket)

    def create_bucket(self, bucket: str) -> bool:
        if bucket in self.buckets:
            return False
        self.buckets[bucket] = self._now()
        return True

    def list_buckets(self) -> tuple[tuple[str, int], ...]:
        return tuple(self.buckets.items())

    def _now(self) -> int:
        self._time += 1000
        return self._time
