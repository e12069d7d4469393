#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One identity: backed up, brought to another place, and used in two places at once.

    identity.py [TEST…]
"""
import ledger
import harness

CREDIT = ledger.CREDIT
PASSPHRASE = 'correct horse battery'


def passphrase_file(net, text=PASSPHRASE, name='passphrase'):
    file = net.folder / name
    file.write_text(text + '\n')
    return file


def place(net, name):
    state = net.folder / name
    return ['--state', state, '--key-file', state / 'key']


def backup(net, name, file, status=0):
    return net.ask(*place(net, name), 'identity', 'backup', file, '--passphrase-file', passphrase_file(net),
                   '--json', status=status)


def restore(net, name, file, *options, passphrase=PASSPHRASE, status=0):
    return net.ask(*place(net, name), 'identity', 'restore', file, '--passphrase-file',
                   passphrase_file(net, passphrase, 'given'), '--json', *options, status=status)


def join(net, name):
    """A restored identity finds its network by the file that another member exported."""
    ledger.offline(net, name, 'network', 'join', net.folder / 'garden.json', '--json')


def key_of(node):
    return node.ask('status', '--json')['key']


def wait_key(net, node, state):
    net.wait(f'the key of {node.name} is {state}', lambda: key_of(node) == state)


def seqs(node, key):
    """Sequence numbers of a founder's events, the oldest first, the genesis included."""
    return [entry['seq'] for entry in reversed(node.ask('ledger', 'list', key, '--json')) if entry['author'] == key]


def no_fork(node):
    status = ledger.status_of(node)
    assert status['off'] == 0 and status['void'] == 0, status


def test_restored_identity_goes_on(net):
    _, keys = ledger.found(net, ['ada', 'bela', 'cleo'], ada='1000')
    ada, bela, cleo = nodes = ledger.start(net, ['ada', 'bela', 'cleo'])
    ledger.wait_same(net, nodes, 3)
    for _ in range(3):
        ada.ask('transfer', keys['bela'], '5')
    ledger.wait_same(net, nodes, 6)

    # While the node runs, which holds the folder.
    file = net.folder / 'ada.backup'
    told = backup(net, 'ada', file)
    assert told['id'] == keys['ada'] and len(told['words']) == 12, told
    assert file.stat().st_mode & 0o777 == 0o600 and file.stat().st_size == 110, file.stat()
    assert backup(net, 'ada', file, status=1)['code'] == 'failed', 'a backup was written over'
    assert ada.end() == 0

    told = restore(net, 'elsewhere', file)
    assert told['id'] == keys['ada'] and told['replaced'] is None, told
    join(net, 'elsewhere')
    again = net.node('elsewhere', '--relay', bela.command[bela.command.index('--relay') + 1], ready=False)
    again.wait_event('error', where=lambda event: event['code'] == 'key_restored' and event['remedy'])
    again.wait_event('ready')
    assert again.id == keys['ada'], again.id
    wait_key(net, again, 'fine')

    again.ask('transfer', keys['cleo'], '7')
    again.ask('stake', '1')
    ledger.wait_same(net, [again, bela, cleo], 8)
    assert seqs(bela, keys['ada']) == [0, 1, 2, 3, 4, 5], seqs(bela, keys['ada'])
    no_fork(cleo)
    expected = 1000 * CREDIT - 22 * CREDIT - 4 * ledger.FEE - CREDIT
    assert ledger.balances(cleo, keys)['ada']['available'] == str(expected), ledger.balances(cleo, keys)

    # It is at home here now: after the next start it needs nobody.
    assert again.end() == 0
    for node in (bela, cleo):
        assert node.end() == 0
    again.start()
    assert key_of(again) == 'fine'
    again.ask('transfer', keys['bela'], '1')
    assert seqs(again, keys['ada'])[-1] == 6


def test_restored_identity_waits_for_peers(net):
    _, keys = ledger.found(net, ['ada', 'bela'], ada='100')
    file = net.folder / 'ada.backup'
    backup(net, 'ada', file)
    restore(net, 'alone', file)
    join(net, 'alone')
    alone = net.node('alone')
    alone.wait_event('error', where=lambda event: event['code'] == 'key_restored')
    assert key_of(alone) == 'restored'
    refused = alone.ask('stake', '1', '--json', status=1)
    assert refused['code'] == 'refused' and 'restored' in refused['message'], refused
    assert ledger.status_of(alone)['events'] == 1

    # Unless the person insists.
    alone.ask('identity', 'claim')
    assert key_of(alone) == 'fine'
    alone.ask('stake', '1')
    assert seqs(alone, keys['ada']) == [0, 1]


def test_what_is_no_backup(net):
    ledger.key_of(net, 'ada')
    file = net.folder / 'ada.backup'
    backup(net, 'ada', file)
    whole = file.read_bytes()
    cases = {
        'wrong': (whole, 'correct horse', 'passphrase'),
        'changed': (whole[:60] + bytes([whole[60] ^ 1]) + whole[61:], PASSPHRASE, 'backup_damaged'),
        'cut': (whole[:-1], PASSPHRASE, 'backup_damaged'),
        'newer': (whole[:8] + b'\2' + whole[9:] + b'more', PASSPHRASE, 'backup_newer'),
        'text': (b'edge-net:k/ZWRn', PASSPHRASE, 'backup_damaged'),
        'foreign': (b'a letter to a friend', PASSPHRASE, 'failed'),
    }
    said = set()
    for name, (content, passphrase, code) in cases.items():
        broken = net.folder / f'{name}.backup'
        broken.write_bytes(content)
        error = restore(net, 'elsewhere', broken, passphrase=passphrase, status=1)
        assert error['code'] == code, (name, error)
        said.add(error['message'])
    # Cut and changed are one thing to a person: damaged.
    assert len(said) == len(cases) - 2, said
    assert not (net.folder / 'elsewhere' / 'key').exists()
    short = net.ask(*place(net, 'ada'), 'identity', 'backup', net.folder / 'short', '--json', '--passphrase-file',
                    passphrase_file(net, 'seven77', 'short-passphrase'), status=1)
    assert short['code'] == 'passphrase', short
    none = net.ask(*place(net, 'ada'), 'identity', 'backup', net.folder / 'none', '--json', status=1)
    assert none['code'] == 'passphrase' and not (net.folder / 'none').exists(), none


def test_another_identity_is_put_aside(net):
    mine, theirs = ledger.key_of(net, 'ada'), ledger.key_of(net, 'bela')
    file = net.folder / 'ada.backup'
    backup(net, 'ada', file)
    refused = restore(net, 'bela', file, status=1)
    assert refused['code'] == 'identity_exists' and '--replace' in refused['remedy'], refused
    assert ledger.key_of(net, 'bela') == theirs

    told = restore(net, 'bela', file, '--replace')
    assert told['id'] == mine and ledger.key_of(net, 'bela') == mine, told
    assert restore(net, 'bela', file)['replaced'] is None, 'the same identity was put aside'
    # What was there is not lost.
    assert restore(net, 'bela', told['replaced'], '--replace')['id'] == theirs
    assert ledger.key_of(net, 'bela') == theirs

    node = net.node('bela')
    assert restore(net, 'bela', file, '--replace', status=1)['code'] == 'in_use'
    assert node.running


def test_two_places_at_once(net):
    _, keys = ledger.found(net, ['ada', 'bela'], ada='1000')
    ada, bela = nodes = ledger.start(net, ['ada', 'bela'])
    ledger.wait_same(net, nodes, 2)
    ada.ask('transfer', keys['bela'], '5')
    ledger.wait_same(net, nodes, 3)
    url = ada.command[ada.command.index('--relay') + 1]

    file = net.folder / 'ada.backup'
    backup(net, 'ada', file)
    restore(net, 'twin', file)
    join(net, 'twin')
    seen = len(ada.events)
    twin = net.node('twin', '--relay', url)
    told = ada.wait_event('error', seen, where=lambda event: event['code'] == 'twin')
    assert 'claim' in told['remedy'], told
    net.wait('the first one has left', lambda: ada.ask('status', '--json')['state'] == 'none')
    status = ada.ask('status', '--json')
    assert status['key'] == 'twin' and 'identity' in status['headline'], status
    assert ada.ask('transfer', keys['bela'], '1', '--json', status=4)['code'] == 'no_network'

    wait_key(net, twin, 'fine')
    twin.ask('transfer', keys['bela'], '6')
    assert seqs(twin, keys['ada']) == [0, 1, 2]

    # The person goes on at the first: it learns what the second signed before it signs again.
    seen = len(twin.events)
    ada.ask('identity', 'claim')
    twin.wait_event('error', seen, where=lambda event: event['code'] == 'twin')
    wait_key(net, ada, 'fine')
    ada.ask('transfer', keys['bela'], '7')
    net.wait('the third payment arrives', lambda: ledger.status_of(bela)['events'] == 5)
    assert seqs(bela, keys['ada']) == [0, 1, 2, 3], seqs(bela, keys['ada'])
    no_fork(bela)


def test_two_places_that_share_no_relay(net):
    """Only what the other one signs tells of it: by way of two peers."""
    names = ['ada', 'near', 'far']
    _, keys = ledger.found(net, names, ada='1000')
    here, between, there = net.relay(), net.relay(), net.relay()
    ada = net.node('ada', '--relay', here.url)
    near = net.node('near', '--relay', here.url, '--relay', between.url)
    far = net.node('far', '--relay', between.url, '--relay', there.url)
    net.wait('ada is linked', lambda: near.id in ada.linked() and far.id in near.linked())
    net.wait('all know three', lambda: all(ledger.status_of(node)['events'] == 3 for node in (ada, near, far)))

    file = net.folder / 'ada.backup'
    backup(net, 'ada', file)
    restore(net, 'twin', file)
    join(net, 'twin')
    seen = len(ada.events)
    twin = net.node('twin', '--relay', there.url)
    wait_key(net, twin, 'fine')
    twin.ask('transfer', keys['far'], '5')
    ada.wait_event('error', seen, where=lambda event: event['code'] == 'twin')
    no_fork(far)


if __name__ == '__main__':
    harness.main(dict(globals()))
