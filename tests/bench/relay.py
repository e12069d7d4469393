#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures edge-net-relay beside an equal relay on npm's ws, in the same run.

Each round starts each of them once for each load; the table shows the median of
the rounds. A frame's cost is CPU time of the relay's process alone.

    relay.py --build BUILD [--rounds N] [--quick]
"""
import argparse
import datetime
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import run

HERE = pathlib.Path(__file__).resolve().parent
CLIENTS = 100
WINDOWS = [1, 16]
SETTINGS = """[limits]
frames-per-minute-before-auth=100000000
frames-per-minute=100000000
requests-per-minute=100000000
connections-per-address=1000000
rooms=1000000
idle-ms=3600000
"""


def measure(command, folder, driver, load):
    """Starts a relay, loads it, ends it; returns the driver's figures."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as relay:
        try:
            port = relay.stdout.readline().strip().rstrip('/').rsplit(':', 1)[1]
            done = subprocess.run([driver, port, str(relay.pid), *map(str, load)], capture_output=True,
                                  text=True, timeout=run.LIMIT_SECONDS, check=False)
            if done.returncode != 0:
                raise RuntimeError(f'the load on {command[0]} failed:\n{done.stderr[-2000:]}')
            return json.loads(done.stdout)
        finally:
            relay.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--quick', action='store_true', help='one round, short')
    options = parser.parse_args()
    build = options.build.resolve()
    driver = build / 'tests' / 'bench' / 'bench-relay'
    seconds, idle = (1, 200) if options.quick else (4, 5000)

    relays = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder) / 'relay.conf'
        settings.write_text(SETTINGS)
        relays['edge-net-relay'] = ([build / 'src' / 'relay' / 'edge-net-relay', '--listen', '127.0.0.1:0',
                                     '--config', settings], folder)
        npm = build / 'tests' / 'bench' / 'npm'
        if shutil.which('node') and run.install(npm):
            shutil.copy(HERE / 'relay-ws.mjs', npm)
            relays['npm ws'] = (['node', 'relay-ws.mjs'], npm)
        else:
            print('npm is not there: edge-net-relay is measured alone.', file=sys.stderr)

        found = {}
        for _ in range(1 if options.quick else options.rounds):
            for window in WINDOWS:
                for name, (command, where) in relays.items():
                    load = [CLIENTS, window, seconds, idle if window == WINDOWS[0] else 0]
                    found.setdefault((name, window), []).append(measure(command, where, driver, load))

    def middle(name, window, member):
        return statistics.median(result[member] for result in found[name, window])

    rows = []
    for window in WINDOWS:
        what = f'{CLIENTS} clients, 300 B, {window} under way each'
        rows.append((f'frames a CPU-second, {what}', 'frames_per_cpu_s', window, 1, '{:,.0f}'))
        rows.append((f'frames a second, {what}', 'frames_per_s', window, 1, '{:,.0f}'))
    rows += [
        ('connections held', 'held', WINDOWS[0], 1, '{:,.0f}'),
        ('bytes of memory an idle connection', 'bytes_per_connection', WINDOWS[0], -1, '{:,.0f}'),
        (f'memory of the process with {CLIENTS} clients, MB', 'rss', WINDOWS[0], -1, '{:.1f}'),
    ]

    names = list(relays)
    print(f'\n{datetime.date.today()}, {run.machine()}, median of {1 if options.quick else options.rounds}\n')
    print('| relay | ' + ' | '.join(names) + (' | ratio |' if len(names) > 1 else ' |'))
    print('| --- |' + ' ---: |' * (len(names) + (len(names) > 1)))
    for title, member, window, better, form in rows:
        scale = 1e6 if member == 'rss' else 1
        values = [middle(name, window, member) / scale for name in names]
        cells = [form.format(value) for value in values]
        if len(values) > 1:
            above, below = values if better > 0 else reversed(values)
            cells.append(f'{above / below:.2f} ×' if below > 0 else '–')
        print(f'| {title} | ' + ' | '.join(cells) + ' |')


if __name__ == '__main__':
    main()
