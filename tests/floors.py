#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the floors of src/: who may include and link whom, which libraries a
folder may know, one type per file pair, and the size of files.

    floors.py TREE         checks TREE/src; a line for each violation, exit 1 when there is one
    floors.py --self-test  makes trees with one violation each and sees that it is found
"""
import pathlib
import re
import sys
import tempfile

# What each folder may include from and link, besides itself.
FLOORS = {'base': set()}
for lower, upper in [
    ('base', 'identity'), ('identity', 'ledger'), ('ledger', 'invite'), ('invite', 'signaling'),
    ('signaling', 'mesh'), ('mesh', 'work'), ('work', 'swarm'), ('swarm', 'node'),
]:
    FLOORS[upper] = FLOORS[lower] | {lower}
FLOORS['node'] |= {'relay'}
FLOORS['app'] = FLOORS['node'] | {'node'}
FLOORS['cli'] = FLOORS['node'] | {'node'}
FLOORS['relay'] = {'base', 'identity', 'signaling'}
FLOORS['sandbox'] = {'base', 'work'}

# Who may know a library: headers as included, and dependencies as named in meson.build.
LIBRARIES = {
    'GTK': (r'(gtk|gdk|gsk|adwaita|graphene|libportal-gtk4)[/.]', r'(gtk\w*|adw|portal_gtk\w*)_dep', {'app'}),
    'GStreamer': (r'gst/', r'gst\w*_dep', {'mesh', 'invite'}),
    'libnice': (r'(nice|agent\.h|interfaces\.h)', r'nice_dep', {'mesh'}),
    'SQLite': (r'sqlite3\.h', r'sqlite_dep', {'ledger'}),
    'libsoup': (r'libsoup/', r'soup_dep', {'signaling', 'relay'}),
}

MAX_LINES = 600

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)
TYPE = re.compile(
    r'^[ \t]*G_(?:DECLARE|DEFINE)_(?!ENUM|FLAGS)(?:\w+_)?(?:TYPE|INTERFACE)(?:_WITH\w*|_EXTENDED)?[ \t]*\(\s*(\w+)\s*,\s*(\w+)', re.M)
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'


def own_text(path):
    return path.read_text(encoding='utf-8')


def check_includes(src, path, folder, text):
    for quote, header in INCLUDE.findall(text):
        if quote == '<':
            for library, (pattern, _, folders) in LIBRARIES.items():
                if re.match(pattern, header) and folder not in folders:
                    yield f'includes <{header}>: {library} is known in {", ".join(sorted(folders))} alone'
            continue
        if '/' not in header:
            if list(src.glob(f'*/{header}')) or (path.parent / header).exists():
                yield f'includes "{header}" without its folder'
            continue
        other = header.split('/')[0]
        if other == folder:
            if not (src / header).exists():
                yield f'includes "{header}", which is not there'
        elif other not in FLOORS:
            yield f'includes "{header}", which is of no folder of src/'
        elif other not in FLOORS[folder]:
            yield f'includes "{header}": {folder} does not stand on {other}'
        elif header.endswith('-private.h'):
            yield f'includes "{header}", which is private to {other}'


def check_types(path, text):
    stem = re.sub(r'-private$', '', path.stem)
    types = dict(TYPE.findall(text))
    if len(types) > 1:
        yield f'holds {len(types)} types ({", ".join(types)}): one type per file pair'
    for name, snake in types.items():
        if snake.replace('_', '-') != stem:
            yield f'holds {name}, so it should be named {snake.replace("_", "-")}{path.suffix}'


def check_meson(path, folder, text):
    text = re.sub(r'#.*', '', text)
    for other in sorted(set(re.findall(r'\b(\w+)_(?:dep|lib)\b', text))):
        if other in FLOORS and other != folder and other not in FLOORS[folder]:
            yield f'links {other}: {folder} does not stand on it'
    for library, (_, pattern, folders) in LIBRARIES.items():
        if folder not in folders and re.search(rf'\b{pattern}\b', text):
            yield f'links {library}, which is known in {", ".join(sorted(folders))} alone'
    for export in re.findall(r'declare_dependency\((.*?)^\)', text, re.S | re.M):
        for library, (_, pattern, _) in LIBRARIES.items():
            if re.search(rf'\b{pattern}\b', export) and library != 'GTK':
                yield f'hands {library} on to those above'


def check(tree):
    src = tree / 'src'
    files = 0
    for path in sorted(src.rglob('*')):
        if path.is_dir() or path.parent == src:
            continue
        folder = path.relative_to(src).parts[0]
        if folder not in FLOORS:
            yield f'{path.relative_to(tree)}: {folder} is no folder of the plan'
            continue
        found = []
        if path.suffix in ('.c', '.h'):
            files += 1
            text = own_text(path)
            found += check_includes(src, path, folder, text)
            found += check_types(path, text)
            lines = text.count('\n')
            if lines > MAX_LINES:
                found.append(f'has {lines} lines, {MAX_LINES} are allowed')
            if LICENCE not in text[:400]:
                found.append('has no licence line')
            if path.suffix == '.h' and '#pragma once' not in text:
                found.append('has no #pragma once')
            if path.name != 'main.c' and not path.name.startswith('edge-'):
                found.append('is not named edge-…')
        elif path.name == 'meson.build':
            found += check_meson(path, folder, own_text(path))
        for violation in found:
            yield f'{path.relative_to(tree)}: {violation}'
    if files == 0:
        yield f'{src}: no source file found'


HEAD = f'/* {LICENCE} */\n'
SELF_TESTS = [
    ('mesh/edge-a.c', HEAD + '#include "app/edge-b.h"\n', 'mesh does not stand on app'),
    ('base/edge-a.c', HEAD + '#include "identity/edge-b.h"\n', 'base does not stand on identity'),
    ('cli/edge-a.c', HEAD + '  #  include "app/edge-b.h"\n', 'cli does not stand on app'),
    ('relay/edge-a.c', HEAD + '#include "mesh/edge-b.h"\n', 'relay does not stand on mesh'),
    ('sandbox/edge-a.c', HEAD + '#include "identity/edge-b.h"\n', 'sandbox does not stand on identity'),
    ('node/edge-a.c', HEAD + '#include "ledger/edge-b-private.h"\n', 'private to ledger'),
    ('node/edge-a.c', HEAD + '#include "garden/edge-b.h"\n', 'no folder of src/'),
    ('base/edge-a.c', HEAD + '#include "edge-ok.h"\n', 'without its folder'),
    ('base/edge-a.c', HEAD + '#include "base/edge-gone.h"\n', 'which is not there'),
    ('node/edge-a.c', HEAD + '#include <gtk/gtk.h>\n', 'GTK is known in app alone'),
    ('node/edge-a.c', HEAD + '#include <adwaita.h>\n', 'GTK is known in app alone'),
    ('app/edge-a.c', HEAD + '#include <gst/gst.h>\n', 'GStreamer is known in invite, mesh alone'),
    ('node/edge-a.h', HEAD + '#pragma once\n#include <sqlite3.h>\n', 'SQLite is known in ledger alone'),
    ('mesh/edge-a.c', HEAD + '#include <libsoup/soup.h>\n', 'libsoup is known in relay, signaling alone'),
    ('node/edge-a.c', HEAD + 'G_DEFINE_FINAL_TYPE (EdgeA, edge_a, G_TYPE_OBJECT)\n'
                             'G_DEFINE_TYPE_WITH_CODE (EdgeB, edge_b, G_TYPE_OBJECT,\n', 'holds 2 types'),
    ('node/edge-a.h', HEAD + '#pragma once\nG_DECLARE_INTERFACE (EdgeBee, edge_bee, EDGE, BEE, GObject)\n',
     'should be named edge-bee.h'),
    ('node/edge-a.c', HEAD + '\n' * MAX_LINES, '601 lines'),
    ('node/edge-a.c', '#include <glib.h>\n', 'no licence line'),
    ('node/edge-a.h', HEAD, 'no #pragma once'),
    ('node/thing.c', HEAD, 'not named edge-'),
    ('garden/edge-a.c', HEAD, 'no folder of the plan'),
    ('mesh/meson.build', "x = static_library('x', dependencies: [base_dep, node_dep])\n", 'links node'),
    ('base/meson.build', "x = static_library('x', link_with: identity_lib)\n", 'links identity'),
    ('node/meson.build', "x = static_library('x', dependencies: [gst_sdp_dep])\n", 'links GStreamer'),
    ('node/meson.build', "x = static_library('x', dependencies: [gtk_dep])\n", 'links GTK'),
    ('mesh/meson.build', 'mesh_dep = declare_dependency(\n  dependencies: [gst_dep],\n)\n', 'hands GStreamer on'),
]
SOUND = [
    ('node/edge-a.c', HEAD + '#include "node/edge-a.h"\n#include "relay/edge-r.h"\n#include <gio/gio.h>\n'
                             '#include "config.h"\nG_DEFINE_FINAL_TYPE (EdgeA, edge_a, G_TYPE_OBJECT)\n'),
    ('node/edge-a.h', HEAD + '#pragma once\nG_DECLARE_FINAL_TYPE (EdgeA, edge_a, EDGE, A, GObject)\n'),
    ('app/edge-w.c', HEAD + '#include <gtk/gtk.h>\n#include "node/edge-a.h"\n'),
    ('app/meson.build', "# sqlite_dep\nexecutable('edge-net', 'main.c', dependencies: [node_dep, gtk_dep])\n"),
    ('relay/main.c', HEAD + '#include <libsoup/soup.h>\n#include "signaling/edge-s.h"\n'),
]


def self_test():
    def run(files):
        with tempfile.TemporaryDirectory() as where:
            tree = pathlib.Path(where)
            for name, text in [('base/edge-ok.h', HEAD + '#pragma once\n')] + files:
                path = tree / 'src' / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding='utf-8')
            return list(check(tree))

    failed = 0
    for name, text, expected in SELF_TESTS:
        found = run([(name, text)])
        if not any(line.startswith(f'src/{name}') and expected in line for line in found):
            failed += 1
            print(f'{name}: expected “{expected}”, found {found}')
    found = run(SOUND)
    if found:
        failed += 1
        print(f'a sound tree: found {found}')
    with tempfile.TemporaryDirectory() as where:
        if not list(check(pathlib.Path(where))):
            failed += 1
            print('an empty tree passed')
    return failed


def main():
    if sys.argv[1:] == ['--self-test']:
        return 1 if self_test() else 0
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    violations = list(check(pathlib.Path(sys.argv[1])))
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == '__main__':
    sys.exit(main())
