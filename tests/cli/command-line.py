#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of edge-net-node: exit codes, errors, keys, folders.

    command-line.py [TEST…]
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'integration'))
import harness  # noqa: E402


def test_usage(net):
    for words in ([], ['dance'], ['status', 'now'], ['status', '--loud'], ['run', '--for', '1h'],
                  ['message', 'x'], ['pause', '--for', 'ever'], ['pause', '--for', '400d'],
                  ['identity', 'hide'], ['run', '--relay', 'http://x/'], ['run', '--room', ''],
                  ['run', '--room', 'x' * 65], ['run', '--network', 'a\nb']):
        place = ['--state', net.folder / 'none', '--key-file', net.folder / 'key'] if words else []
        text = net.ask(*place, *words, status=2)
        assert text.startswith('edge-net-node: '), text
        error = net.ask('--json', *place, *words, status=2)
        assert error['code'] in ('usage', 'bad_relay', 'bad_network') and error['message'], error


def test_help_and_version(net):
    assert 'disconnect PEER' in net.ask('--help')
    assert net.ask('-h', 'dance') == net.ask('--help')
    assert net.ask('--version').startswith('edge-net-node 0.')


def test_no_node(net):
    for words in (['status'], ['peers'], ['message', 'a', 'b'], ['disconnect', 'a'], ['pause'],
                  ['resume'], ['quit']):
        error = net.ask('--state', net.folder / 'none', *words, '--json', status=3)
        assert error['code'] == 'no_node' and error['remedy'], error
    assert not (net.folder / 'none').exists(), 'asking made a folder'


def test_key_with_a_dash(net):
    for key in ('-' + 'A' * 42, '--' + 'A' * 41, '-json' + 'A' * 38):
        for words, status in ((['balance', key], 4), (['message', key, 'x'], 3), (['message', '--', key, 'x'], 3)):
            error = net.ask('--json', '--state', net.folder / 'none', *words, status=status)
            assert error['code'] in ('no_node', 'no_network'), (words, error)
    error = net.ask('--state', net.folder / 'none', 'message', '-' + 'A' * 41, 'x', '--json', status=2)
    assert error['code'] == 'usage', error


def test_identity(net):
    state, key = net.folder / 'state', net.folder / 'state' / 'key'
    place = ['--state', state, '--key-file', key]
    made = net.ask('identity', '--json', *place)
    assert len(made['id']) == 43 and len(made['words']) == 12, made
    assert (key.stat().st_mode & 0o777, state.stat().st_mode & 0o777) == (0o600, 0o700)
    text = net.ask(*place, 'identity', 'show')
    assert text.split('\n')[:2] == [made['id'], ' '.join(made['words'])], text

    node = net.node('state')
    assert node.id == made['id']
    assert net.ask('identity', '--state', state, '--json') == made

    node.end()
    key.chmod(0o644)
    assert net.ask('identity', '--json', *place, status=1)['code'] == 'key_unsafe'
    key.chmod(0o600)
    key.write_text('no key at all')
    assert net.ask('identity', '--json', *place, status=1)['code'] == 'key_malformed'
    assert net.ask('run', '--json', *place, status=1)['code'] == 'key_malformed'


def start_keyring(net):
    """A message bus and a key ring of the test's own, unlocked."""
    bus = net.add(harness.Process(net, 'bus', ['dbus-daemon', '--session', '--nofork', '--print-address'])).start()
    net.wait('the bus is up', lambda: bus.lines)
    net.env['DBUS_SESSION_BUS_ADDRESS'] = bus.lines[0]
    ring = subprocess.run(['gnome-keyring-daemon', '--unlock', '--components=secrets', '--daemonize',
                           '--control-directory', str(net.folder / 'ring')],
                          env=net.env, input='open sesame', text=True, capture_output=True, check=True,
                          timeout=harness.STOP_SECONDS)
    return ring


def test_keyring(net):
    (net.folder / 'home').mkdir()
    start_keyring(net)
    state, other = net.folder / 'state', net.folder / 'other'
    made = net.ask('identity', '--json', '--state', state)
    assert net.ask('identity', '--json', '--state', state) == made
    # Another folder is another node.
    assert net.ask('identity', '--json', '--state', other)['id'] != made['id']

    node = net.add(harness.Node(net, 'state'))
    node.command = ['edge-net-node', 'run', '--json', '--state', str(state)]
    node.start()
    assert node.id == made['id']
    assert not (state / 'key').exists()


def test_no_keyring(net):
    error = net.ask('identity', '--json', '--state', net.folder / 'state', status=1)
    assert error['code'] == 'no_keyring' and '--key-file' in error['remedy'], error


def test_passphrase_without_a_terminal(net):
    state = net.folder / 'state'
    state.mkdir(mode=0o700)
    (state / 'identity.vault').write_bytes(b'sealed')
    error = net.ask('run', '--json', '--state', state, status=1)
    assert error['code'] == 'passphrase', error


def test_one_node_a_folder(net):
    node = net.node('state')
    other = subprocess.run(['edge-net-node', 'run', '--json', *map(str, node.place)], env=net.env,
                           capture_output=True, text=True, timeout=harness.STOP_SECONDS, check=False)
    assert other.returncode == 1 and json.loads(other.stderr)['code'] == 'in_use', other
    assert node.ask('status', '--json')['id'] == node.id


def test_folder_of_others_is_refused(net):
    loose = net.folder / 'loose'
    loose.mkdir()
    loose.chmod(0o755)
    (loose / 'letter').write_text('dear')
    error = net.ask('run', '--json', '--state', loose, status=1)
    assert error['code'] == 'state_dir' and 'chmod' in error['message'], error
    assert loose.stat().st_mode & 0o777 == 0o755


def test_starts_again_after_kill(net):
    node = net.node('state')
    assert (node.state / 'bus').exists()
    node.kill()
    node.ask('status', '--json', status=3)
    node.start()
    assert node.ask('status', '--json')['id'] == node.id


def test_stopped_node_is_not_waited_for(net):
    node = net.node('state')
    os.kill(node.child.pid, signal.SIGSTOP)
    try:
        error = node.ask('status', '--json', status=1)
        assert 'did not answer' in error['message'], error
    finally:
        os.kill(node.child.pid, signal.SIGCONT)


def test_network_is_remembered(net):
    node = net.node('state', '--room', 'garden')
    garden = node.of('ready')[0]['network']
    assert node.ask('status', '--json')['network'] == {'id': garden, 'name': 'garden', 'kind': 'open'}
    node.end()

    again = net.node('state')
    assert again.of('ready')[0]['network'] == garden
    again.end()
    by_id = net.node('state', '--network', garden)
    assert by_id.of('ready')[0]['network'] == garden
    by_id.end()

    unknown = 'A' * 43
    error = net.ask('run', '--network', unknown, *node.place, '--json', status=4)
    assert error['code'] == 'no_network', error


def test_name_is_remembered(net):
    node = net.node('state')
    made = node.ask('status', '--json')['name']
    assert len(made.split()) == 2, made
    node.end()
    named = net.node('state', '--name', 'Ada \N{MUSHROOM}\x1b')
    assert named.ask('status', '--json')['name'] == 'Ada \N{MUSHROOM}'
    named.end()
    assert net.node('state').ask('status', '--json')['name'] == 'Ada \N{MUSHROOM}'


def test_listen(net):
    with socket.create_server(('127.0.0.1', 0)) as taken:
        port = taken.getsockname()[1]
        node = net.node('state', '--listen', f'127.0.0.1:{port}', ready=False)
        assert node.wait_end() == 1
        assert node.of('error')[0]['code'] == 'listen', node.events
        assert not node.of('ready')
    node = net.node('state', '--listen', f'127.0.0.1:{port}', '--relay', 'ws://127.0.0.1:1/')
    assert set(node.of('ready')[0]['relays']) == {f'ws://127.0.0.1:{port}/', 'ws://127.0.0.1:1/'}
    node.wait_event('error', where=lambda event: event['code'] == 'relay_unreachable')


def test_long_folder(net):
    node = net.node('/'.join(['long' * 20] * 3))
    assert node.ask('status', '--json')['id'] == node.id
    node.ask('quit')
    assert node.wait_end() == 0


def test_words_for_people(net):
    relay = net.relay()
    node = net.node('node', '--relay', relay.url, '--name', 'Ada')
    person = net.add(harness.Process(net, 'person', [
        'edge-net-node', 'run', '--relay', relay.url, '--state', net.folder / 'person',
        '--key-file', net.folder / 'person' / 'key', '--name', 'Zoë'])).start()
    net.wait('it says to whom it is linked', lambda: any('Ada: linked directly' in l for l in person.lines))
    assert person.lines[0] == 'This node is “Zoë”.', person.lines
    net.wait('the other is linked', node.linked)

    node.ask('message', 'Zoë', 'red \x1b[31m')
    net.wait('it says what was said',
             lambda: any(l.endswith('Ada says: red \N{REPLACEMENT CHARACTER}[31m') for l in person.lines))
    status = node.ask('status')
    assert '  name     Ada\n' in status and '  peers    1 linked, 1 known\n' in status, status
    peers = node.ask('peers').splitlines()
    assert len(peers) == 2 and peers[1].startswith('Zoë ') and ' ms ± ' in peers[1], peers
    assert node.end() == 0
    net.wait('it says who is gone', lambda: any('Ada: gone' in l for l in person.lines))


if __name__ == '__main__':
    harness.main(dict(globals()))
