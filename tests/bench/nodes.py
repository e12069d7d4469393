#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures connecting, round trips, recovery and what a link costs when it is idle.

Connections and round trips are those of bench-link; the rest is read from real
edge-net-node processes. All traffic stays in network namespaces of its own.

    nodes.py --build BUILD [--quick] [--only NAME]…
"""
import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'integration'))

import harness  # noqa: E402
import natlab  # noqa: E402
import run  # noqa: E402

TICKS = os.sysconf('SC_CLK_TCK')
DELAY_MS = 40
ATTEMPTS = 200
LIMIT_SECONDS = 200
# Each node first works some seconds for its place in the ledger, by chance more or less.
JOIN_SECONDS = 300
SETTLE_SECONDS = 5


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def link(options, amounts, words=(), inside=()):
    """What bench-link tells of these amounts."""
    every = {'connections': 1, 'roundTrips': 0, 'messages': 0, 'bulkBytes': 0, **amounts}
    command = [*inside, options.build / 'tests' / 'bench' / 'bench-link', json.dumps(every), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def connecting(options):
    attempts = 10 if options.quick else ATTEMPTS
    times = link(options, {'connections': attempts})['connect_ms']
    yield 'discovery to verified channel, p50', f'{quantile(times, 0.5):.0f} ms', '< 1 s'
    yield 'discovery to verified channel, p95', f'{quantile(times, 0.95):.0f} ms', '< 2 s'
    yield f'connected within 10 s, of {attempts} attempts', f'{100 * len(times) / attempts:g} %', '100 %'


def round_trips(options):
    count = 200 if options.quick else 5000
    found = link(options, {'roundTrips': count})['rtt_us']
    yield 'round trip on loopback, p50', f'{found["p50"] / 1000:.2f} ms', ''
    yield 'round trip on loopback, p99', f'{found["p99"] / 1000:.2f} ms', '< 20 ms'


def delayed(options):
    """Two namespaces, between which each packet takes 40 ms, by a pump of plain code."""
    lab = natlab.Lab()
    try:
        for short in 'ab':
            natlab.sh('ip', 'netns', 'add', lab.name(short))
            lab.names.append(lab.name(short))
            lab.ip(short, 'link', 'set', 'lo', 'up')
        lab.pumps.append(natlab.pump(lab.name('a'), lab.name('b'), DELAY_MS))
        for short, device, own, other in (('a', 'up0', 1, 2), ('b', 'lan', 2, 1)):
            lab.ip(short, 'address', 'add', f'10.91.0.{own}', 'peer', f'10.91.0.{other}', 'dev', device)
            lab.ip(short, 'link', 'set', device, 'up')
        inside = [['env', '-u', 'EDGE_NET_LOOPBACK', 'ip', 'netns', 'exec', lab.name(short)] for short in 'ab']
        found = link(options, {'roundTrips': 50 if options.quick else 300, 'listen': '10.91.0.1:0'},
                     inside[1], inside[0])
    finally:
        lab.close()
    times = found['rtt_us']
    yield f'round trip with {DELAY_MS} ms each way, p50', f'{times["p50"] / 1000:.1f} ms', ''
    yield f'round trip with {DELAY_MS} ms each way, p99', f'{times["p99"] / 1000:.1f} ms', '< 100 ms'


def recovery(options):
    """The one is killed and started again: what the other sees, in seconds."""
    noticed, back = [], []
    net = harness.Network()
    try:
        stays, dies = nodes = net.nodes(2, net.relay())
        net.wait_all_linked(nodes)
        for _ in range(1 if options.quick else 5):
            dies.kill()
            began = time.monotonic()
            net.wait('the loss is noticed', lambda: dies.id not in stays.linked())
            noticed.append(time.monotonic() - began)
            began = time.monotonic()
            dies.start(ready=False)
            net.wait_all_linked(nodes)
            back.append(time.monotonic() - began)

            # Started again at once, it is back before the other has noticed anything.
            dies.kill()
            began = time.monotonic()
            dies.start(ready=False)
            net.wait('it is back', lambda: stays.id in dies.linked())
            back.append(time.monotonic() - began)
    finally:
        net.close()
    yield 'killed with -9: noticed, median', f'{statistics.median(noticed):.1f} s', ''
    yield 'killed with -9: noticed, slowest', f'{max(noticed):.1f} s', '< 5 s'
    yield 'started again: connected, median', f'{statistics.median(back):.2f} s', ''
    yield 'started again: connected, slowest', f'{max(back):.2f} s', '< 5 s'


def cpu_seconds(pid):
    words = pathlib.Path(f'/proc/{pid}/stat').read_text(encoding='utf-8').rsplit(')', 1)[1].split()
    return (int(words[11]) + int(words[12])) / TICKS


def status(pid):
    lines = pathlib.Path(f'/proc/{pid}/status').read_text(encoding='utf-8').splitlines()
    members = dict(line.split(':', 1) for line in lines if ':' in line)
    return (int(members['VmRSS'].split()[0]) / 1024, int(members['Threads']), len(os.listdir(f'/proc/{pid}/fd')))


def loopback_bytes():
    for line in pathlib.Path('/proc/self/net/dev').read_text(encoding='utf-8').splitlines():
        if line.strip().startswith('lo:'):
            return int(line.split()[1])
    return 0


def own_bytes(nodes):
    """What the nodes sent and got over their links, without what ICE, DTLS and SCTP add; each byte is counted at both ends."""
    return sum(peer['in_bytes'] + peer['out_bytes'] for node in nodes for peer in node.ask('peers', '--json')
               if peer['in_bytes'] is not None) / 2


def idle(options):
    """Nodes that have nothing to do but keep their links."""
    seconds = 4 if options.quick else 22
    for links in (1, 8, 16):
        net = harness.Network()
        try:
            nodes = net.nodes(links + 1, net.relay())
            wanted = {node.id for node in nodes}
            net.wait('all are linked', lambda n=nodes, w=wanted: all(
                len(node.linked()) >= min(links, 8) and node.linked() <= w for node in n))
            net.wait('all have their accounts and are in step', lambda n=nodes: all(
                node.ask('ledger', 'status', '--json')['events'] == len(n) + 1 for node in n), JOIN_SECONDS)
            pids = [node.child.pid for node in nodes]
            time.sleep(SETTLE_SECONDS)
            ours_before = own_bytes(nodes)
            before, began, bytes_before = [cpu_seconds(pid) for pid in pids], time.monotonic(), loopback_bytes()
            time.sleep(seconds)
            took = time.monotonic() - began
            spent = [100 * (cpu_seconds(pid) - was) / took for pid, was in zip(pids, before)]
            moved = loopback_bytes() - bytes_before
            ours = own_bytes(nodes) - ours_before
            held = statistics.mean(len(node.linked()) for node in nodes)
            all_links = sum(len(node.linked()) for node in nodes) / 2
            memory, threads, files = (statistics.median(column) for column in zip(*map(status, pids)))
        finally:
            net.close()
        what = f'{links + 1} nodes, {held:.1f} links each'
        target = {1: '< 1 %', 8: '< 2 %'}.get(links, '')
        yield f'{what}: CPU of a node, idle', f'{statistics.median(spent):.2f} %', target
        yield f'{what}: memory of a node', f'{memory:.0f} MB', ''
        yield f'{what}: threads, descriptors of a node', f'{threads:.0f}, {files:.0f}', ''
        yield f'{what}: bytes a minute and link, ours', f'{ours / took * 60 / all_links:,.0f}', '< 10 000'
        yield f'{what}: bytes a minute and link, with ICE, DTLS and the relay', f'{moved / took * 60 / all_links:,.0f}', ''


MEASURES = {'connecting': connecting, 'round-trips': round_trips, 'delayed': delayed,
            'recovery': recovery, 'idle': idle}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--quick', action='store_true', help='small amounts: whether it runs at all')
    parser.add_argument('--only', action='append', choices=MEASURES, help='one of them; may be repeated')
    options = parser.parse_args()
    options.build = options.build.resolve()
    os.environ['EDGE_NET_BUILD'] = str(options.build)
    os.environ['EDGE_NET_LOOPBACK'] = '1'

    # The bytes of an idle link are those of loopback, which nobody else may use.
    if os.environ.get('EDGE_BENCH_INSIDE') != '1':
        words = run.namespace_words()
        if words:
            os.execvpe(words[0], [*words, sys.executable, *sys.argv], {**os.environ, 'EDGE_BENCH_INSIDE': '1'})

    print(f'{datetime.date.today()}, {run.machine()}\n')
    print('| what | measured | target |\n| --- | ---: | ---: |', flush=True)
    failed = 0
    for name in options.only or MEASURES:
        try:
            for row in MEASURES[name](options):
                print('| ' + ' | '.join(row) + ' |', flush=True)
        except natlab.Skip as skip:
            print(f'{name}: {skip}', file=sys.stderr)
        except (RuntimeError, OSError, harness.Failure, subprocess.SubprocessError) as error:
            print(f'{name}: {error}', file=sys.stderr)
            failed += 1
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
