"""A time limit that ends an endless loop in the reader's function, and leaves nothing behind.

On the main thread of Linux and macOS the system's timer (SIGALRM) interrupts the function and
`TimeUp` is raised inside it. A function that swallows every exception (`except: pass`) is
stopped as well: from the second alarm on, its frames are traced, and `TimeUp` is raised again at
each line until it has left the function. Elsewhere (Windows, another thread) a watchdog thread
does the same; it is joined before the check returns, and it cannot interrupt a `time.sleep`.

The seconds are those in which the process was at work. On a machine that is busy with others the
clock may run up to `PATIENCE` times as long.

What this cannot do: interrupt one long call into C, such as a huge matrix product or
`10**10**9`. Python delivers nothing before that call returns. Under a debugger there is no limit,
because a limit would end a check that somebody is stepping through.
"""

import contextlib
import signal
import sys
import threading
import time

SECONDS = 2.0  # for a whole check; a right answer needs a few milliseconds
PATIENCE = 4  # a function that waits for nothing but the processor is not ended because of others
REPEAT = 0.05  # seconds between further alarms, for a function that swallowed the first


class TimeUp(BaseException):
    """Raised inside the reader's function when its time is up (`except Exception` lets it by)."""


class _StubbornTimeUp(TimeUp):
    """Raised by the watchdog when a first TimeUp was swallowed.

    Another thread can only name the class of an exception; it is made in the thread of the
    check, and so it is here that the tracing of that thread can be switched on.
    """

    def __init__(self):
        super().__init__()
        _keep_raising(sys._getframe(1))


def bounded(job, seconds=None):
    """Return job(), or raise TimeUp when it has not come to an end after `seconds`.

    Whatever job() raises is passed on. The previous signal handler and timer are restored.
    """
    clock = _choose_clock(SECONDS if seconds is None else seconds)
    done = []
    try:
        try:
            clock.start()
            done.append(_enter(job))
        finally:
            # A C call made in this very frame: tracing must be off before any function of ours
            # is entered, or it would be interrupted itself.
            clock.trace(None)
            clock.stop()
    except TimeUp:
        # A last TimeUp may have come while the lines above ran: do them again, now undisturbed.
        clock.trace(None)
        clock.stop()
    if not done:
        raise TimeUp
    return done[0]


def _enter(job):
    """The border: `TimeUp` is raised only in frames that this one has called."""
    return job()


def _choose_clock(seconds):
    if _Clock.running or _debugger_attached():
        return _NoClock()
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGALRM"):
        return _Alarm(seconds)
    return _Watchdog(seconds)


def _debugger_attached():
    """Is somebody stepping through the code (pdb, JupyterLab's debugger, an IDE)?"""
    if sys.gettrace() is not None:
        return True
    monitoring = getattr(sys, "monitoring", None)  # Python 3.12 and newer
    if monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID) is not None:
        return True
    debugpy = sys.modules.get("debugpy")  # a kernel imports it even when nobody debugs
    try:
        return bool(debugpy is not None and debugpy.is_client_connected())
    except Exception:
        return False


class _Clock:
    running = False
    trace = staticmethod(sys.settrace)


class _NoClock(_Clock):
    trace = staticmethod(bool)  # leaves the debugger's own tracing alone

    def start(self):
        pass

    def stop(self):
        pass


class _Stopwatch(_Clock):
    """Knows how much of its seconds the process has had."""

    def __init__(self, seconds):
        self.seconds = seconds

    def start(self):
        _Clock.running = True
        self.started, self.worked = time.monotonic(), time.process_time()

    def time_left(self):
        passed, worked = time.monotonic() - self.started, time.process_time() - self.worked
        return worked < self.seconds and passed < PATIENCE * self.seconds


class _Alarm(_Stopwatch):
    """SIGALRM, on the main thread."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.alarms = 0

    def start(self):
        super().start()
        self.old_handler = signal.signal(signal.SIGALRM, self._ring)
        self.old_timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, REPEAT)

    def stop(self):
        if not hasattr(self, "old_timer"):
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self.alarms > 1:
            _use_up_scheduled()
        signal.signal(signal.SIGALRM, self.old_handler)
        delay, interval = self.old_timer
        if delay:  # somebody else's timer was running: let it ring when it would have
            passed = time.monotonic() - self.started
            signal.setitimer(signal.ITIMER_REAL, max(delay - passed, 0.001), interval)
        del self.old_timer
        _Clock.running = False

    def _ring(self, signum, frame):
        if _frames_inside(frame) is None:
            return  # the function has returned a moment ago
        if not self.alarms and self.time_left():
            return
        self.alarms += 1
        if self.alarms > 1:  # the first TimeUp was swallowed
            _keep_raising(frame)
        raise TimeUp


class _Watchdog(_Stopwatch):
    """A thread that asks the interpreter to raise TimeUp in the thread of the check."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.over = threading.Event()
        self.target = threading.get_ident()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def start(self):
        super().start()
        self.thread.start()

    def stop(self):
        self.over.set()
        if self.thread.ident is not None:
            self.thread.join()
            _use_up_scheduled()
        _Clock.running = False

    def _watch(self):
        wait, exception = self.seconds, TimeUp
        while not self.over.wait(wait):
            wait = REPEAT
            if exception is TimeUp and self.time_left():
                continue
            if _frames_inside(sys._current_frames().get(self.target)) is not None:
                _raise_in(self.target, exception)
                exception = _StubbornTimeUp


def _frames_inside(frame):
    """The frames from `frame` out to the border, or None when the border is not among them."""
    found = []
    while frame is not None:
        if frame.f_code is _enter.__code__:
            return found
        found.append(frame)
        frame = frame.f_back
    return None


def _keep_raising(frame):
    """Trace the reader's frames, so that each further line raises TimeUp once more."""
    frames = _frames_inside(frame)
    if frames is None:
        return
    tracer = _tracer(threading.get_ident())
    for each in frames:
        each.f_trace = tracer
    sys.settrace(tracer)


def _tracer(thread_id):
    """A trace function that schedules TimeUp in a thread, and stays in force.

    A trace function that raises is switched off by Python, so that a function with two nested
    `except: pass` would go on. This one is the interpreter's own C function, which notes the
    exception for the next line instead of raising it. The three further arguments are those
    of a trace function (frame, event, value) and are not used.
    """
    import ctypes
    import functools

    set_exception = ctypes.pythonapi["PyThreadState_SetAsyncExc"]  # [] makes one of our own
    set_exception.argtypes = [ctypes.c_ulong] + [ctypes.py_object] * 4
    trace = functools.partial(set_exception, thread_id, TimeUp)
    # The function returns the number of threads it reached; a trace function returns the trace
    # function of the next line. A lookup turns one into the other without entering any frame.
    set_exception.restype = {0: trace, 1: trace}.__getitem__
    return trace


def _raise_in(thread_id, exception):
    """Schedule an exception in a thread, in place of one that is scheduled already."""
    import ctypes

    name = ctypes.py_object(exception)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), name)


def _use_up_scheduled():
    """Let a TimeUp that was scheduled in this thread, but not raised, be raised here.

    Taking it back would be simpler. But CPython 3.11 then keeps its mark that something is
    scheduled: every later function runs slower, and the next one that is traced hangs.
    """
    with contextlib.suppress(TimeUp):
        _raise_in(threading.get_ident(), TimeUp)
        for _ in range(1000):  # raised at the end of the first round
            pass
