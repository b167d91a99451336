"""The folders of extract/ as floors of a house, and who includes whom: an include goes down, never up.

    tests/floors.py [FOLDER]     FOLDER in place of extract/

Prints the floors from the top, each folder with the folders that it includes and how often, then what is wrong: an include that goes up, two
folders or two files that include each other, whether directly or through others. Exit status 1 where something is wrong.
"""
import collections
import pathlib
import re
import sys

# From the ground up. A file that stands in extract/ itself is a floor's member by its own name.
FLOORS = [
    ["model"],
    ["modules", "text", "layout"],
    ["patterns", "answer"],
    ["items", "facts", "sheet"],
    ["read", "write"],
    ["fetch", "run", "change"],
    ["road"],
    ["library"],
    ["refresh", "export", "report", "commands", "main"],
]
FLOOR_OF = {member: number for number, members in enumerate(FLOORS) for member in members}
EXTRACT = pathlib.Path(__file__).resolve().parent.parent / "extract"


def includes(folder):
    """{file: set of the files that it includes}, paths from FOLDER; a .c file and its own header are one."""
    found = collections.defaultdict(set)
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".c", ".h", ".cc"):
            file = str(path.relative_to(folder).with_suffix(""))
            names = re.findall(r'^#include "([^"]+)\.h"', path.read_text(), re.MULTILINE)
            found[file].update(name for name in names if name != file)
    return found


def member_of(file):
    return file.split("/")[0]


def circles(graph):
    """Each set of nodes that can all be reached from one another (Tarjan 1972), those of one node left out."""
    order, low, stack, found = {}, {}, [], []

    def visit(node):
        order[node] = low[node] = len(order)
        stack.append(node)
        for after in sorted(graph.get(node, ())):
            if after not in order:
                visit(after)
            if after in stack:
                low[node] = min(low[node], low[after])
        if low[node] == order[node]:
            members = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(members) > 1:
                found.append(sorted(members))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found


def faults(files):
    folders = collections.defaultdict(set)
    for file, names in files.items():
        member = member_of(file)
        if member not in FLOOR_OF:
            yield f"{file}: {member} is on no floor"
        for name in sorted(names):
            if name not in files:
                yield f"{file} includes {name}.h, which is not there"
            elif FLOOR_OF.get(member_of(name), 99) > FLOOR_OF.get(member, 99):
                yield f"{file} includes {name}.h, which is on a floor above"
            if member_of(name) != member:
                folders[member].add(member_of(name))
    for circle in circles(folders):
        yield f"folders include each other: {', '.join(circle)}"
    for circle in circles(files):
        yield f"files include each other: {', '.join(circle)}"


def drawing(files):
    counts = collections.defaultdict(collections.Counter)
    for file, names in files.items():
        counts[member_of(file)].update(member_of(name) for name in names if member_of(name) != member_of(file))
    for floor in reversed(FLOORS):
        for member in floor:
            below = sorted(counts[member].items(), key=lambda pair: (-FLOOR_OF.get(pair[0], 99), pair[0]))
            yield f"  {member:9} → {' '.join(f'{name} {count}' for name, count in below) or 'GLib alone'}"
        yield "  " + "─" * 78


def main():
    files = includes(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else EXTRACT)
    print("\n".join(drawing(files)))
    wrong = list(faults(files))
    print("\n".join(wrong) if wrong else f"{len(files)} files, and no include goes up")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
