#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the ledger beside libsodium's bare verification, on one core and on all.

    ledger.py BENCH_LEDGER [EVENTS [FOLD]]
"""
import datetime
import json
import os
import subprocess
import sys


def measure(program, events, fold, cores):
    done = subprocess.run([program, str(events), str(fold)], capture_output=True, text=True, check=False,
                          preexec_fn=lambda: os.sched_setaffinity(0, cores))
    if done.returncode != 0:
        sys.exit(done.stderr)
    print(done.stderr, end='', file=sys.stderr)
    return json.loads(done.stdout)


def main():
    program = sys.argv[1]
    events = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    fold = int(sys.argv[3]) if len(sys.argv) > 3 else events
    cores = sorted(os.sched_getaffinity(0))
    one = measure(program, events, fold, cores[:1])
    every = measure(program, events, events, cores[:2])

    print(f'{datetime.date.today()}, `./test bench`, {events} events; {os.cpu_count()} cores, load average '
          f'{os.getloadavg()[0]:.1f}\n')
    print('| | one core | two cores |\n| --- | ---: | ---: |')
    # The fold is of one thread, and of as many events as asked for on one core alone.
    rows = [
        ('bare Ed25519 verify, /s', one['bare_one'], every['bare_all'], '.0f'),
        ('verified and stored, /s', one['stored'], every['stored'], '.0f'),
        ('ratio', one['stored'] / one['bare_one'], every['stored'] / every['bare_all'], '.2f'),
        ('bare verify, a CPU-second', one['bare_cpu'], every['bare_cpu'], '.0f'),
        ('verified and stored, a CPU-second', one['stored_cpu'], every['stored_cpu'], '.0f'),
        ('ratio by CPU time', one['stored_cpu'] / one['bare_cpu'], every['stored_cpu'] / every['bare_cpu'], '.2f'),
        ('verified, stored and folded, /s', one['folded'], every['folded'], '.0f'),
        ('start after a crash, s', one['start_s'], every['start_s'], '.2f'),
        (f'fold of {one["fold_events"]} from nothing (two cores: of {every["fold_events"]}), s', one['fold_s'],
         every['fold_s'], '.3f'),
        (f'fold of {one["fold_late"]} more from the snapshot (two cores: of {every["fold_late"]}), s', one['fold_late_s'],
         every['fold_late_s'], '.4f'),
        ('memory of 100 000 events (DAG and fold), MB', one['bytes_per_100000'] / 1e6,
         every['bytes_per_100000'] / 1e6, '.1f'),
    ]
    for label, a, b, form in rows:
        print(f'| {label} | {a:{form}} | {b:{form}} |')
    print('\n| events that differ | anywhere in time: bytes | messages | rounds | in the last hundredth: bytes | messages | rounds |\n'
          '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |')
    for spread, recent in zip(one['sync'][::2], one['sync'][1::2]):
        cells = [f'{row[name]:,}' for row in (spread, recent) for name in ('bytes', 'messages', 'rounds')]
        print(f'| {spread["difference"]} | ' + ' | '.join(cells) + ' |')


if __name__ == '__main__':
    main()
