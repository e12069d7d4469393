#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how long a payment takes to be final, and what validators say for it.

Real nodes: one, four and seven validators and one who pays, on loopback and with
40 ms more on the way from each to each. A proposal is due when the payment comes,
so what is measured is the agreement, not the pause between two checkpoints. The
times of rounds are divided as in the integration tests, which only shortens that
pause: no round is given up here.

    finality.py [--quick]
"""
import argparse
import datetime
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'integration'))

import harness  # noqa: E402
import natlab  # noqa: E402
import validators  # noqa: E402

SIZES = (1, 4, 7)
DELAY_MS = 40
PAYMENTS = 20
# A proposal is due so long after the last checkpoint, and then some.
DUE_SECONDS = 30 / validators.SCALE + 0.5


class Star:
    """A namespace for each node, and one in the middle; from each to each it takes DELAY_MS."""

    def __init__(self, net, names):
        self.lab = natlab.Lab()
        self.net = net
        self.lab.names.append(self.lab.name('hub'))
        natlab.sh('ip', 'netns', 'add', self.lab.name('hub'))
        self.lab.inside('hub', 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
        self.lab.ip('hub', 'link', 'set', 'lo', 'up')
        for number, name in enumerate(names, 1):
            short, device = f'n{number}', f'to{number}'
            natlab.sh('ip', 'netns', 'add', self.lab.name(short))
            self.lab.names.append(self.lab.name(short))
            self.lab.ip(short, 'link', 'set', 'lo', 'up')
            self.lab.pumps.append(natlab.pump(self.lab.name(short), self.lab.name('hub'), DELAY_MS / 2, device))
            self.lab.ip('hub', 'address', 'add', f'10.92.{number}.1', 'peer', f'10.92.{number}.2', 'dev', device)
            self.lab.ip('hub', 'link', 'set', device, 'up')
            self.lab.ip(short, 'address', 'add', f'10.92.{number}.2', 'peer', f'10.92.{number}.1', 'dev', 'up0')
            self.lab.ip(short, 'link', 'set', 'up0', 'up')
            self.lab.ip(short, 'route', 'add', 'default', 'via', f'10.92.{number}.1')
        self.inside = {name: ['ip', 'netns', 'exec', self.lab.name(f'n{number}')]
                       for number, name in enumerate(names, 1)}

    def relay(self):
        relay = harness.Relay(self.net, 'relay-hub')
        relay.command = ['ip', 'netns', 'exec', self.lab.name('hub'), 'edge-net-relay', '--listen', '10.92.1.1:8080']
        self.net.add(relay)
        harness.Process.start(relay)
        self.net.wait('the relay listens', lambda: relay.lines)
        relay.url = 'ws://10.92.1.1:8080/'
        return relay

    def close(self):
        self.lab.close()


def run_club(club, relay, star):
    """As Club.run(), each node in its own namespace where there is a star."""
    for name in club.names:
        node = harness.Node(club.net, name, '--relay', relay.url)
        if star is not None:
            node.command = [*star.inside[name], *node.command]
        club.nodes[name] = club.net.add(node)
        node.plain = len(node.command)
        node.start(ready=False)
    for name in club.names:
        club.nodes[name].wait_event('ready')
    club.wait_joined(club.names)


def until_final(club, payer):
    """Seconds from a payment to the checkpoint that has it, where it was made and everywhere."""
    before = club.last(payer)
    club.pay(1, [payer])
    began = time.monotonic()
    club.net.wait('it is final for who paid', lambda: club.last(payer) > before)
    here = time.monotonic() - began
    club.net.wait('it is final everywhere', lambda: all(club.last(name) > before for name in club.names))
    return here, time.monotonic() - began


def notes_of(club, n):
    """All that validators said about a checkpoint: how many notes, and their bytes."""
    notes = set()
    for name in club.validators:
        for path in (club.nodes[name].state / 'networks').glob('*.sqlite'):
            with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as file:
                notes |= {row[0] for row in file.execute('SELECT jws FROM notes WHERE n = ?', (n,))}
            file.close()
    return len(notes), sum(len(note) for note in notes)


def measure(size, far, payments):
    net = harness.Network()
    star = None
    try:
        club = validators.Club(net, size, 1)
        if far:
            del net.env['EDGE_NET_LOOPBACK']
            star = Star(net, club.names)
        run_club(club, star.relay() if far else net.relay(), star)
        club.agree()
        here, everywhere, said = [], [], (0, 0)
        for _ in range(payments):
            last = time.monotonic()
            net.holds('nothing is closed before the next is due', lambda: True, max(0.0, DUE_SECONDS))
            assert time.monotonic() - last >= DUE_SECONDS
            one, all_of_them = until_final(club, 'user-0')
            here.append(one)
            everywhere.append(all_of_them)
            said = max(said, notes_of(club, club.last('user-0')))
        club.agree()
    finally:
        net.close()
        if star is not None:
            star.close()
    return here, everywhere, said


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--build')
    parser.add_argument('--quick', action='store_true')
    options = parser.parse_args()
    payments = 3 if options.quick else PAYMENTS

    print(f'{datetime.date.today()}, `./test bench`, {payments} payments each; {os.cpu_count()} cores, load average '
          f'{os.getloadavg()[0]:.1f}\n')
    print('| validators | added delay | payment to final, median | slowest | everywhere, slowest | target '
          '| notes a checkpoint | bytes |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |', flush=True)
    for far in (False, True):
        for size in SIZES:
            try:
                here, everywhere, said = measure(size, far, payments)
            except (natlab.Skip, RuntimeError, PermissionError, subprocess.SubprocessError) as refused:
                print(f'{size} validators with delay were not measured: {refused}', file=sys.stderr)
                continue
            delay = f'{DELAY_MS} ms each way' if far else 'none'
            print(f'| {size} | {delay} | {statistics.median(here):.2f} s | {max(here):.2f} s | {max(everywhere):.2f} s '
                  f'| < {4 if far else 2} s | {said[0]} | {said[1]:,} |', flush=True)


if __name__ == '__main__':
    main()
