"""checksheet: the check sheet in a document, by libchecksheet (ctypes; nothing is compiled).

    import checksheet
    knowledge = checksheet.Knowledge()
    reading = knowledge.read(open("sheet.pdf", "rb").read(), name="sheet.pdf")
    if reading.sheet:
        for item in reading.sheet["items"]:
            print(item["name"], item["answer"]["status"])
    else:
        print(reading.status, reading.message)

The document is read in a process of its own, with limits and in a sandbox, unless Options say otherwise. checksheet.h says
all the rest: statuses, threads, limits. The names in a sheet are those of checksheet-1.schema.json.
"""
import ctypes
import ctypes.util
import enum
import json
import os
import typing

__all__ = ["Knowledge", "Options", "PatternError", "Reading", "Where", "version"]


class Where(enum.IntEnum):
    """Where a document is read; SANDBOX unless said otherwise."""
    SANDBOX = 0
    PROCESS = 1
    CALLER = 2


class PatternError(Exception):
    """A file of patterns or a catalogue is wrong; the text is all that is wrong with it."""


class Options(typing.NamedTuple):
    """How a document is read; None: as the program does."""
    where: Where = Where.SANDBOX
    seconds: typing.Optional[float] = None      # time for one document
    cpu_seconds: typing.Optional[int] = None
    memory: typing.Optional[int] = None         # MiB
    passwords: typing.Sequence[str] = ()        # to try on what is encrypted
    pages: typing.Optional[str] = None          # "1-3" or "2,5-": those of a PDF that are read
    max_input: typing.Optional[int] = None      # MiB of the document
    max_unpacked: typing.Optional[int] = None   # MiB of what is packed in it
    max_sheet: typing.Optional[int] = None      # MiB
    max_pages: typing.Optional[int] = None
    program: typing.Optional[str] = None        # the path of `checksheet`


class Reading(typing.NamedTuple):
    """What became of a document."""
    status: str                                 # "ok", "ok-with-warnings", "no-sheet", "damaged", ...
    message: typing.Optional[str]               # why there is no sheet, or the first warning
    json: typing.Optional[str]                  # the sheet as one line of JSON
    sheet: typing.Optional[dict]                # the same, parsed


def _load():
    """$LIBCHECKSHEET, else the installed library."""
    library = ctypes.CDLL(os.environ.get("LIBCHECKSHEET") or "libchecksheet.so.0")
    text, handle, size = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_size_t
    for name, result, arguments in [
            ("version", text, []),
            ("knowledge_open", handle, [text, text, ctypes.POINTER(handle)]),
            ("knowledge_free", None, [handle]),
            ("knowledge_fingerprint", text, [handle]),
            ("message_free", None, [handle]),
            ("options_new", handle, []),
            ("options_free", None, [handle]),
            ("options_set_where", None, [handle, ctypes.c_int]),
            ("options_set_seconds", None, [handle, ctypes.c_double]),
            ("options_set_cpu_seconds", None, [handle, ctypes.c_int]),
            ("options_set_memory", None, [handle, ctypes.c_int]),
            ("options_set_program", None, [handle, text]),
            ("options_set_max_input", None, [handle, ctypes.c_int]),
            ("options_set_max_unpacked", None, [handle, ctypes.c_int]),
            ("options_set_max_sheet", None, [handle, ctypes.c_int]),
            ("options_set_max_pages", None, [handle, ctypes.c_int]),
            ("options_add_password", None, [handle, text]),
            ("options_set_pages", ctypes.c_int, [handle, text]),
            ("read", handle, [handle, handle, ctypes.c_char_p, size, text, text]),
            ("reading_free", None, [handle]),
            ("reading_status", text, [handle]),
            ("reading_message", text, [handle]),
            ("reading_json", text, [handle])]:
        function = getattr(library, f"checksheet_{name}")
        function.restype, function.argtypes = result, arguments
    return library


_library = _load()


def _bytes(text):
    return None if text is None else os.fsencode(text)


def _text(value):
    return None if value is None else value.decode("utf-8", "replace")


def version():
    return _text(_library.checksheet_version())


class Knowledge:
    """What is known before a document is read: PATTERNS, a folder of pattern files, and CATALOGUE, a file of another list
    of questions; None: those built in. Any number of threads may read with one; readings in the caller wait for each
    other."""

    def __init__(self, patterns=None, catalogue=None):
        message = ctypes.c_void_p()
        self._handle = _library.checksheet_knowledge_open(_bytes(patterns), _bytes(catalogue), ctypes.byref(message))
        if not self._handle:
            text = _text(ctypes.string_at(message.value))
            _library.checksheet_message_free(message)
            raise PatternError(text)

    def __del__(self):
        if getattr(self, "_handle", None):
            _library.checksheet_knowledge_free(self._handle)
            self._handle = None

    @property
    def fingerprint(self):
        return _text(_library.checksheet_knowledge_fingerprint(self._handle))

    def read(self, document, name=None, charset=None, options=Options()):
        """The Reading of the bytes DOCUMENT; NAME is what the sheet calls its source, CHARSET an encoding that was declared
        outside of them. Raises nothing that the document could cause."""
        document = bytes(document)
        given = _options(options)
        try:
            reading = _library.checksheet_read(self._handle, given, document, len(document), _bytes(name),
                                               _bytes(charset))
        finally:
            _library.checksheet_options_free(given)
        try:
            line = _text(_library.checksheet_reading_json(reading))
            return Reading(_text(_library.checksheet_reading_status(reading)),
                           _text(_library.checksheet_reading_message(reading)), line, line and json.loads(line))
        finally:
            _library.checksheet_reading_free(reading)


def _options(options):
    given = _library.checksheet_options_new()
    _library.checksheet_options_set_where(given, options.where)
    for name in ("seconds", "cpu_seconds", "memory", "max_input", "max_unpacked", "max_sheet", "max_pages"):
        if getattr(options, name) is not None:
            getattr(_library, f"checksheet_options_set_{name}")(given, getattr(options, name))
    for password in options.passwords:
        _library.checksheet_options_add_password(given, _bytes(password))
    if options.program is not None:
        _library.checksheet_options_set_program(given, _bytes(options.program))
    if not _library.checksheet_options_set_pages(given, _bytes(options.pages)):
        _library.checksheet_options_free(given)
        raise ValueError(f"pages {options.pages!r}: expected pages and ranges of them, as 1-3 or 2,5-7")
    return given
