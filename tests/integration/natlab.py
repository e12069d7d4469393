#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two nodes behind two routers, in network namespaces of this program's own:

    a 10.1.0.2 --- ra 198.51.100.1 ---+
                                      +--- net 198.51.100.254: relay, STUN and TURN (coturn)
    b 10.2.0.2 --- rb 198.51.100.2 ---+

For each kind of router it checks by which path the nodes come together, as they
themselves tell. Prints TAP; skips everything where namespaces are not allowed.

    natlab.py [CASE…]
"""
import ctypes
import fcntl
import heapq
import json
import os
import pathlib
import secrets
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback

HUB = '198.51.100.254'
# Nobody listens there: the discard port.
NO_RELAY = 'ws://127.0.0.1:9/'
DELAY_MS = 40
CONNECT_SECONDS = 60
RETURN_SECONDS = 150

# A port keeps its number whoever is written to, and anyone may answer to it.
CONE = """
table ip nat {{
  chain out {{ type nat hook postrouting priority srcnat; oifname "wan" ip saddr {inner} snat to {outer}; }}
  chain in {{ type nat hook prerouting priority dstnat; iifname "wan" udp dport 1024-65535 dnat to {inner}; }}
}}
"""
# Only who was written to may answer.
FILTER = """
table ip filter {{
  chain input {{ type filter hook input priority filter;
    iifname "wan" ct state established,related accept; iifname "wan" drop; }}
  chain forward {{ type filter hook forward priority filter; policy drop;
    {refuse}
    ct state established,related accept; iifname "lan" accept; }}
}}
"""
MASQUERADE = """
table ip nat {{
  chain out {{ type nat hook postrouting priority srcnat; oifname "wan" masquerade {how}; }}
}}
"""
RESTRICTED = MASQUERADE.replace('{how}', '') + FILTER
# Another port for everyone who is written to.
SYMMETRIC = MASQUERADE.replace('{how}', 'random,fully-random') + FILTER
KINDS = {
    'cone': (CONE, ''),
    'restricted': (RESTRICTED, ''),
    'symmetric': (SYMMETRIC, ''),
    'no-udp': (RESTRICTED, 'meta l4proto udp drop;'),
}

MS_REC, MS_PRIVATE = 1 << 14, 1 << 18
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454ca, 0x0001, 0x1000


class Skip(Exception):
    """What is not allowed or not there on this machine."""


def sh(*command, stdin=None):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f'{" ".join(command)}: {done.stderr.strip()}')
    return done.stdout


class Lab:
    """The namespaces, the processes in them and their logs."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='edge-natlab.'))
        self.prefix = f'edge{os.getpid()}'
        self.names, self.children, self.pumps = [], {}, []

    def name(self, short):
        return f'{self.prefix}{short}'

    def ip(self, short, *words):
        return sh('ip', '-n', self.name(short), *words)

    def inside(self, short, *words, stdin=None):
        return sh('ip', 'netns', 'exec', self.name(short), *words, stdin=stdin)

    def build(self, kinds, delay_ms):
        for short in ('a', 'b', 'ra', 'rb', 'net'):
            sh('ip', 'netns', 'add', self.name(short))
            self.names.append(self.name(short))
            self.ip(short, 'link', 'set', 'lo', 'up')
            self.inside(short, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1')
        self.ip('net', 'link', 'add', 'hub', 'type', 'bridge')
        self.ip('net', 'address', 'add', f'{HUB}/24', 'dev', 'hub')
        self.ip('net', 'link', 'set', 'hub', 'up')
        for side, (host, kind) in enumerate(zip('ab', kinds), 1):
            self.attach(side, host, delay_ms)
            self.route(side, host, kind)
        self.swallow()

    def attach(self, side, host, delay_ms):
        router, inner = f'r{host}', f'10.{side}.0'
        if delay_ms:
            self.pumps.append(pump(self.name(host), self.name(router), delay_ms))
        else:
            sh('ip', 'link', 'add', 'up0', 'netns', self.name(host), 'type', 'veth',
               'peer', 'name', 'lan', 'netns', self.name(router))
        sh('ip', 'link', 'add', 'wan', 'netns', self.name(router), 'type', 'veth',
           'peer', 'name', f'w{host}', 'netns', self.name('net'))
        self.ip(host, 'address', 'add', f'{inner}.2/24', 'dev', 'up0')
        self.ip(host, 'link', 'set', 'up0', 'up')
        self.ip(router, 'address', 'add', f'{inner}.1/24', 'dev', 'lan')
        self.ip(router, 'link', 'set', 'lan', 'up')
        self.ip(router, 'address', 'add', f'198.51.100.{side}/24', 'dev', 'wan')
        self.ip(router, 'link', 'set', 'wan', 'up')
        self.ip('net', 'link', 'set', f'w{host}', 'master', 'hub')
        self.ip('net', 'link', 'set', f'w{host}', 'up')
        self.ip(host, 'route', 'add', 'default', 'via', f'{inner}.1')
        self.ip(router, 'route', 'add', 'default', 'via', HUB)

    def route(self, side, host, kind):
        self.inside(f'r{host}', 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
        rules, refuse = KINDS[kind]
        self.inside(f'r{host}', 'nft', '-f', '-', stdin=rules.format(
            inner=f'10.{side}.0.2', outer=f'198.51.100.{side}', refuse=refuse))

    def swallow(self):
        """What goes to private addresses is lost in silence, as it is on the Internet."""
        self.ip('net', 'link', 'add', 'hole', 'type', 'veth', 'peer', 'name', 'depth')
        self.ip('net', 'address', 'add', '192.0.2.2/30', 'dev', 'hole')
        self.ip('net', 'link', 'set', 'hole', 'up')
        self.ip('net', 'link', 'set', 'depth', 'up')
        self.ip('net', 'neighbour', 'add', '192.0.2.1', 'lladdr', '02:00:00:00:00:01', 'dev', 'hole')
        self.ip('net', 'route', 'add', 'default', 'via', '192.0.2.1', 'dev', 'hole')

    def start(self, name, short, *command):
        env = {k: v for k, v in os.environ.items() if k not in ('EDGE_NET_LOOPBACK', 'G_DEBUG')}
        with open(self.folder / f'{name}.log', 'wb') as log:
            self.children[name] = subprocess.Popen(
                ['ip', 'netns', 'exec', self.name(short), *command], env=env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)

    def text(self, name):
        return (self.folder / f'{name}.log').read_text(encoding='utf-8', errors='replace')

    def wait(self, what, seconds, condition):
        end = time.monotonic() + seconds
        while True:
            value = condition()
            if value is not None:
                return value
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise AssertionError(f'{name} ended with {child.returncode}')
            if time.monotonic() > end:
                raise AssertionError(f'{what}: not within {seconds} s')
            time.sleep(0.05)

    def services(self, turn):
        secret = secrets.token_hex(16)
        self.start('turn', 'net', 'turnserver', '-n', '--listening-ip', HUB, '--relay-ip', HUB,
                   '--listening-port', '3478', '--use-auth-secret', f'--static-auth-secret={secret}',
                   '--realm', 'natlab', '--no-cli', '--no-tls', '--no-dtls', '--min-port', '50000',
                   '--max-port', '50200', '--log-file', 'stdout', '--simple-log',
                   '--pidfile', str(self.folder / 'turn.pid'), '--userdb', str(self.folder / 'turn.db'))
        words = ['--stun-url', f'stun:{HUB}:3478']
        if turn:
            words += ['--turn-url', f'turn:{HUB}:3478?transport=udp', '--turn-secret', secret]
        self.start('relay', 'net', 'edge-net-relay', '--listen', f'{HUB}:8080', *words)
        self.wait('the relay listens', 20, lambda: True if '8080' in self.text('relay') else None)
        self.wait('coturn listens', 20, lambda: self.inside('net', 'ss', '-lun') if
                  f'{HUB}:3478' in self.inside('net', 'ss', '-lun') else None)

    def node(self, name, relay=f'ws://{HUB}:8080/'):
        state = self.folder / f'state-{name}'
        state.mkdir(mode=0o700)
        self.start(name, name, 'edge-net-node', 'run', '--json', '--relay', relay,
                   '--name', name, '--state', str(state), '--key-file', str(state / 'key'))

    def ask(self, name, *words):
        """A command to a node. Its socket is a file, which is the same in all namespaces."""
        return sh('edge-net-node', '--state', str(self.folder / f'state-{name}'), *words)

    def rest(self, seconds):
        """Sees that everything runs on for so long."""
        end = time.monotonic() + seconds
        self.wait('time passes', seconds + 1, lambda: True if time.monotonic() > end else None)

    def events(self, name, kind):
        for line in self.text(name).splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and event.get('event') == kind:
                yield event

    def path(self, name):
        """The path by which a node is connected now, or None."""
        last = None
        for last in self.events(name, 'peer'):
            pass
        return last.get('path') if last and last.get('state') == 'connected' else None

    def expect(self, path, seconds=CONNECT_SECONDS):
        for name in ('a', 'b'):
            self.wait(f'{name} is connected by way of {path}', seconds,
                      lambda: True if self.path(name) == path else None)

    def close(self):
        for child in reversed(self.children.values()):
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for pid in self.pumps:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        for name in reversed(self.names):
            subprocess.run(['ip', 'netns', 'delete', name], capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def tunnel(namespace, device):
    with open(f'/run/netns/{namespace}', 'rb') as where:
        os.setns(where.fileno(), os.CLONE_NEWNET)
    end = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack('16sH22x', device.encode(), IFF_TUN | IFF_NO_PI))
    return end


def pump(host, router, delay_ms, device='lan'):
    """A wire between two namespaces on which every packet takes delay_ms: netem in
    plain code, for kernels without it. Returns the process that carries the packets."""
    ready, tell = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tell)
        if os.read(ready, 1) != b'+':
            raise Skip('no TUN device may be made here')
        os.close(ready)
        return pid
    try:
        ends = [tunnel(host, 'up0'), tunnel(router, device)]
        os.write(tell, b'+')
        queue, count = [], 0
        while True:
            now = time.monotonic()
            timeout = max(0, queue[0][0] - now) if queue else None
            for end in select.select(ends, [], [], timeout)[0]:
                packet = os.read(end, 65536)
                other = ends[1 - ends.index(end)]
                count += 1
                heapq.heappush(queue, (time.monotonic() + delay_ms / 1000, count, other, packet))
            while queue and queue[0][0] <= time.monotonic():
                _, _, other, packet = heapq.heappop(queue)
                try:
                    os.write(other, packet)
                except OSError:
                    pass
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def direct(kind_a, kind_b):
    def case(lab):
        lab.build((kind_a, kind_b), 0)
        lab.services(turn=False)
        lab.node('a')
        lab.node('b')
        lab.expect('direct')
    return case


def turn(lab):
    lab.build(('symmetric', 'symmetric'), 0)
    lab.services(turn=True)
    lab.node('a')
    lab.node('b')
    lab.expect('turn')


def relayed(lab):
    """No UDP gets through; when it does later, the nodes find the direct path by themselves."""
    lab.build(('no-udp', 'no-udp'), 0)
    lab.services(turn=False)
    lab.node('a')
    lab.node('b')
    lab.expect('relayed')
    for host in 'ab':
        lab.inside(f'r{host}', 'nft', 'flush', 'ruleset')
        lab.route('ab'.index(host) + 1, host, 'cone')
    lab.expect('direct', RETURN_SECONDS)


HOME = {'one': '10.3.0.2/24', 'two': '10.3.0.3/24'}


def home(lab):
    """A local network: a in it by a wire, b by none as yet, though it has two. No server."""
    for short in ('net', 'a', 'b'):
        sh('ip', 'netns', 'add', lab.name(short))
        lab.names.append(lab.name(short))
        lab.ip(short, 'link', 'set', 'lo', 'up')
        lab.inside(short, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1', 'net.ipv6.conf.default.disable_ipv6=1',
                   'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0')
    lab.ip('net', 'link', 'add', 'hub', 'type', 'bridge')
    lab.ip('net', 'link', 'set', 'hub', 'up')
    for host, wire in (('a', 'up0'), ('b', 'one'), ('b', 'two')):
        sh('ip', 'link', 'add', wire, 'netns', lab.name(host), 'type', 'veth', 'peer', 'name', f'{host}{wire}',
           'netns', lab.name('net'))
        lab.ip('net', 'link', 'set', f'{host}{wire}', 'master', 'hub')
        lab.ip('net', 'link', 'set', f'{host}{wire}', 'up')
    plug(lab, 'a', 'up0', '10.3.0.1/24')


def plug(lab, host, wire, address):
    lab.ip(host, 'link', 'set', wire, 'up')
    lab.wait(f'{wire} of {host} has a carrier', CONNECT_SECONDS,
             lambda: True if ' UP ' in lab.ip(host, '-br', 'link', 'show', wire) else None)
    lab.ip(host, 'address', 'add', address, 'dev', wire)


def pull(lab, host, wire):
    """As NetworkManager leaves it."""
    lab.ip(host, 'address', 'flush', 'dev', wire)
    lab.ip(host, 'link', 'set', wire, 'down')


def moved(lab):
    """The link outlives the addresses it was made with: to the second wire before the first is pulled,
    back to the first, and, when that is pulled without notice, to the second again."""
    home(lab)
    plug(lab, 'b', 'one', HOME['one'])
    for short in 'ab':
        lab.node(short, NO_RELAY)
        lab.wait(f'{short} is ready', CONNECT_SECONDS, lambda: next(lab.events(short, 'ready'), None))
    answer = lab.ask('b', 'accept', lab.ask('a', 'invite', '--direct').splitlines()[-1]).splitlines()[-1]
    lab.ask('a', 'accept', answer)
    lab.expect('direct')
    said = 0

    def goes_by(wire):
        nonlocal said
        address = HOME[wire].split('/')[0]

        def routes():
            peers = [json.loads(lab.ask(short, 'peers', '--json')) for short in 'ab']
            return True if all(len(known) == 1 and known[0]['state'] == 'connected' and f' {address}:' in known[0]['route']
                               for known in peers) else None
        lab.wait(f'the link goes by wire {wire}', CONNECT_SECONDS, routes)
        said += 1
        for here in 'ab':
            lab.ask(here, 'message', next(lab.events(here, 'peer'))['peer'], f'{said} by wire {wire}')
        for here in 'ab':
            lab.wait(f'{here} is spoken to', CONNECT_SECONDS,
                     lambda: True if len(list(lab.events(here, 'message'))) >= said else None)

    def states():
        told = [[event['state'] for event in lab.events(short, 'peer')] for short in 'ab']
        return set(sum((each[each.index('connected'):] for each in told), []))

    goes_by('one')
    plug(lab, 'b', 'two', HOME['two'])
    goes_by('two')
    pull(lab, 'b', 'one')
    # Longer than it takes to find that a link is lost.
    lab.rest(6)
    goes_by('two')
    plug(lab, 'b', 'one', HOME['one'])
    goes_by('one')
    assert states() <= {'connected', 'stale'}, states()

    pull(lab, 'b', 'one')
    lab.wait('it is noticed', CONNECT_SECONDS, lambda: True if 'connecting' in states() else None)
    goes_by('two')
    assert 'closed' not in states(), states()


def delayed(lab):
    """Packets between the nodes take 40 ms each way, half of it on either side."""
    lab.build(('cone', 'cone'), DELAY_MS / 2)
    lab.services(turn=False)
    lab.node('a')
    lab.node('b')
    lab.expect('direct')

    def latency():
        values = [event.get('latency_ms') for event in lab.events('a', 'latency')]
        values = [value for value in values if isinstance(value, (int, float))]
        return values[-1] if len(values) >= 3 else None
    value = lab.wait('a measured a latency', CONNECT_SECONDS, latency)
    assert value >= 2 * DELAY_MS, f'a tells {value} ms where a round trip takes {2 * DELAY_MS} ms'


CASES = {
    'cone-cone': direct('cone', 'cone'),
    'cone-restricted': direct('cone', 'restricted'),
    'restricted-restricted': direct('restricted', 'restricted'),
    'cone-symmetric': direct('cone', 'symmetric'),
    'symmetric-symmetric-turn': turn,
    'no-udp-relayed-then-direct': relayed,
    'delayed': delayed,
    'moved': moved,
}


def enter():
    """Goes into mount and network namespaces, where needed as root of a user namespace,
    in which namespaces may be made and named."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    try:
        if user == 0:
            os.unshare(os.CLONE_NEWNS | os.CLONE_NEWNET)
        else:
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNS | os.CLONE_NEWNET)
            for name, text in (('setgroups', 'deny'), ('uid_map', f'0 {user} 1'), ('gid_map', f'0 {group} 1')):
                pathlib.Path('/proc/self', name).write_text(text, encoding='ascii')
    except OSError as error:
        raise Skip(f'namespaces are not allowed here: {error.strerror}') from None
    for source, target, kind, flags in ((b'none', b'/', None, MS_REC | MS_PRIVATE), (b'none', b'/run', b'tmpfs', 0)):
        if libc.mount(source, target, kind, flags, None) != 0:
            raise Skip(f'nothing may be mounted here: {os.strerror(ctypes.get_errno())}')
    os.mkdir('/run/netns')


def main():
    unknown = [name for name in sys.argv[1:] if name not in CASES]
    if unknown:
        print(f'no such case: {unknown[0]}; there are {", ".join(CASES)}', file=sys.stderr)
        return 2
    try:
        for tool in ('ip', 'nft', 'turnserver', 'ss', 'edge-net-node', 'edge-net-relay'):
            if shutil.which(tool) is None:
                raise Skip(f'{tool} is not there')
        enter()
    except Skip as reason:
        print(f'1..0 # SKIP {reason}')
        return 0

    names = sys.argv[1:] or list(CASES)
    print(f'1..{len(names)}', flush=True)
    failed = 0
    for number, name in enumerate(names, 1):
        lab = Lab()
        began = time.monotonic()
        try:
            CASES[name](lab)
            print(f'ok {number} {name} # {time.monotonic() - began:.1f} s', flush=True)
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}', flush=True)
        except (AssertionError, RuntimeError) as error:
            failed += 1
            print(f'not ok {number} {name}: {error}', flush=True)
            for child in lab.children:
                for line in lab.text(child).splitlines()[-15:]:
                    print(f'# {child}: {line}')
        finally:
            lab.close()
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
