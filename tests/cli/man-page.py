#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sees that each command and option named by --help is in the man page, and the other way round.

    man-page.py PROGRAM PAGE
"""
import os
import pathlib
import re
import subprocess
import sys


def main():
    program, page = sys.argv[1:]
    text = subprocess.run([program, '--help'], capture_output=True, text=True, check=True,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout
    source = pathlib.Path(page).read_text(encoding='utf-8')
    _, _, after = text.partition('Commands:')
    listed = after.split('\n\n')[0]
    commands = set(re.findall(r'^  ([a-z]+(?: [a-z]+)?)(?: [A-Z[]\S*)*(?:  |$)', listed, re.M))
    # What every program of GLib has is not told anew.
    options = {name for name in re.findall(r'(?<![\w-])--([a-z-]+)', text)
               if after or not re.match('help|gapplication', name)}
    documented = set(re.findall(r'^\.It Cm ([a-z]+(?: [a-z]+)?)(?: [A-Z]|$)', source.split('.Sh JSON')[0], re.M))
    described = set(re.findall(r'^\.It (?:Fl \w , )?Fl -([a-z-]+)', source, re.M))
    shown = set(re.findall(r'Fl -([a-z-]+)', source.split('.Sh DESCRIPTION')[0]))
    summary = source.split('.Sh DESCRIPTION')[0]

    wrong = []
    if (after and len(commands) < 5) or len(options) < 5:
        wrong.append(f'--help could not be read: commands {commands}, options {options}')
    wrong += [f'the page does not describe the command {name}' for name in commands - documented]
    wrong += [f'--help does not name the command {name}' for name in documented - commands]
    wrong += [f'the page does not describe --{name}' for name in options - described]
    wrong += [f'--help does not name --{name}' for name in described - options]
    wrong += [f'the synopsis lacks --{name}' for name in options - shown]
    wrong += [f'the synopsis lacks {name}' for name in commands
              if not all(re.search(rf'\b{word}\b', summary) for word in name.split())]
    print(*wrong, sep='\n')
    return bool(wrong)


if __name__ == '__main__':
    sys.exit(main())
