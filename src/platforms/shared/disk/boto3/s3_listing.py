# SPDX-License-Identifier: Apache-2.0
"""One page of a bucket's listing, as ListObjectsV2 makes it, and all of them. A stand-in, not boto3."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from boto3.stand_in import Limited, check

if TYPE_CHECKING:
    from lab_bucket import About

# S3 gives no more than this at once.
MOST_KEYS = 1000


class Paginator(Limited):
    """Asks for page after page until there is no more."""

    def __init__(self, call: Callable[..., dict[str, Any]]) -> None:
        self._call = call

    def paginate(self, **arguments: Any) -> "Pages":
        """Return the pages; `PaginationConfig={"PageSize": n}` sets how many keys one has."""
        return Pages(self._call, arguments)


class Pages(Limited):
    """All pages of a listing, asked for as they are iterated."""

    def __init__(self, call: Callable[..., dict[str, Any]], arguments: dict[str, Any]) -> None:
        self._call = call
        self._arguments = arguments

    def __iter__(self) -> Iterator[dict[str, Any]]:
        arguments = dict(self._arguments)
        config = arguments.pop("PaginationConfig", {})
        check(config, "", "PageSize", within="PaginationConfig")
        more = {"MaxKeys": config["PageSize"]} if "PageSize" in config else {}
        while True:
            page = self._call(**{**arguments, **more})
            yield page
            if not page["IsTruncated"]:
                return
            if "NextContinuationToken" in page:
                more["ContinuationToken"] = page["NextContinuationToken"]
            else:
                more["Marker"] = page.get("NextMarker") or page["Contents"][-1]["Key"]


def list_page(
    objects: Iterable[tuple[str, "About"]], prefix: str, delimiter: str, after: bytes, most: int
) -> dict[str, Any]:
    """Return the objects behind `after`, in the order of their keys' bytes.

    Keys that share what stands before the first delimiter behind the prefix count as one, and are
    listed by that: a folder, as a person would call it.
    """
    contents: list[dict[str, Any]] = []
    folders: list[str] = []
    last = after
    is_truncated = False
    for key, about in sorted(objects, key=lambda item: in_order(item[0])):
        if not key.startswith(prefix) or in_order(key) <= after:
            continue
        end = key.find(delimiter, len(prefix)) if delimiter else -1
        folder = key[: end + len(delimiter)] if end >= 0 else None
        # What lies in a folder that an earlier page has listed is told by that already.
        if folder is not None and (folder in folders or in_order(folder) == after):
            continue
        if len(contents) + len(folders) >= most:
            is_truncated = most > 0
            break
        if folder is None:
            contents.append(entry(key, about))
        else:
            folders.append(folder)
        last = in_order(folder or key)
    page: dict[str, Any] = {"IsTruncated": is_truncated, "KeyCount": len(contents) + len(folders)}
    if contents:
        page["Contents"] = contents
    if folders:
        page["CommonPrefixes"] = [{"Prefix": folder} for folder in folders]
    if is_truncated:
        page["NextContinuationToken"] = urlsafe_b64encode(last).decode("ascii")
    return page


def entry(key: str, about: "About") -> dict[str, Any]:
    """Return an object as it stands in a listing."""
    return {
        "Key": key,
        "LastModified": moment(about["modified"]),
        "ETag": f'"{about["etag"]}"',
        "Size": about["size"],
        "StorageClass": "STANDARD",
    }


def moment(milliseconds: int) -> datetime:
    """Return a time as S3 tells it: in whole seconds, of UTC."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def in_order(key: str) -> bytes:
    """Return what S3 sorts keys by: their bytes in UTF-8."""
    return key.encode("utf-8", "surrogatepass")


def token_to_bytes(token: str) -> bytes | None:
    """Return what `NextContinuationToken` was made of, None when it was not made here."""
    try:
        return urlsafe_b64decode(token.encode("ascii"))
    except ValueError:
        return None
