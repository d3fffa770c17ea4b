"""Parts of Python's library that a process has on Linux and not in a browser, for a brought runtime.

What a runtime imports at its top has to be there even if nothing ever calls it. The numbers are Linux's; the
limits are those that were seen in a sandbox (`lambda-logs-2026` of `content/sources.json`).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

UNLIMITED = -1
LIMITS = (
    "RLIMIT_CPU RLIMIT_FSIZE RLIMIT_DATA RLIMIT_STACK RLIMIT_CORE RLIMIT_RSS RLIMIT_NPROC RLIMIT_NOFILE "
    "RLIMIT_MEMLOCK RLIMIT_AS . RLIMIT_SIGPENDING RLIMIT_MSGQUEUE RLIMIT_NICE RLIMIT_RTPRIO RLIMIT_RTTIME"
)
SEEN = {"RLIMIT_NOFILE": 1024, "RLIMIT_NPROC": 742, "RLIMIT_STACK": 8 << 20}


class Usage(NamedTuple):
    """What a process has used."""

    ru_utime: float
    ru_stime: float
    ru_maxrss: int
    ru_ixrss: int = 0
    ru_idrss: int = 0
    ru_isrss: int = 0
    ru_minflt: int = 0
    ru_majflt: int = 0
    ru_nswap: int = 0
    ru_inblock: int = 0
    ru_oublock: int = 0
    ru_msgsnd: int = 0
    ru_msgrcv: int = 0
    ru_nsignals: int = 0
    ru_nvcsw: int = 0
    ru_nivcsw: int = 0


def _fill_resource(module: ModuleType) -> None:
    numbers = {name: number for number, name in enumerate(LIMITS.split()) if name != "."}
    limits = {number: (SEEN.get(name, UNLIMITED), UNLIMITED) for name, number in numbers.items()}

    def getrlimit(resource: int, /) -> tuple[int, int]:
        if resource not in limits:
            raise ValueError("invalid resource specified")
        return limits[resource]

    def setrlimit(resource: int, given: tuple[int, int], /) -> None:
        getrlimit(resource)
        soft, hard = given
        limits[resource] = (soft, hard)

    def prlimit(_pid: int, resource: int, given: tuple[int, int] | None = None, /) -> tuple[int, int]:
        before = getrlimit(resource)
        if given is not None:
            setrlimit(resource, given)
        return before

    def getrusage(_who: int, /) -> Usage:
        # Nobody measures memory here: it is that of a small process.
        return Usage(time.process_time(), 0.0, 32 << 10)

    def getpagesize() -> int:
        return 4096

    for function in (getrlimit, setrlimit, prlimit, getrusage, getpagesize):
        vars(module)[function.__name__] = function
    own = {"RLIM_INFINITY": UNLIMITED, "RUSAGE_SELF": 0, "RUSAGE_CHILDREN": -1, "RUSAGE_THREAD": 1}
    vars(module).update(numbers, **own, RLIMIT_OFILE=7, error=OSError, struct_rusage=Usage)


USER = "sbx_user1051"


class User(NamedTuple):
    """One line of /etc/passwd."""

    pw_name: str
    pw_passwd: str
    pw_uid: int
    pw_gid: int
    pw_gecos: str
    pw_dir: str
    pw_shell: str


class Group(NamedTuple):
    """One line of /etc/group."""

    gr_name: str
    gr_passwd: str
    gr_gid: int
    gr_mem: list[str]


def _fill_pwd(module: ModuleType) -> None:
    def user() -> User:
        return User(USER, "x", os.getuid(), os.getgid(), "", f"/home/{USER}", "/sbin/nologin")

    def getpwuid(uid: int, /) -> User:
        if uid != os.getuid():
            raise KeyError(f"getpwuid(): uid not found: {uid}")
        return user()

    def getpwnam(name: str, /) -> User:
        if name != USER:
            raise KeyError(f"getpwnam(): name not found: {name!r}")
        return user()

    def getpwall() -> list[User]:
        return [user()]

    vars(module).update(getpwuid=getpwuid, getpwnam=getpwnam, getpwall=getpwall, struct_passwd=User)


def _fill_grp(module: ModuleType) -> None:
    def group() -> Group:
        return Group(USER, "x", os.getgid(), [])

    def getgrgid(gid: int, /) -> Group:
        if gid != os.getgid():
            raise KeyError(f"getgrgid(): gid not found: {gid}")
        return group()

    def getgrnam(name: str, /) -> Group:
        if name != USER:
            raise KeyError(f"getgrnam(): name not found: {name!r}")
        return group()

    def getgrall() -> list[Group]:
        return [group()]

    vars(module).update(getgrgid=getgrgid, getgrnam=getgrnam, getgrall=getgrall, struct_group=Group)


def _fill_syslog(module: ModuleType) -> None:
    priorities = ("EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG")
    vars(module).update({f"LOG_{name}": number for number, name in enumerate(priorities)})
    vars(module).update(LOG_PID=1, LOG_CONS=2, LOG_NDELAY=8, LOG_USER=8, LOG_DAEMON=24, LOG_LOCAL0=128)

    def nothing(*_args: Any, **_kwargs: Any) -> None:
        """Take what a machine's own log would take."""

    vars(module).update(openlog=nothing, syslog=nothing, closelog=nothing, setlogmask=nothing)


STAND_INS: Mapping[str, Callable[[ModuleType], None]] = {
    "grp": _fill_grp,
    "pwd": _fill_pwd,
    "resource": _fill_resource,
    "syslog": _fill_syslog,
}

EPOLL = (
    "EPOLLIN 1 EPOLLPRI 2 EPOLLOUT 4 EPOLLERR 8 EPOLLHUP 16 EPOLLRDHUP 8192 EPOLLET 2147483648 "
    "EPOLLONESHOT 1073741824 EPOLL_CLOEXEC 524288"
)
FAMILIES = "AF_UNIX 1 AF_NETLINK 16 AF_VSOCK 40 NETLINK_ROUTE 0 VMADDR_CID_ANY 4294967295"
FLAGS = "SEEK_DATA 3 SEEK_HOLE 4 GRND_NONBLOCK 1 MFD_CLOEXEC 1 EFD_CLOEXEC 524288 EFD_NONBLOCK 2048 P_PIDFD 3"

NO_CALLS = (
    "copy_file_range eventfd getegid geteuid getgroups getrandom getresuid getxattr initgroups link "
    "listxattr memfd_create mkfifo mknod nice openpty pidfd_open pipe2 preadv pwritev removexattr "
    "sched_getaffinity sched_getscheduler sched_setaffinity sched_setscheduler sendfile setegid seteuid "
    "setgroups setpriority setresuid setxattr splice"
)


def _numbers(text: str) -> dict[str, int | None]:
    words = text.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


# By the module: numbers that Linux has for them, and functions that are not there, None.
NAMES: Mapping[str, Mapping[str, int | None]] = {
    "asyncio": dict.fromkeys(("open_unix_connection", "start_unix_server")),
    "os": {
        **_numbers(FLAGS),
        **dict.fromkeys(NO_CALLS.split()),
    },
    "select": {**_numbers(EPOLL), "epoll": None},
    "selectors": {"EpollSelector": None},
    "signal": {"pidfd_send_signal": None},
    "socket": {**_numbers(FAMILIES), "sethostname": None},
    "threading": {"get_native_id": None},
    "time": {"thread_time": None, "thread_time_ns": None},
}

# Where a machine tells of itself: a browser's disk has none of these files.
MACHINE = ("/proc/", "/sys/", "/etc/", "/dev/")


def watch_for_machine_files(is_asked: Callable[[], bool], note: Callable[[str, str], None]) -> None:
    """Tell of each file of the machine that the runtime opens and that is not there."""
    exists = os.path.lexists

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if event != "open" or type(args[0]) is not str or not args[0].startswith(MACHINE):
            return
        if is_asked() and not exists(args[0]):
            note("machineFile", args[0])

    sys.addaudithook(heard)
