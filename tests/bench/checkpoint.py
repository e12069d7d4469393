#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures what checkpoints cost and what they save.

    checkpoint.py BENCH_CHECKPOINT [ACCOUNTS [CHANGED [EVENTS]]]
"""
import datetime
import json
import os
import subprocess
import sys


def main():
    program = sys.argv[1]
    sizes = [int(word) for word in sys.argv[2:]] + [100000, 1000, 200000][len(sys.argv) - 2:]
    core = sorted(os.sched_getaffinity(0))[:1]
    done = subprocess.run([program, *map(str, sizes)], capture_output=True, text=True, check=False,
                          preexec_fn=lambda: os.sched_setaffinity(0, core))
    print(done.stderr, end='', file=sys.stderr)
    if done.returncode != 0:
        sys.exit(done.returncode)
    found = json.loads(done.stdout)
    tree_hashes = found['tree_us'] / found['hash_us']

    def waited(what, kind='wait'):
        return f'{found[f"{what}_{kind}_ms"]:.1f} / {found[f"{what}_most_{kind}_ms"]:.1f}'

    print(f'{datetime.date.today()}, `./test bench`, {found["accounts"]} accounts, {found["events"]} events; one of '
          f'{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n')
    print('| | |\n| --- | ---: |')
    for label, value in (
            ('SHA-256 of 65 bytes by libsodium, µs', f'{found["hash_us"]:.2f}'),
            (f'state tree, a changed account of {found["changed"]}, µs', f'{found["tree_us"]:.1f}'),
            ('the same in hashes', f'{tree_hashes:.1f}'),
            (f'check of a checkpoint of {found["closed"]} events, {found["changed"]} accounts, ms of CPU',
             f'{found["check_cpu_ms"]:.1f}'),
            ('check of one that leaves out the event that is first in order, ms of CPU', f'{found["part_cpu_ms"]:.1f}'),
            ('closing the first, stored on the disk, ms of CPU', f'{found["close_cpu_ms"]:.1f}'),
            ('the same by the clock, ms', f'{found["close_ms"]:.1f}'),
            ('longest that a face waited for the ledger meanwhile, median / most: check, ms', waited('check')),
            ('the same: check of one that leaves out an event, ms', waited('part')),
            ('the same: closing, ms', f'{found["close_wait_ms"]:.1f}'),
            ('longest between two looks of it, one each ms, median / most: check, ms', waited('check', 'gap')),
            ('the same: check of one that leaves out an event, ms', waited('part', 'gap')),
            ('the same: closing, ms', f'{found["close_gap_ms"]:.1f}'),
            ('size of a proof, bytes', f'{found["proof_bytes"]}'),
            ('making a proof, ms', f'{found["proof_make_ms"]:.2f}'),
            ('checking a proof, ms', f'{found["proof_check_ms"]:.2f}')):
        print(f'| {label} | {value} |')
    print('\n| a newcomer | s | s of CPU | MB to send |\n| --- | ---: | ---: | ---: |')
    for label, name in (('by the last checkpoint', 'fast'), ('in full', 'full')):
        print(f'| {label} | {found[name + "_s"]:.1f} | {found[name + "_cpu_s"]:.1f} | '
              f'{found[name + "_bytes"] / 1e6:.1f} |')
    print(f'| in full : by the checkpoint | {found["full_s"] / found["fast_s"]:.1f} | '
          f'{found["full_cpu_s"] / found["fast_cpu_s"]:.1f} | {found["full_bytes"] / found["fast_bytes"]:.1f} |')


if __name__ == '__main__':
    main()
