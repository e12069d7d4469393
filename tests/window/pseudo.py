# SPDX-License-Identifier: GPL-3.0-or-later
"""A translation into no language: every text between marks, accented and two fifths longer, so that a text without marks is one
that cannot be translated, and one that does not fit is one that is too long in some language."""
import gettext
import pathlib
import re
import shutil
import subprocess

OPEN, CLOSE = '⟦', '⟧'
LONGER = 0.4
ACCENTED = str.maketrans('aceginosuyzACEGINOSUYZ', 'àçéğîñöšûýžÀÇÉĞÎÑÖŠÛÝŽ')
# Format directives, markup and entities, and what a keyboard reads: they stay as they are.
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0']*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:<\w+>|(?:hh|h|ll|l|j|z|t)?[a-zA-Z%])"
                  r'|</?\w+>|&\w+;|\\n|\\"|_(?=\w)')
TOOLKIT = ('gtk40', 'libadwaita')


def pseudo(text):
    """The text, as it stands in a PO file, in the language that is none."""
    core = text.strip()
    while core.endswith('\\n'):
        core = core[:-2]
    parts, last = [], 0
    for kept in KEPT.finditer(core):
        parts += [core[last:kept.start()].translate(ACCENTED), kept[0]]
        last = kept.end()
    parts.append(core[last:].translate(ACCENTED))
    words = 'ôñé ' * round(len(core) * LONGER / 4)
    longer = ''.join(parts) + (' ' + words.strip() if words else '')
    return text.replace(core, OPEN + longer + CLOSE) if core else text


def quoted(block, key):
    found = re.search(rf'^{key} ((?:".*"\n?)+)', block, re.M)
    return ''.join(re.findall('"(.*)"', found[1])) if found else None


def make(pot, folder, language):
    """Compiles the pseudo translation of a POT file for a language."""
    header, *blocks = pot.read_text().split('\n\n')
    entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
               '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"']
    for block in blocks:
        # With it the widths of numbers are those of this machine.
        flags = ['#, c-format'] if re.search('^#,.* c-format', block, re.M) else []
        lines = flags + [f'{key} "{text}"' for key in ('msgctxt', 'msgid', 'msgid_plural')
                 if (text := quoted(block, key)) is not None]
        one, many = quoted(block, 'msgid'), quoted(block, 'msgid_plural')
        lines += ([f'msgstr "{pseudo(one)}"'] if many is None else
                  [f'msgstr[0] "{pseudo(one)}"', f'msgstr[1] "{pseudo(many)}"'])
        entries.append('\n'.join(lines))
    po = folder / f'{language}.po'
    po.write_text('\n\n'.join(entries) + '\n')
    catalogue = folder / language / 'LC_MESSAGES'
    catalogue.mkdir(parents=True)
    subprocess.run(['msgfmt', '-o', str(catalogue / 'edge-net.mo'), str(po)], check=True)


def make_locale(folder, name):
    """A locale of that name with the rules of C.UTF-8; the C library then takes the name, and the toolkit the direction."""
    shutil.copytree('/usr/lib/locale/C.utf8', folder / name.replace('UTF-8', 'utf8'))


def toolkit_texts():
    """What the toolkit says itself, which is translated where it comes from."""
    texts = set()
    for domain in TOOLKIT:
        path = pathlib.Path('/usr/share/locale/de/LC_MESSAGES') / f'{domain}.mo'
        with open(path, 'rb') as catalogue:
            known = gettext.GNUTranslations(catalogue)._catalog
        texts |= {(key if isinstance(key, str) else key[0]).split('\4')[-1].replace('_', '') for key in known}
    return texts


def bare(name):
    """What of a name is outside of marks."""
    while True:
        less = re.sub(f'{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}', ' ', name)
        if less == name:
            return less
        name = less
