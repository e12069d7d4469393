# SPDX-License-Identifier: GPL-3.0-or-later
"""Real relays and nodes as processes of a test's own, and waiting for what they tell.

A test is a function `test_…(net)` that gets a Network; main() runs them all and
prints TAP. Nothing sleeps for a fixed time: each wait is for a condition, under a
generous limit. What a process printed is shown when its test fails.
"""
import ctypes
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

LIMIT_SECONDS = 60
STOP_SECONDS = 15
TAIL_LINES = 30
PR_SET_PDEATHSIG = 1


class Failure(Exception):
    """A condition that did not come true."""


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A process, and the lines it prints, read as they come."""

    def __init__(self, net, name, command):
        self.net = net
        self.name = name
        self.command = [str(word) for word in command]
        self.inside = net.inside.get(name)
        self.lines = []
        self.errors = []
        self.child = None

    def start(self):
        # Logs of several runs of one process stay together, for who reads them.
        place = ['ip', 'netns', 'exec', self.inside] if self.inside else []
        self.child = subprocess.Popen(
            [*place, *self.command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.net.env, text=True, errors='replace', preexec_fn=end_with_parent)
        self.threads = [threading.Thread(target=self.read, args=(self.child.stdout, self.take), daemon=True),
                        threading.Thread(target=self.read, args=(self.child.stderr, self.errors.append), daemon=True)]
        for thread in self.threads:
            thread.start()
        return self

    def read(self, stream, take):
        for line in stream:
            with self.net.changed:
                take(line.rstrip('\n'))
                self.net.changed.notify_all()
        with self.net.changed:
            self.net.changed.notify_all()

    def take(self, line):
        self.lines.append(line)

    @property
    def running(self):
        return self.child is not None and self.child.poll() is None

    def kill(self):
        """Ends it as a power cut would."""
        self.child.kill()
        self.child.wait()
        for thread in self.threads:
            thread.join(STOP_SECONDS)

    def end(self, number=signal.SIGTERM):
        """Asks it to end. Its exit status."""
        if self.running:
            self.child.send_signal(number)
        return self.wait_end()

    def wait_end(self):
        try:
            status = self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            raise Failure(f'{self.name} did not end within {STOP_SECONDS} s') from None
        for thread in self.threads:
            thread.join(STOP_SECONDS)
        return status

    def tail(self):
        return [f'--- {self.name}: {" ".join(self.command)}', *self.lines[-TAIL_LINES:],
                *(f'! {line}' for line in self.errors[-TAIL_LINES:])]


class Relay(Process):
    """edge-net-relay. Started again, it listens where it did before."""

    def __init__(self, net, name, *options):
        super().__init__(net, name, ['edge-net-relay', '--listen', '127.0.0.1:0', *options])
        self.url = None

    def start(self):
        seen = len(self.lines)
        super().start()
        self.net.wait(f'{self.name} listens', lambda: len(self.lines) > seen)
        self.url = self.lines[seen].strip()
        self.command[2] = self.url.split('//')[1].rstrip('/')
        return self


class Node(Process):
    """edge-net-node run --json, and its command line."""

    def __init__(self, net, name, *options):
        self.state = net.folder / name
        self.place = ['--state', self.state, '--key-file', self.state / 'key']
        self.events = []
        self.peers = {}
        self.latencies = {}
        self.id = None
        super().__init__(net, name, ['edge-net-node', 'run', '--json', *self.place, *options])

    def start(self, ready=True):
        seen = len(self.events)
        self.peers = {}
        super().start()
        if ready:
            self.wait_event('ready', seen)
        return self

    def take(self, line):
        super().take(line)
        try:
            event = json.loads(line)
        except ValueError:
            raise Failure(f'{self.name} printed what is no JSON: {line}') from None
        kind = event['event']
        if kind == 'ready':
            self.id = event['id']
        elif kind == 'peer':
            self.peers[event['peer']] = event
        elif kind == 'latency':
            self.latencies[event['peer']] = event
        self.events.append(event)

    def of(self, kind, since=0):
        return [event for event in self.events[since:] if event['event'] == kind]

    def wait_event(self, kind, since=0, limit=LIMIT_SECONDS, where=lambda event: True):
        """The first event of a kind, from number since on, for which where() is true."""
        def first():
            if not self.running and not self.of(kind, since):
                raise Failure(f'{self.name} ended with {self.child.returncode} before “{kind}”')
            return next((event for event in self.of(kind, since) if where(event)), None)
        return self.net.wait(f'{self.name} tells of “{kind}”', first, limit)

    def linked(self):
        """Ids of the peers it is linked to."""
        return {peer for peer, event in self.peers.items() if event['state'] == 'connected'}

    def paths(self):
        """By which path it is linked to whom."""
        return {peer: event['path'] for peer, event in self.peers.items() if event['state'] == 'connected'}

    def ask(self, *words, status=0):
        """Runs a command against it; JSON or text as printed. Fails when the exit status is another."""
        return self.net.ask('--state', self.state, *words, status=status)


class Network:
    """The processes of one test and their folder."""

    def __init__(self):
        self.scratch = tempfile.TemporaryDirectory(prefix='edge-net-test.')
        self.folder = pathlib.Path(self.scratch.name)
        self.changed = threading.Condition()
        self.processes = []
        # In which network namespace a process of a name is to run.
        self.inside = {}
        home = self.folder / 'home'
        self.env = {**os.environ, 'EDGE_NET_LOOPBACK': '1', 'HOME': str(home),
                    'XDG_DATA_HOME': str(home / 'data'), 'XDG_CONFIG_HOME': str(home / 'config'),
                    'XDG_CACHE_HOME': str(home / 'cache'),
                    'DBUS_SESSION_BUS_ADDRESS': 'disabled:', 'DBUS_SYSTEM_BUS_ADDRESS': 'disabled:'}
        build = os.environ.get('EDGE_NET_BUILD')
        if build:
            self.env['PATH'] = ':'.join([f'{build}/src/cli', f'{build}/src/relay', os.environ['PATH']])

    def relay(self, *options):
        return self.add(Relay(self, f'relay-{len(self.processes)}', *options)).start()

    def node(self, name, *options, ready=True):
        return self.add(Node(self, name, *options)).start(ready)

    def nodes(self, count, relay, *options):
        """Starts nodes at once, then waits for all to be ready."""
        made = [self.node(f'node-{i}', '--relay', relay.url, *options, ready=False)
                for i in range(1, count + 1)]
        for node in made:
            node.wait_event('ready')
        return made

    def add(self, process):
        self.processes.append(process)
        return process

    def wait(self, what, condition, limit=LIMIT_SECONDS):
        """Waits until condition() is true. Its value."""
        end = time.monotonic() + limit
        with self.changed:
            while True:
                value = condition()
                if value:
                    return value
                left = end - time.monotonic()
                if left <= 0:
                    raise Failure(f'within {limit} s it did not come true that {what}')
                # Wakes up now and then for conditions that no line announces.
                self.changed.wait(min(left, 0.5))

    def holds(self, what, condition, seconds):
        """Sees that condition() stays true for some time."""
        end = time.monotonic() + seconds
        with self.changed:
            while time.monotonic() < end:
                if not condition():
                    raise Failure(f'it did not stay true that {what}')
                self.changed.wait(min(0.2, max(0.01, end - time.monotonic())))

    def wait_all_linked(self, nodes, limit=LIMIT_SECONDS):
        """Waits until each is linked to each."""
        ids = {node.id for node in nodes}
        self.wait(f'{len(nodes)} nodes are linked to each other',
                  lambda: all(node.linked() >= ids - {node.id} for node in nodes), limit)

    def ask(self, *words, status=0):
        done = subprocess.run(['edge-net-node', *[str(word) for word in words]], env=self.env,
                              capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False,
                              stdin=subprocess.DEVNULL)
        if done.returncode != status:
            raise Failure(f'edge-net-node {" ".join(map(str, words))} ended with {done.returncode}, not '
                          f'{status}: {done.stdout}{done.stderr}')
        text = done.stdout if status == 0 else done.stderr
        return json.loads(text) if '--json' in words and text.startswith(('{', '[')) else text

    def close(self):
        for process in self.processes:
            if process.running:
                process.child.terminate()
        for process in self.processes:
            try:
                process.wait_end()
            except Failure:
                process.kill()
                raise
            finally:
                for stream in (process.child.stdout, process.child.stderr):
                    stream.close()
        self.scratch.cleanup()

    def tails(self):
        for process in self.processes:
            yield from process.tail()


def run_one(number, test):
    name = test.__name__.removeprefix('test_').replace('_', '-')
    net = Network()
    began = time.monotonic()
    failed = None
    try:
        test(net)
    except Exception:
        failed = traceback.format_exc()
    try:
        net.close()
    except Exception:
        failed = failed or traceback.format_exc()
    print(f'{"not ok" if failed else "ok"} {number} {name} # {time.monotonic() - began:.1f} s', flush=True)
    if failed:
        for line in [*failed.splitlines(), *net.tails()]:
            print(f'# {line}', flush=True)
    return not failed


def main(tests):
    """Runs the tests of a module whose names are given on the command line, or all."""
    chosen = [test for name, test in tests.items() if name.startswith('test_') and
              (len(sys.argv) < 2 or name in sys.argv[1:] or name.removeprefix('test_') in sys.argv[1:])]
    print(f'1..{len(chosen)}', flush=True)
    results = [run_one(number, test) for number, test in enumerate(chosen, 1)]
    sys.exit(0 if all(results) else 1)
