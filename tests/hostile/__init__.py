"""hostile - files that are made to hurt who reads them, each kind with the statuses that are right for it."""
from hostile.mail import MAILS
from hostile.packed import PACKED
from hostile.pdf import PDFS
from hostile.web import PAGES

KINDS = {"pdf": PDFS, "web": PAGES, "packed": PACKED, "mail": MAILS}


def write(folder, deep=False, only=lambda group, kind: True):
    """Makes the files in FOLDER, DEEP: those that take long too; gives {name: Kind}."""
    made = {}
    for group, kinds in KINDS.items():
        for name, kind in kinds.items():
            if only(group, name):
                for number in sorted(set(range(kind.count)) - (set() if deep else kind.deep)):
                    file = f"{group}-{name}-{number:02}.{kind.ending}"
                    (folder / file).write_bytes(kind.make(number))
                    made[file] = kind
    return made
