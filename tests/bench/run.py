#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures a link of Edge-Net beside npm's node-datachannel and headless Chromium.

Each round runs every one of them once, in turn, so that a slow moment of the
machine meets all; the table shows the median of the rounds. All traffic stays
in a network namespace of its own where the machine allows one.

    run.py --build BUILD [--rounds N] [--quick] [--only NAME]…
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LIMIT_SECONDS = 180
NPM_FILES = ['package.json', 'package-lock.json', 'datachannel.mjs', 'chromium.mjs']

# A browser gathers no candidate without an address and a default route;
# nothing needs to answer behind it.
NAMESPACE = """
set -e
ip link set lo up
ip link add bench0 type veth peer name bench1
ip address add 10.83.0.1/24 dev bench0
ip link set bench0 up
ip link set bench1 up
ip route add default via 10.83.0.2
exec "$@"
"""


def namespace_words():
    """The words before a command that give it a network of its own, or none."""
    for unshare in (['unshare', '--net'], ['unshare', '--user', '--map-root-user', '--net']):
        words = [*unshare, 'sh', '-c', NAMESPACE, 'sh']
        if subprocess.run([*words, 'true'], capture_output=True, check=False).returncode == 0:
            return words
    print('No network namespace is allowed here: loopback of the machine itself is used.', file=sys.stderr)
    return []


def install(folder, source=HERE, names=NPM_FILES):
    """Brings the named files of source and the npm packages of its package-lock.json into folder; False where that cannot be."""
    if shutil.which('npm') is None:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(source / name, folder / name)
    lock = hashlib.sha256((source / 'package-lock.json').read_bytes()).hexdigest()
    stamp = folder / 'node_modules' / '.edge-net'
    if stamp.exists() and stamp.read_text() == lock:
        return True
    done = subprocess.run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], cwd=folder,
                          capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        print(f'npm ci failed:\n{done.stderr[-2000:]}', file=sys.stderr)
        return False
    stamp.write_text(lock)
    return True


def measure(words, command, folder):
    """One run: its JSON line. What ends without one has failed."""
    done = subprocess.run([*words, *command], cwd=folder, capture_output=True, text=True,
                          timeout=LIMIT_SECONDS, check=False)
    for line in reversed(done.stdout.splitlines()):
        if line.startswith('{'):
            return json.loads(line)
    raise RuntimeError(f'{command[0]} … ended with {done.returncode} and no figures:\n{done.stderr[-2000:]}')


ROWS = [
    ('connect, median', 'ms', lambda r: statistics.median(r['connect_ms'])),
    ('round trip 64 B, p50', 'µs', lambda r: r['rtt_us']['p50']),
    ('round trip 64 B, p99', 'µs', lambda r: r['rtt_us']['p99']),
    ('messages of 1 KiB', '/s', lambda r: r['messages_per_s']),
    ('bulk in chunks of 16 KiB', 'MB/s', lambda r: r['bulk_mb_per_s']),
    ('CPU of the sender in both', 's', lambda r: r['sender_cpu_s']),
    ('control round trip in bulk, p99', 'µs', lambda r: r['bulk_rtt_us']['p99']),
]


def table(results):
    """Medians of all rounds and, behind each rival of the first, its over theirs."""
    ours, *rivals = results
    head = ['', 'unit', ours] + [cell for name in rivals for cell in (name, f'{ours} ÷ {name}')]
    lines = []
    for label, unit, value in ROWS:
        medians = {}
        for name, rounds in results.items():
            try:
                medians[name] = statistics.median(value(r) for r in rounds)
            except (KeyError, statistics.StatisticsError):
                medians[name] = None
        if all(v is None for v in medians.values()):
            continue
        cells = [label, unit, number(medians[ours])]
        for name in rivals:
            both = medians[ours] and medians[name]
            cells += [number(medians[name]), f'{medians[ours] / medians[name]:.2f} ×' if both else '–']
        lines.append(cells)
    widths = [max(len(row[i]) for row in [head, *lines]) for i in range(len(head))]
    out = ['| ' + ' | '.join(cell.ljust(width) for cell, width in zip(head, widths)) + ' |',
           '| ' + ' | '.join('-' * width if i < 2 else '-' * (width - 1) + ':' for i, width in enumerate(widths)) + ' |']
    for row in lines:
        out.append('| ' + ' | '.join(cell.ljust(width) if i < 2 else cell.rjust(width)
                                     for i, (cell, width) in enumerate(zip(row, widths))) + ' |')
    return '\n'.join(out)


def number(value):
    if value is None:
        return '–'
    return f'{value:,.0f}'.replace(',', ' ') if value >= 100 else f'{value:.1f}'


def machine():
    model = next((line.split(':', 1)[1].strip() for line in open('/proc/cpuinfo', encoding='utf-8')
                  if line.startswith('model name')), 'unknown processor')
    return f'{os.cpu_count()} × {model}, Linux {os.uname().release}'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', required=True, type=pathlib.Path)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--quick', action='store_true', help='small amounts, one round: whether it runs at all')
    parser.add_argument('--only', action='append', help='Edge-Net, node-datachannel or Chromium; may be repeated')
    options = parser.parse_args()

    amounts = {'connections': 5, 'roundTrips': 2000, 'messages': 60000, 'bulkBytes': 100663296}
    if options.quick:
        amounts = {'connections': 2, 'roundTrips': 200, 'messages': 2000, 'bulkBytes': 4194304}
        options.rounds = 1
    folder = options.build.resolve() / 'tests' / 'bench' / 'npm'
    bench_link = options.build.resolve() / 'tests' / 'bench' / 'bench-link'

    contenders = {}
    if bench_link.exists():
        contenders['Edge-Net'] = [str(bench_link), json.dumps(amounts)]
    wanted_npm = not options.only or 'node-datachannel' in options.only
    if wanted_npm and install(folder):
        contenders['node-datachannel'] = ['node', 'datachannel.mjs', json.dumps(amounts)]
    if shutil.which('chromium') and shutil.which('node'):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / 'chromium.mjs', folder / 'chromium.mjs')
        half = {**amounts, 'messages': amounts['messages'] // 2, 'bulkBytes': amounts['bulkBytes'] // 2}
        contenders['Chromium'] = ['node', 'chromium.mjs', json.dumps(half)]
    if options.only:
        contenders = {name: command for name, command in contenders.items() if name in options.only}
    if not contenders:
        print('There is nothing to measure: build the project, and have npm or chromium on PATH.', file=sys.stderr)
        return 77

    words = namespace_words()
    results = {name: [] for name in contenders}
    versions = {}
    for round_ in range(options.rounds):
        for name, command in contenders.items():
            print(f'round {round_ + 1} of {options.rounds}: {name}', file=sys.stderr, flush=True)
            try:
                result = measure(words, command, folder if command[0] == 'node' else None)
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                print(error, file=sys.stderr)
                return 1
            results[name].append(result)
            versions[name] = result.get('version', '')

    print(f'{datetime.date.today()}, `./test bench`, {options.rounds} rounds in turn, medians; {machine()}; '
          + ', '.join(f'{name} {version}'.strip() for name, version in versions.items()))
    print()
    print(table(results))
    return 0


if __name__ == '__main__':
    sys.exit(main())
