#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Ledger page while events arrive all the time, and how it draws meanwhile.

    build-aux/display.sh test_live.py LIVE_APP FEED_EVENTS [RATE] [SECONDS]

The app is the real one, drawing without a pause; a peer pushes it events that sixty
people sign. Frames are reported, not judged: that is for the reader of the benchmark.
"""
import json
import pathlib
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import App, Stage, wait_for  # noqa: E402

FRAME_US = 1e6 / 60


def lines(stage, name):
    """What a program has printed as JSON so far."""
    for line in stage.log(name).splitlines():
        if line.startswith('{'):
            try:
                yield json.loads(line)
            except ValueError:
                pass


def share(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def tell(what, seconds):
    """Frames of some seconds, in words."""
    apart = [value for second in seconds for value in second['apart']]
    worked = [value for second in seconds for value in second['worked']]
    late = sum(value > 1.5 * FRAME_US for value in apart)
    busy = sum(value > FRAME_US for value in worked)
    print(f'# {what}: {len(apart)} frames, {len(apart) * 1e6 / sum(apart):.1f} a second; apart p50 '
          f'{statistics.median(apart) / 1000:.1f} p95 {share(apart, .95) / 1000:.1f} p99 {share(apart, .99) / 1000:.1f} '
          f'max {max(apart) / 1000:.1f} ms, {100 * late / len(apart):.1f} % late; the main thread worked p50 '
          f'{statistics.median(worked) / 1000:.1f} p95 {share(worked, .95) / 1000:.1f} p99 '
          f'{share(worked, .99) / 1000:.1f} max {max(worked) / 1000:.1f} ms a frame, '
          f'{100 * busy / len(worked):.1f} % over 16.7 ms', flush=True)
    return len(apart)


def main():
    live_app, feeder = (pathlib.Path(word).absolute() for word in sys.argv[1:3])
    rate = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 10
    stage = Stage()
    try:
        print('1..1')
        relay = stage.start_relay()
        network = stage.folder / 'network.json'
        subprocess.run([feeder, network], check=True)
        place = ['--state', stage.folder / 'app-state', '--key-file', stage.folder / 'app-state.key']
        subprocess.run(['edge-net-node', *place, 'network', 'join', network], check=True, stdout=subprocess.DEVNULL)

        app = App(stage, '--relay', relay, program=str(live_app))
        app.resize(1210, 810)
        stage.start('feeder', [feeder, network, relay, str(rate), str(seconds)], EDGE_NET_LOOPBACK='1')
        app.keys('alt+3')
        wait_for('events arrive', lambda: any('began' in line for line in lines(stage, 'feeder')))
        from_line = len(list(lines(stage, 'app')))
        fed = wait_for('all are fed', lambda: next((line for line in lines(stage, 'feeder') if 'fed' in line), None),
                       60 + 10 * seconds)
        measured = list(lines(stage, 'app'))[from_line + 1:-1]
        print(f'# fed {fed["fed"]} events in {fed["seconds"]} s, {fed["fed"] / fed["seconds"]:.0f} a second')
        assert tell(f'while {rate} events a second arrived', measured) > 0

        # All of them are shown, and the app still answers: one more is its own join.
        def all_there():
            status = subprocess.run(['edge-net-node', '--state', stage.folder / 'app-state', '--json', 'ledger', 'status'],
                                    capture_output=True, text=True, check=True)
            return json.loads(status.stdout)['events'] >= fed['events']
        wait_for('the app holds all of them', all_there, 120)
        picture = sys.argv[5] if len(sys.argv) > 5 else None
        if picture:
            app.picture(picture)
        before = len(list(lines(stage, 'app')))
        wait_for('it draws on', lambda: len(list(lines(stage, 'app'))) >= before + 4)
        tell('afterwards', list(lines(stage, 'app'))[before + 1:])
        app.quit()
        print('ok 1 live')
    finally:
        stage.close()


if __name__ == '__main__':
    main()
