"""One execution environment's process, made ready: its disk is there, now its Python becomes the platform's.

`prepare` is called once, before the platform's entry script runs; the interpreter then executes the
call that it returns, so that no frame of the lab lies under the reader's. `ended` is called when
that script is over and says how a real process would have ended.
"""

from __future__ import annotations

import _imp
import atexit
import builtins
import operator
import os
import runpy
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import BuiltinImporter
from types import CodeType, ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

from harness.absences import Absences, watch_for_absences
from harness.event_loop import NoSelector, leave_pyodide_loop, plain_sleep, use_process_loop
from harness.hidden_modules import forget_hidden_modules
from harness.installed import install_below
from harness.library import archive_path, library_below
from harness.listening import listen_across
from harness.locales import know_locales
from harness.native import Border, EnvironmentEnded, NativeFinder, OutputGate
from harness.own import dumps, loads
from harness.passed_sockets import pass_sockets
from harness.pipes import Pipes
from harness.process_end import LastWords, Modules, forget_error
from harness.recorder import Recorder
from harness.signals import HARMLESS, Signals, offer_signals
from harness.streams import open_standard_streams
from harness.telemetry import open_telemetry
from harness.time_zone import begin_in_zone
from harness.wire import connect_across

if TYPE_CHECKING:
    from harness.brought import Brought

# Frames of these places are Python's own, or ours: never recorded.
OWN = "/harness/"
LIBRARY = ("/lib/python", "<frozen", OWN)

# What is built into Python on a platform; in Pyodide it is all that is written in C.
BUILTIN_MODULE_NAMES = (
    "_abc _ast _codecs _collections _functools _imp _io _locale _operator _signal _sre _stat _string "
    "_suggestions _symtable _sysconfig _thread _tokenize _tracemalloc _typing _warnings _weakref atexit "
    "builtins errno faulthandler gc itertools marshal posix pwd sys time"
)

# Calls before which a process's own buffers stay as they are: the end without clean-up, and the reader's
# bucket. Any other may be the one at which the platform ends the process where it waits: then it is too late.
UNFLUSHED = {"process", "lab_bucket"}

# Sets the alarm clock: milliseconds from now, or none, and the number of the signal.
Ring = Callable[[float | None, int], object]

# What ends a process that has not asked for anything else.
DEADLY = {*range(1, signal.NSIG)} - HARMLESS


class Session:
    """What the interpreter keeps of a prepared environment."""

    def __init__(
        self,
        outermost: Callable[..., object] | None,
        args: tuple[Any, ...],
        start: Callable[[int, int, int], None],
        flush: Callable[[], None],
        send: Callable[[], None],
        modules: Modules,
    ) -> None:
        """Keep what starts the platform's process: `outermost`, to be called with `args` from outside Python.

        It is None when the entry script does not compile. `send` hands over what the process wrote to pipes.
        """
        self.outermost = outermost
        self.args = args
        self._start = start
        self._flush = flush
        self._send = send
        self._modules = modules

    def begin(self, events: int, output: int, frames: int = 0) -> None:
        """Start recording, in a call of its own: the entry script must be the outermost frame."""
        leave_pyodide_loop()
        self._start(events, output, frames)

    def ended(self) -> int:
        """Return the exit status, after writing to stderr what Python writes when a script fails."""
        try:
            _set_trace(None)
            self._flush()
        except Exception as error:
            # What a reader has broken may break this, too: the process has an end all the same.
            _write_bytes(2, f"{type(error).__name__} while the recording ended\n".encode())
        error = getattr(sys, "last_exc", None)
        if isinstance(error, EnvironmentEnded):
            return 0
        status = _last_words.exit_status(error)
        is_exit = isinstance(error, SystemExit)
        # Frames and names that are still held keep what is in them alive.
        error = None
        self.args = ()
        if is_exit:
            forget_error()
        # What was registered for the end runs after the error was written.
        _run_exit_functions()
        _flush_streams()
        # Python's last act.
        try:
            self._modules.let_go()
        except Exception as error:
            # What a reader has broken may break this, too.
            _write_bytes(2, f"{type(error).__name__} while the process ended\n".encode())
        _flush_streams()
        try:
            self._send()
        except EnvironmentEnded:
            # An environment that has ended already takes nothing more.
            return status
        return status


def _take_modules(sources: dict[str, str]) -> Any:
    """Make modules of the harness that come with a run, and return the last one.

    What few runs need is in no boot image. The package is known by its name only while they are made.
    """
    absences = ModuleType("harness.absences")
    vars(absences).update(watch_for_absences.__globals__)
    made = {"harness": ModuleType("harness"), absences.__name__: absences}
    sys.modules.update(made)
    try:
        for name, source in sources.items():
            module = made[f"harness.{name}"] = ModuleType(f"harness.{name}")
            vars(module)["__builtins__"] = globals()["__builtins__"]
            sys.modules[module.__name__] = module
            exec(compile(source, f"{OWN}harness/{name}.py", "exec"), vars(module))
    finally:
        for name in made:
            sys.modules.pop(name, None)
    return [*made.values()][-1]


def _flush_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            # Python passes over a stream that the program has taken away or broken.
            continue


# Bound here: a reader may put something else in their places.
_set_trace = sys.settrace
_write_bytes = os.write
_run_exit_functions = atexit._run_exitfuncs  # pyright: ignore[reportPrivateUsage]
_last_words = LastWords(lambda: OWN)


def prepare(
    platform: str,
    variables: str,
    call: Callable[[str, str, str], Any],
    sink: Callable[[str], object],
    wait: Callable[[Any], str] | None,
    ring: Ring | None = None,
    written: Callable[[], str] | None = None,
) -> Session:
    """Turn this Python into the platform's process.

    `platform` is the text of `platform.json`, `variables` a JSON object: the whole environment of the
    process. `call` and `sink` lead out of Python, `wait` resolves what `call` has promised, `ring` sets the
    alarm clock of a Python that has no timers, which is then also one that lacks other things of a machine.
    `written` tells which files of its disk were changed.
    """
    image = loads(platform)
    entry = image["entry"]
    pipes: Pipes | None = None

    # None before they are opened, and where a native function takes all output.
    flush_streams: Callable[[], None] | None = None

    def send() -> None:
        if pipes is not None:
            pipes.send()

    places = _places_of_runtime(image), _places_of_library(image)
    recorder = Recorder(sink, *places, image["cwd"], written)
    gate = OutputGate(lambda limit: _tell(recorder, sink, {"kind": "cut", "what": "output", "limit": limit}))

    bringing: Any = None
    brought: Brought | None = None

    def tell_absence(event: dict[str, Any]) -> None:
        _tell(recorder, sink, event if brought is None else brought.placed(event))

    absences = Absences(tell_absence)
    if "brought" in image:
        bringing = _take_modules(image["brought"]["harness"])

        def tell(event: dict[str, Any]) -> None:
            _tell(recorder, sink, event)

        brought = bringing.Brought(image["brought"]["python"], _places_of_runtime(image), tell)

    def start(events: int, output: int, frames: int = 0) -> None:
        gate.begin(output)
        absences.begin()
        recorder.number_from(frames)
        # What another process of the environment finds is known by the changes of the disk.
        keeps_files = "resets" in image or "processes" in image
        recorder.begin(events, watches_disk=keeps_files or events > 0)

    outputs = {native.get("output") for native in image["native"]}

    def before(module: str, name: str) -> None:
        if (module, name) != ("pipe", "write"):
            send()
        if flush_streams is not None and module not in UNFLUSHED:
            flush_streams()
        # A program may print and put a thousand times; the platform's own calls are few.
        recorder.flush(thorough=module != "lab_bucket" and name not in outputs)

    border = Border(call, wait, before, lambda limits: start(limits["events"], limits["output"]))
    missing = None if brought is None else brought.missing
    crossing: Any = border if brought is None else brought.over(border)
    sys.meta_path.insert(0, NativeFinder(image["native"], crossing, gate, missing))
    _become_process(image, loads(variables), border, absences, ring)
    if brought is not None:
        bringing.take_in(image["brought"], brought)
    if not any(native.get("output") for native in image["native"]):
        flush_streams = open_standard_streams(recorder.flush, gate)
    number = loads(variables).get(image.get("telemetry", ""))
    if number is not None:
        open_telemetry(number, border, gate)
    if brought is not None:
        bringing.cross_any_way(border, NoSelector, loads(variables).get(image.get("connects", "")), number)
    if "pipes" in image:
        pipes = Pipes(image["pipes"]["in"], image["pipes"]["out"], border)
        pipes.open_streams()
        recorder.watch(pipes.send)
    modules = Modules(LIBRARY)
    main = _fresh_main(entry)
    if "start" in image:
        # As `python -m` does it: these frames of Python's own lie beneath the module's.
        run_module: Callable[[str], object] = vars(runpy)["_run_module_as_main"]
        return Session(run_module, (image["start"]["module"],), start, recorder.flush, send, modules)
    code = _compile(entry)
    return Session(code and builtins.exec, (code, main), start, recorder.flush, send, modules)


def _become_process(
    image: dict[str, Any], variables: dict[str, str], border: Border, absences: Absences, ring: Ring | None
) -> None:
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(image["cwd"])
    entry = image["entry"]
    library = install_below(image["prefix"], archive_path()) if "prefix" in image else _library_path()
    python_path = [path for path in variables.get("PYTHONPATH", "").split(":") if path]
    # As Python does: a script's folder first (for a module the working directory), then PYTHONPATH.
    first = image["cwd"] if "start" in image else os.path.dirname(entry)
    sys.path[:] = [first, *python_path, *library]
    # What a program may find out of how it was started; Pyodide's own names its host's files.
    sys.executable = image.get("executable", "")
    start: dict[str, Any] = image.get("start", {})
    arguments: list[str] = start.get("values") or _values_of(start.get("arguments", ()), variables)
    sys.argv[:] = [entry, *arguments]
    started = ["-m", image["start"]["module"]] if "start" in image else [entry]
    # A process writes what it has compiled, if it can; Pyodide is told not to. Where the function's folder
    # may be written to, that stays, so that a run leaves nothing there but what a reader has put there.
    if any(f"{image['task']}/".startswith(f"{place.rstrip('/')}/") for place in image.get("readOnly", ())):
        sys.dont_write_bytecode = bool(variables.get("PYTHONDONTWRITEBYTECODE"))
    sys.orig_argv[:] = [sys.executable, *started, *arguments]
    # Python's own importer would believe that list, and refuse what is really there.
    sys.builtin_module_names = tuple(BUILTIN_MODULE_NAMES.split())  # type: ignore[misc]
    BuiltinImporter.create_module = staticmethod(_imp.create_builtin)  # type: ignore[method-assign]
    # Pyodide's own is another function; what a process says when its script fails is said in `ended`.
    sys.excepthook = sys.__excepthook__
    # `importlib.invalidate_caches` would import more of the library, and forget what its archive has.
    sys.path_importer_cache.clear()
    forget_hidden_modules(image["task"])
    if ring is not None:
        signals = Signals(ring, lambda status: _end(border, status), plain_sleep)
        offer_signals(signals, [sys.modules[name] for name in ("_signal", "signal") if name in sys.modules])
        use_process_loop(signals)
        watch_for_absences(absences, library_below(image["prefix"]) if "prefix" in image else None)
    begin_in_zone()
    if "locales" in image:
        know_locales(image["locales"], os.environ)
    _hide_own_frames()
    _let_processes_end(border)
    if "connects" in image:
        connect_across(variables[image["connects"]], border)
    if image.get("passesSockets"):
        pass_sockets(border)
    if "listens" in image:
        listen_across(int(variables[image["listens"]]), border)


def _values_of(names: Sequence[str], variables: dict[str, str]) -> list[str]:
    return [variables[name] for name in names if name in variables]


def _library_path() -> list[str]:
    """Return Python's own part of the path; Pyodide leaves out the folder that its modules would lie in."""
    library = [path for path in sys.path if path.startswith("/lib/python")]
    for path in library:
        folder, name = os.path.split(path)
        if name == "lib-dynload" and folder not in library:
            library.insert(library.index(path), folder)
            break
    return library


def say_nothing(_kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
    """Stand in for `sys.excepthook` while Pyodide wraps an error for JavaScript."""


def _hide_own_frames() -> None:
    """Leave the frames by which native functions are played out of every trace that the process writes."""
    library = sys.modules.get("traceback")
    for name in ("walk_tb", "_walk_tb_with_full_positions"):
        if library is not None and hasattr(library, name):
            setattr(library, name, _without_own_frames(getattr(library, name)))


def _without_own_frames(walk: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def walk_others(trace: TracebackType | None) -> Iterator[Any]:
        for step in walk(trace):
            if not step[0].f_code.co_filename.startswith(OWN):
                yield step

    return walk_others


def _end(border: Border, status: int) -> NoReturn:
    border.cross("process", "exit", (status,))
    raise EnvironmentEnded


def _let_processes_end(border: Border) -> None:
    """Make `os._exit` and `os.abort` end this process: in a browser they would break the interpreter."""

    def end(status: int) -> None:
        _end(border, status)

    def _exit(status: int) -> None:
        number = operator.index(status)
        if number >= 2**31:
            raise OverflowError("signed integer is greater than maximum")
        if number < -(2**31):
            raise OverflowError("signed integer is less than minimum")
        # A status is one byte.
        end(number & 0xFF)

    def abort() -> None:
        # SIGABRT, as a shell or a platform sees it: killed by signal 6.
        end(-6)

    real_kill = os.kill

    def kill(pid: int, signal_number: int) -> None:
        if pid != os.getpid() or not signal_number:
            real_kill(pid, signal_number)
        elif signal_number in DEADLY and signal.getsignal(signal_number) in (signal.SIG_DFL, None):
            end(-signal_number)
        else:
            signal.raise_signal(signal_number)

    posix = sys.modules["posix"]
    for module in (os, posix):
        module._exit = _exit  # type: ignore[attr-defined]
        module.abort = abort  # type: ignore[attr-defined]
        module.kill = kill  # type: ignore[attr-defined]


def _compile(entry: str) -> CodeType | None:
    with open(entry, encoding="utf-8") as file:
        source = file.read()
    try:
        return compile(source, entry, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        # Without the frame of ours that compiled it: Python has none there.
        sys.last_exc = error.with_traceback(None)  # type: ignore[attr-defined]
        return None


def _fresh_main(entry: str) -> dict[str, Any]:
    """Return the namespace of a new `__main__`, which nothing but the process holds: it ends with it."""
    vars(sys.modules["__main__"]).clear()
    module = sys.modules["__main__"] = ModuleType("__main__")
    main = vars(module)
    main.update(__file__=entry, __builtins__=builtins)
    return main


def _places_of_runtime(image: dict[str, Any]) -> tuple[str, ...]:
    """Return where the runtime's code lies: for `/var/runtime/awslambda/bootstrap.py` in `/var/runtime/`.

    A platform may say so itself. Where the function's files lie beside the entry script, that script alone
    is the runtime; where it is itself one of them, there is none.
    """
    entry: str = image["entry"]
    if "runtime" in image:
        return tuple(image["runtime"])
    if image.get("entryOwner") == "handler":
        return ()
    if entry.startswith(f"{image['task']}/"):
        return (entry,)
    return ("/".join(os.path.dirname(entry).split("/")[:3]) + "/",)


def _places_of_library(image: dict[str, Any]) -> tuple[str, ...]:
    installed = (f"{library_below(image['prefix'])}/",) if "prefix" in image else ()
    return (*LIBRARY, *installed, *image.get("library", ()))


def _tell(recorder: Recorder, sink: Callable[[str], object], event: dict[str, Any]) -> None:
    recorder.flush()
    sink(dumps([event]))
