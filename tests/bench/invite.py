#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an invitation costs: made, how large, from the first scan to the link, and how bad a picture may be.

    invite.py BENCH-INVITE [--rounds N]
"""
import argparse
import datetime
import os
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'integration'))
import harness  # noqa: E402

NO_RELAY = 'ws://127.0.0.1:9/'


def picture(net, link, name):
    """The code of a link as a PNG of six pixels a module, as a screen shows it."""
    file = net.folder / f'{name}.png'
    subprocess.run(['qrencode', '-o', str(file), '-s', '6', '-m', '4', '-8', link], check=True)
    return file


def scan_to_connected(rounds):
    """Milliseconds from the picture of the offer to the link, with one picture each way and no relay."""
    made, linked = [], []
    for _ in range(rounds):
        net = harness.Network()
        try:
            first, second = (net.node(name, '--relay', NO_RELAY) for name in ('first', 'second'))
            began = time.monotonic()
            offer = first.ask('invite', '--direct').splitlines()[0]
            made.append((time.monotonic() - began) * 1000)
            shown = picture(net, offer, 'offer')
            began = time.monotonic()
            answer = second.ask('accept', shown).splitlines()[-1]
            reply = picture(net, answer, 'reply')
            assert first.ask('accept', reply).strip() == 'Linked'
            net.wait_all_linked([first, second])
            linked.append((time.monotonic() - began) * 1000)
        finally:
            net.close()
    return statistics.median(made), statistics.median(linked), max(linked)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('bench')
    parser.add_argument('--rounds', type=int, default=7)
    options = parser.parse_args()
    lines = subprocess.run([options.bench], capture_output=True, text=True, check=True).stdout.splitlines()
    value = dict(line.split('\t') for line in lines)
    direct_made, median, worst = scan_to_connected(options.rounds)

    print(f'{datetime.date.today()}, `python3 tests/bench/invite.py build/tests/bench/bench-invite`, '
          f'{options.rounds} rounds; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n')
    print('| | measured | aimed at |\n| --- | ---: | ---: |')
    print(f'| network invitation made, signed, as link and code, ms | {value["made_ms"]} | < 100 |')
    print(f'| offer of a direct link, from the command to its link, ms | {direct_made:.0f} | |')
    print(f'| from the picture of the offer to the link, median, ms | {median:.0f} | < 3000 |')
    print(f'| the same, slowest of {options.rounds}, ms | {worst:.0f} | |')
    print(f'| a good picture read, ms | {value["read_ms"]} | |')
    print(f'| smallest picture read, pixels a side | {value["smallest_side"]} | |')
    print(f'| the same, pixels a module | {value["smallest_pixels_a_module"]} | |')
    print(f'| least contrast read with noise of ±8 levels a pixel and 4 pixels a module, grey levels of 255 | {value["least_contrast"]} | |\n')
    print('| candidates in an offer | bytes | characters of the link | QR version | modules |\n'
          '| ---: | ---: | ---: | ---: | ---: |')
    for n in (1, 4, 8):
        print(f'| {n} | {value[f"offer_{n}_bytes"]} | {value[f"offer_{n}_link"]} | {value[f"offer_{n}_version"]} '
              f'| {value[f"offer_{n}_modules"]} |')


if __name__ == '__main__':
    main()
