#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the ledger beside libsodium's bare verification, on one core and on all.

    ledger.py BENCH_LEDGER [EVENTS]
"""
import datetime
import json
import os
import subprocess
import sys


def measure(program, events, cores):
    done = subprocess.run([program, str(events), str(events)], capture_output=True, text=True, check=False,
                          preexec_fn=lambda: os.sched_setaffinity(0, cores))
    if done.returncode != 0:
        sys.exit(done.stderr)
    print(done.stderr, end='', file=sys.stderr)
    return json.loads(done.stdout)


def main():
    program = sys.argv[1]
    events = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    cores = sorted(os.sched_getaffinity(0))
    one = measure(program, events, cores[:1])
    every = measure(program, events, cores[:2])

    print(f'{datetime.date.today()}, `./test bench`, {events} events; {os.cpu_count()} cores, load average '
          f'{os.getloadavg()[0]:.1f}\n')
    print('| | one core | two cores |\n| --- | ---: | ---: |')
    rows = [
        ('bare Ed25519 verify, /s', one['bare_one'], every['bare_all'], '.0f'),
        ('verified and stored, /s', one['stored'], every['stored'], '.0f'),
        ('ratio', one['stored'] / one['bare_one'], every['stored'] / every['bare_all'], '.2f'),
        ('bare verify, a CPU-second', one['bare_cpu'], every['bare_cpu'], '.0f'),
        ('verified and stored, a CPU-second', one['stored_cpu'], every['stored_cpu'], '.0f'),
        ('ratio by CPU time', one['stored_cpu'] / one['bare_cpu'], every['stored_cpu'] / every['bare_cpu'], '.2f'),
        ('verified, stored and folded, /s', one['folded'], every['folded'], '.0f'),
        ('start after a crash, s', one['start_s'], every['start_s'], '.2f'),
        (f'fold of {one["fold_events"]} from nothing, s', one['fold_s'], every['fold_s'], '.3f'),
        (f'fold of {one["fold_late"]} more on top, s', one['fold_late_s'], every['fold_late_s'], '.4f'),
        ('memory of 100 000 events (DAG and fold), MB', one['bytes_per_100000'] / 1e6,
         every['bytes_per_100000'] / 1e6, '.1f'),
    ]
    for label, a, b, form in rows:
        print(f'| {label} | {a:{form}} | {b:{form}} |')
    print('\n| events that differ | bytes of one exchange | messages | ids named in it |\n| ---: | ---: | ---: | ---: |')
    for row in one['sync']:
        print(f'| {row["difference"]} | {row["bytes"]} | {row["messages"]} | {row["found"]} |')


if __name__ == '__main__':
    main()
