#!/usr/bin/python3
"""sheet.py FILE - prints what a document answers, by libchecksheet alone (ctypes). wrappers/python is a whole wrapper."""
import ctypes
import json
import os
import sys

library = ctypes.CDLL(os.environ.get("LIBCHECKSHEET") or "libchecksheet.so.0")
for name in ("knowledge_open", "read"):
    getattr(library, f"checksheet_{name}").restype = ctypes.c_void_p
for name in ("reading_status", "reading_message", "reading_json"):
    getattr(library, f"checksheet_{name}").restype = ctypes.c_char_p

with open(sys.argv[1], "rb") as file:
    document = file.read()
knowledge = ctypes.c_void_p(library.checksheet_knowledge_open(None, None, None))
reading = ctypes.c_void_p(library.checksheet_read(knowledge, None, document, ctypes.c_size_t(len(document)),
                                                  sys.argv[1].encode(), None))
line = library.checksheet_reading_json(reading)
if line:
    for item in json.loads(line)["items"]:
        print((item["meti"] or {}).get("id", "-"), item["name"], item["answer"]["status"], sep="\t")
else:
    print(library.checksheet_reading_status(reading).decode(), library.checksheet_reading_message(reading).decode(),
          sep=": ", file=sys.stderr)
library.checksheet_reading_free(reading)
library.checksheet_knowledge_free(knowledge)
sys.exit(0 if line else 1)
