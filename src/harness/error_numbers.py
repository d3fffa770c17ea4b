"""Numbers and texts of system errors, as Linux has them.

Python's C code here has those of WebAssembly's system interface. What a program compares with is changed
here, once; the errors themselves are as they are made (`src/sandbox/error-numbers.ts`).
"""

from __future__ import annotations

import errno
import json
import os
import sys
from typing import Any

# From 1 on; a number that has none is left out by a dash.
NAMES = (
    "EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK "
    "EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE "
    "EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM "
    "ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC "
    "EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO "
    "EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX "
    "ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT "
    "EPROTONOSUPPORT ESOCKTNOSUPPORT ENOTSUP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL "
    "ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN "
    "ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN "
    "ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED "
    "EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL"
)
NUMBERS = {name: number for number, name in enumerate(NAMES.split(), 1) if name != "-"}
OTHER_NAMES = {"EWOULDBLOCK": "EAGAIN", "EDEADLOCK": "EDEADLK", "EOPNOTSUPP": "ENOTSUP"}

# Where the C library here says it in other words than that of Linux.
TEXTS = {
    "EADDRINUSE": "Address already in use",
    "EADDRNOTAVAIL": "Cannot assign requested address",
    "EBUSY": "Device or resource busy",
    "ECHILD": "No child processes",
    "ECONNABORTED": "Software caused connection abort",
    "EDEADLK": "Resource deadlock avoided",
    "EDOM": "Numerical argument out of domain",
    "EHOSTUNREACH": "No route to host",
    "EILSEQ": "Invalid or incomplete multibyte or wide character",
    "EINPROGRESS": "Operation now in progress",
    "EIO": "Input/output error",
    "EISCONN": "Transport endpoint is already connected",
    "ELOOP": "Too many levels of symbolic links",
    "EMFILE": "Too many open files",
    "EMSGSIZE": "Message too long",
    "ENAMETOOLONG": "File name too long",
    "ENETUNREACH": "Network is unreachable",
    "ENOMEM": "Cannot allocate memory",
    "ENOTCONN": "Transport endpoint is not connected",
    "ENOTSOCK": "Socket operation on non-socket",
    "ENOTSUP": "Operation not supported",
    "ENOTTY": "Inappropriate ioctl for device",
    "ERANGE": "Numerical result out of range",
    "ESPIPE": "Illegal seek",
    "ETIMEDOUT": "Connection timed out",
    "EXDEV": "Invalid cross-device link",
}


def use_linux_numbers() -> str:
    """Change the numbers that programs know by name, and what `os.strerror` says of one.

    Return, as JSON, what C makes errors of and what they are to tell: number, text, Linux's number, its
    text.
    """
    changes: list[tuple[int, str, int, str]] = []
    strerror = os.strerror
    texts: dict[int, str] = {}
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for name, old in list(vars(errno).items()):
        new = NUMBERS.get(OTHER_NAMES.get(name, name))
        if new is None or type(old) is not int:
            continue
        before[name], after[name] = old, new
        if name in NUMBERS:
            texts[new] = TEXTS.get(name, strerror(old))
            changes.append((old, strerror(old), new, texts[new]))
    names: dict[int, str] = vars(errno)["errorcode"]
    names.clear()
    names.update({number: name for name, number in NUMBERS.items() if name in after})
    for module in list(sys.modules.values()):
        # Some have them by their own names.
        known: dict[str, Any] = getattr(module, "__dict__", {})
        for name in known.keys() & before:
            if known[name] == before[name]:
                known[name] = after[name]

    def linux_strerror(code: int, /) -> str:
        """Translate an error code to a message string."""
        return texts.get(code) or (f"Unknown error {code}" if code else "Success")

    linux_strerror.__name__ = linux_strerror.__qualname__ = "strerror"
    for module in (os, sys.modules["posix"]):
        module.strerror = linux_strerror  # type: ignore[attr-defined]
    return json.dumps(changes)
