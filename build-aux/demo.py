#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the app among live peers: a relay, two background nodes and the app as
real processes, all ended when this one ends. Called by ./run inside the build
environment; ./run --help tells the options."""
import argparse
import ctypes
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

NODES = ['Ada’s desktop', 'Grace’s laptop']
NETWORK = 'Neighbours'
GRANT = 250
PR_SET_PDEATHSIG = 1
STOP_SECONDS = 10
TAIL_LINES = 20


class Failure(Exception):
    """What went wrong, in words for the person."""


def say(text):
    print(f'==> {text}', file=sys.stderr, flush=True)


class Demo:
    """The processes of one demo, their logs and their folder."""

    def __init__(self, limit):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='edge-net-demo.'))
        self.deadline = time.monotonic() + limit
        self.children = {}

    def start(self, name, command, env=None, **options):
        log = open(self.log(name), 'wb')
        prctl = ctypes.CDLL(None).prctl

        def end_with_parent():
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

        try:
            child = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})},
                preexec_fn=end_with_parent, start_new_session=True, **options)
        except FileNotFoundError:
            raise Failure(f'{command[0]} is not there; did the build succeed?') from None
        log.close()
        self.children[name] = child
        return child

    def log(self, name):
        return self.folder / f'{name}.log'

    def text(self, name):
        return self.log(name).read_text(encoding='utf-8', errors='replace')

    def wait(self, what, condition, allowed_to_end=()):
        """Waits until condition() is true; fails when a process ends or the limit is over."""
        while True:
            value = condition()
            if value:
                return value
            for name, child in self.children.items():
                if child.poll() is not None and name not in allowed_to_end:
                    raise Failure(f'{name} ended early, with status {child.returncode}')
            if time.monotonic() > self.deadline:
                raise Failure(f'it took too long until {what}')
            time.sleep(0.1)

    def stop(self):
        """Ends everything, the newest first."""
        for name, child in reversed(self.children.items()):
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + STOP_SECONDS
        for name, child in self.children.items():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f'{name} did not end in {STOP_SECONDS} s; it is killed')
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def tails(self):
        for name in self.children:
            lines = self.text(name).splitlines()[-TAIL_LINES:]
            print(f'--- {name}', *lines, sep='\n', file=sys.stderr)


def start_relay(demo):
    demo.start('relay', ['edge-net-relay', '--listen', '127.0.0.1:0'])

    def address():
        found = re.search(r'\b(?:ws|http)://([0-9.]+:[1-9][0-9]*)', demo.text('relay'))
        return found and f'ws://{found[1]}/'

    url = demo.wait('the relay listens', address)
    say(f'A relay listens at {url}')
    return url


def place(demo, name):
    """Folder and key of one of the demo's computers, as options."""
    state = demo.folder / name
    state.mkdir(mode=0o700, exist_ok=True)
    return ['--state', str(state), '--key-file', str(state / 'key')]


def ask(demo, name, *words):
    done = subprocess.run(['edge-net-node', *place(demo, name), *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f'edge-net-node {words[0]} {words[1]} failed: {done.stderr.strip()}')
    return done.stdout


def found_network(demo, relay):
    """A network whose book the first node closes; everybody has credits to begin with."""
    keys = {name: json.loads(ask(demo, name, 'identity', 'show', '--json'))['id'] for name in ('node-1', 'node-2', 'app')}
    grants = [f'--grant={key}={GRANT}' for key in keys.values()]
    ask(demo, 'node-1', 'network', 'create', '--name', NETWORK, '--param', 'open=1', '--param', 'join_bits=4',
        '--relay', relay, *grants)
    file = demo.folder / 'network.json'
    file.write_text(ask(demo, 'node-1', 'network', 'export'), encoding='utf-8')
    for name in ('node-2', 'app'):
        ask(demo, name, 'network', 'join', str(file))


def start_node(demo, number, name, relay):
    demo.start(f'node-{number}', [
        'edge-net-node', 'run', '--json', '--relay', relay, '--name', name, *place(demo, f'node-{number}')])


def connected(demo, number):
    """How many peers a node is linked to, from the events it prints."""
    states = {}
    for line in demo.text(f'node-{number}').splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and event.get('event') == 'peer':
            states[event.get('peer')] = event.get('state')
    return sum(state == 'connected' for state in states.values())


def linked(demo):
    """How many peers the app is linked to, as it says itself over its socket."""
    asked = subprocess.run(['edge-net-node', 'status', '--json'], capture_output=True, text=True, check=False)
    try:
        return json.loads(asked.stdout)['peers']['connected']
    except (ValueError, KeyError, TypeError):
        return 0


def unlock_keyring(demo):
    """A key ring of the demo's own, with a password nobody needs."""
    daemon = demo.start('keyring', ['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                        stdin=subprocess.PIPE)
    daemon.stdin.write(os.urandom(16).hex().encode())
    daemon.stdin.close()
    ask = ['gdbus', 'wait', '--session', '--timeout', '20', 'org.freedesktop.secrets']
    if subprocess.run(ask, check=False).returncode != 0:
        raise Failure('the key ring did not start')


def own_folders(demo):
    """Keeps a demo without a display out of the person's own data and settings."""
    env = {}
    for kind in ('DATA', 'CONFIG', 'CACHE', 'STATE'):
        path = demo.folder / 'home' / kind.lower()
        path.mkdir(parents=True, mode=0o700)
        env[f'XDG_{kind}_HOME'] = str(path)
    os.environ.update(env)
    os.environ.update({'GSETTINGS_BACKEND': 'memory', 'ADW_DISABLE_PORTAL': '1'})


def window_of(demo):
    """The app's largest visible window."""
    search = subprocess.run(
        ['xdotool', 'search', '--onlyvisible', '--pid', str(demo.children['app'].pid)],
        capture_output=True, text=True, check=False)
    best, area = None, 0
    for window in search.stdout.split():
        shape = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                               capture_output=True, text=True, check=False).stdout
        size = dict(re.findall(r'^(WIDTH|HEIGHT)=(\d+)$', shape, re.M))
        if size and int(size['WIDTH']) * int(size['HEIGHT']) > area:
            best, area = window, int(size['WIDTH']) * int(size['HEIGHT'])
    return best if area > 10000 else None


def take_picture(window, path):
    """Writes the window to path; False while there is nothing painted in it."""
    taken = subprocess.run(['import', '-silent', '-window', window, f'png:{path}'],
                           capture_output=True, text=True, check=False)
    if taken.returncode != 0:
        raise Failure(f'no picture could be taken: {taken.stderr.strip()}')
    colours = subprocess.run(['identify', '-format', '%k', str(path)],
                             capture_output=True, text=True, check=True)
    return int(colours.stdout) > 16


def picture(demo, path, peers, relay):
    say('Waiting for the window')
    window = demo.wait('the window opened', lambda: window_of(demo))
    if peers:
        say(f'Waiting until all {peers + 1} are connected to each other')
        began = time.monotonic()
        demo.wait('the peers were connected',
                  lambda: all(connected(demo, n + 1) >= peers for n in range(peers)))
        say(f'All are connected, {time.monotonic() - began:.1f} s after the window opened')
    elif relay:
        say(f'Waiting until somebody is connected through {relay}')
        demo.wait(f'somebody was connected through {relay}; is the relay up, and is anybody else there?',
                  lambda: linked(demo))
    # The plots get their first samples: one a second.
    settled = time.monotonic() + 4
    demo.wait('the window was painted',
              lambda: time.monotonic() > settled and take_picture(window, path))


def run(options, demo):
    relay, peers = options.relay, 0
    if options.screenshot:
        own_folders(demo)
        unlock_keyring(demo)
    if not relay and not options.no_demo:
        relay = start_relay(demo)
        found_network(demo, relay)
        say(f'The network “{NETWORK}” is founded: {NODES[0]} closes its book, and you have {GRANT} credits')
        for number, name in enumerate(NODES, 1):
            start_node(demo, number, name, relay)
            say(f'“{name}” runs in the background')
        peers = len(NODES)

    command = ['edge-net', *options.app]
    if peers:
        command += ['--relay', relay, *place(demo, 'app')]
    elif relay:
        command += ['--relay', relay, '--join']
    app = demo.start('app', command)
    if options.screenshot:
        picture(demo, options.screenshot, peers, relay)
        return 0

    say('The app opens; close it, or press Ctrl+C here, to end everything')
    background = [name for name in demo.children if name != 'app']
    while app.poll() is None:
        for name in background:
            if demo.children[name].poll() is not None:
                say(f'{name} ended early, with status {demo.children[name].returncode}')
                background.remove(name)
                break
        try:
            app.wait(1)
        except subprocess.TimeoutExpired:
            pass
    if app.returncode not in (0, -signal.SIGTERM, -signal.SIGINT):
        raise Failure(f'the app ended with status {app.returncode}')
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--relay')
    parser.add_argument('--no-demo', action='store_true')
    parser.add_argument('--screenshot')
    parser.add_argument('--limit', type=float, default=60)
    parser.add_argument('app', nargs='*')
    options = parser.parse_args()

    def end(number, frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    demo = Demo(options.limit)
    try:
        return run(options, demo)
    except Failure as failure:
        print(f'error: {failure}', file=sys.stderr)
        demo.tails()
        return 1
    except KeyboardInterrupt:
        return 130 if options.screenshot else 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        demo.stop()
        shutil.rmtree(demo.folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
