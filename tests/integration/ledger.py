#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes in a founded network: balances, payments, kill -9, several networks.

    ledger.py [TEST…]
"""
import contextlib
import json
import sqlite3

import harness

CREDIT = 1_000_000_000
FEE = 1_000_000


def key_of(net, name):
    state = net.folder / name
    return net.ask('identity', '--json', '--state', state, '--key-file', state / 'key')['id']


def offline(net, name, *words, status=0):
    state = net.folder / name
    return net.ask('--state', state, '--key-file', state / 'key', *words, status=status)


def found(net, names, **grants):
    """A network made by the first of the names, joined by the others."""
    keys = {name: key_of(net, name) for name in names}
    grant = [word for name, amount in grants.items() for word in ('--grant', f'{keys[name]}={amount}')]
    made = offline(net, names[0], 'network', 'create', '--json', '--name', 'Garden', '--param', 'join_bits=0', *grant)
    file = net.folder / 'garden.json'
    file.write_text(offline(net, names[0], 'network', 'export'))
    for name in names[1:]:
        joined = offline(net, name, 'network', 'join', file, '--json')
        assert joined['id'] == made['id'] and joined['words'] == made['words'], joined
    return made, keys


def start(net, names):
    relay = net.relay()
    nodes = [net.node(name, '--relay', relay.url) for name in names]
    net.wait_all_linked(nodes)
    return nodes


def status_of(node):
    return node.ask('ledger', 'status', '--json')


def wait_same(net, nodes, events):
    net.wait(f'all hold {events} events and are in step',
             lambda: all(status_of(node)['events'] == events and
                         status_of(node)['peers_in_step'] == len(nodes) - 1 for node in nodes))


def balances(node, keys):
    return {name: node.ask('balance', key, '--json') for name, key in keys.items()}


def test_payments_are_equal_everywhere(net):
    names = ['ada', 'bela', 'cleo']
    made, keys = found(net, names, ada='1000.5', bela='20')
    assert made['kind'] == 'founded' and made['you'] == 'member' and made['members'] == 1, made
    nodes = start(net, names)
    # The genesis and two joins: the founder needs none.
    wait_same(net, nodes, 3)

    nodes[0].ask('transfer', keys['cleo'], '12.25', 'for the tea', '--json')
    nodes[1].ask('transfer', keys['cleo'], '0.000000001')
    nodes[0].ask('stake', '50')
    nodes[0].ask('unstake', '10')
    wait_same(net, nodes, 7)
    seen = [balances(node, keys) for node in nodes]
    assert seen[0] == seen[1] == seen[2], seen
    expected = int(1000.5 * CREDIT) - int(12.25 * CREDIT) - FEE - 50 * CREDIT
    assert seen[0]['ada']['available'] == str(expected), seen[0]['ada']
    assert seen[0]['ada']['own'] == str(40 * CREDIT) and seen[0]['ada']['leaving'][0][1] == str(10 * CREDIT)
    assert seen[0]['cleo']['available'] == str(int(12.25 * CREDIT) + 1), seen[0]['cleo']
    assert all(peer['in_step'] for node in nodes for peer in node.ask('peers', '--json'))

    listed = nodes[2].ask('ledger', 'list', keys['cleo'], '--json')
    assert [entry['type'] for entry in listed] == ['transfer', 'transfer', 'join'], listed
    shown = nodes[2].ask('ledger', 'show', listed[1]['id'], '--json')
    assert shown['payload']['body'].get('memo') == 'for the tea' or \
        nodes[2].ask('ledger', 'show', listed[0]['id'], '--json')['payload']['body']['memo'] == 'for the tea'
    for node in nodes:
        assert node.ask('ledger', 'verify', '--json') == {'verified': True}


def test_proof(net):
    made, keys = found(net, ['ada', 'bela'], ada='100')
    nodes = start(net, ['ada', 'bela'])
    wait_same(net, nodes, 2)
    nodes[0].ask('transfer', '--', keys['bela'], '7')
    stranger = 'A' * 43
    net.wait('a checkpoint holds the payment', lambda: status_of(nodes[1])['checkpoint'] and
             nodes[1].ask('balance', '--json', '--', keys['bela'])['final'] == str(7 * CREDIT), 90)
    file = net.folder / 'proof.json'
    for node in nodes:
        file.write_text(node.ask('ledger', 'proof', '--', keys['bela']))
        proven = net.ask('ledger', 'check-proof', file, '--network', made['id'], '--json')
        assert proven['key'] == keys['bela'] and proven['account']['free'] == str(7 * CREDIT), proven
        assert proven['validators'] == [keys['ada']] and proven['signers'] == 1, proven
        assert proven['network'] == made['id'] and proven['checkpoint']['time'] > 0, proven
    assert 'had 7 available' in net.ask('ledger', 'check-proof', file, '--network', made['id'])

    file.write_text(nodes[1].ask('ledger', 'proof', stranger))
    assert net.ask('ledger', 'check-proof', file, '--network', made['id'], '--json')['account'] is None
    other = net.ask('ledger', 'check-proof', file, '--network', stranger, '--json', status=1)
    assert other['code'] == 'proof' and 'genesis' in other['message'], other
    file.write_text(file.read_text().replace('"free":"7', '"free":"8').replace(stranger, keys['ada']))
    wrong = net.ask('ledger', 'check-proof', file, '--network', made['id'], '--json', status=1)
    assert wrong['code'] == 'proof' and 'last' in wrong['message'], wrong
    assert net.ask('ledger', 'check-proof', file, '--json', status=2)['code'] == 'usage'

    for node in nodes:
        node.end()
    file.write_text(offline(net, 'bela', 'ledger', 'proof'))
    proven = net.ask('ledger', 'check-proof', file, '--network', made['id'], '--json')
    assert proven['key'] == keys['bela'] and proven['account']['free'] == str(7 * CREDIT), proven


def test_refusals(net):
    _, keys = found(net, ['ada', 'bela'], ada='10')
    nodes = start(net, ['ada', 'bela'])
    wait_same(net, nodes, 2)
    for words, code, status in ((['transfer', keys['bela'], '10'], 'refused', 1),
                                (['transfer', keys['bela'], '0'], 'refused', 1),
                                (['transfer', keys['ada'], '1'], 'refused', 1),
                                (['transfer', 'A' * 43, '1'], 'refused', 1),
                                (['stake', '11'], 'refused', 1), (['unstake', '1'], 'refused', 1),
                                (['ledger', 'show', 'A' * 43], 'no_event', 1),
                                (['network', 'switch', 'Nowhere'], 'no_network', 4),
                                (['transfer', keys['bela'], '1.0000000001'], 'usage', 2),
                                (['transfer', keys['bela'], '-1'], 'usage', 2),
                                (['transfer', keys['bela'], '1e3'], 'usage', 2),
                                (['transfer', 'x', '1'], 'usage', 2), (['balance', 'x'], 'usage', 2),
                                (['ledger', 'dance'], 'usage', 2), (['network', 'create'], 'usage', 2)):
        error = nodes[0].ask('--json', *words[:1], '--', *words[1:], status=status)
        assert error['code'] == code and error['message'], (words, error)
    assert status_of(nodes[0])['events'] == 2, 'a refusal left an event'


def test_killed_node_keeps_all(net):
    names = ['ada', 'bela', 'cleo']
    _, keys = found(net, names, ada='1000')
    nodes = start(net, names)
    wait_same(net, nodes, 3)
    done = [nodes[0].ask('transfer', keys['bela'], '1', '--json')['id'] for _ in range(5)]
    nodes[0].kill()
    for identifier in done:
        assert offline(net, 'ada', 'ledger', 'show', identifier, '--json')['id'] == identifier
    assert offline(net, 'ada', 'ledger', 'verify', '--json') == {'verified': True}

    nodes[1].ask('transfer', keys['cleo'], '2')
    nodes[0].start()
    net.wait_all_linked(nodes)
    wait_same(net, nodes, 9)
    seen = [balances(node, keys) for node in nodes]
    assert seen[0] == seen[1] == seen[2], seen
    assert seen[0]['bela']['available'] == str(3 * CREDIT - FEE), seen[0]['bela']


def test_export_fold_and_import(net):
    _, keys = found(net, ['ada', 'bela'], ada='100')
    nodes = start(net, ['ada', 'bela'])
    wait_same(net, nodes, 2)
    nodes[0].ask('transfer', keys['bela'], '7')
    wait_same(net, nodes, 3)
    file = net.folder / 'events.json'
    nodes[0].ask('ledger', 'export', file)
    assert json.loads(nodes[1].ask('ledger', 'export')) .keys() == {'events', 'checkpoints'}
    folded = json.loads(net.ask('ledger', 'fold', file))
    assert folded['accounts'][keys['bela']]['free'] == str(7 * CREDIT), folded
    assert len(folded['order']) == 3 and not folded['invalid'], folded

    third = net.folder / 'cleo'
    offline(net, 'cleo', 'network', 'join', net.folder / 'garden.json')
    taken = offline(net, 'cleo', 'ledger', 'import', file, '--json')
    assert taken == {'new': 2, 'known': 1, 'held': 0, 'invalid': 0, 'fault': None}, taken
    assert offline(net, 'cleo', 'balance', keys['bela'], '--json')['available'] == str(7 * CREDIT)
    broken = json.loads(file.read_text())
    broken['events'] = [event[:-9] + 'AAAAAAAAA' for event in broken['events'][1:]]
    file.write_text(json.dumps(broken))
    taken = offline(net, 'cleo', 'ledger', 'import', file, '--json')
    assert taken['new'] == 0 and taken['fault'] is not None or taken['known'] == 2, taken
    assert third.exists()


def test_verify_tells_the_first_fault(net):
    _, keys = found(net, ['ada', 'bela'], ada='100')
    nodes = start(net, ['ada', 'bela'])
    wait_same(net, nodes, 2)
    paid = nodes[0].ask('transfer', keys['bela'], '7', '--json')['id']
    wait_same(net, nodes, 3)
    assert nodes[0].end() == 0
    assert offline(net, 'ada', 'ledger', 'verify', '--json') == {'verified': True}

    # Another signature under the same event, as a disk or a hand might leave it.
    file = next((net.folder / 'ada' / 'networks').glob('*.sqlite'))
    with contextlib.closing(sqlite3.connect(file)) as book:
        rows = dict(book.execute('SELECT place, jws FROM events'))
        place = max(rows)
        body, mark = rows[place].rsplit('.', 1)
        other = body + '.' + ('A' if mark[0] != 'A' else 'B') + mark[1:]
        book.execute('UPDATE events SET jws = ? WHERE place = ?', (other, place))
        book.commit()
    error = offline(net, 'ada', 'ledger', 'verify', '--json', status=1)
    assert error['message'] and error['code'], error
    text = offline(net, 'ada', 'ledger', 'verify', status=1)
    assert paid in text or error['message'] in text, text
    assert nodes[1].ask('ledger', 'verify', '--json') == {'verified': True}


def test_several_networks(net):
    made, keys = found(net, ['ada'], ada='5')
    node = net.node('ada')
    assert node.of('ready')[0]['network'] == made['id']
    assert node.ask('balance', '--json')['available'] == str(5 * CREDIT)
    meadow = node.ask('network', 'join', '--open', 'meadow', '--json')
    assert meadow['kind'] == 'open' and meadow['you'] == 'none', meadow
    assert node.ask('status', '--json')['network']['name'] == 'meadow'
    assert node.ask('balance', '--json')['available'] == '0'
    listed = {network['name']: network['current'] for network in node.ask('network', 'list', '--json')}
    assert listed == {'Garden': False, 'meadow': True}, listed
    back = node.ask('network', 'switch', 'Garden', '--json')
    assert back['id'] == made['id']
    assert node.ask('balance', '--json')['available'] == str(5 * CREDIT)
    assert node.end() == 0
    assert not list((net.folder / 'ada' / 'networks').glob('*-wal')), 'the log was not written back'
    assert offline(net, 'ada', 'network', 'show', '--json')['id'] == made['id']
    again = net.node('ada', '--network', 'meadow')
    assert again.of('ready')[0]['network'] == meadow['id']


def test_no_network_yet(net):
    for words in (['balance'], ['ledger', 'status'], ['network', 'show']):
        assert offline(net, 'ada', *words, '--json', status=4)['code'] == 'no_network'
    assert offline(net, 'ada', 'network', 'list', '--json') == []
    for words in (['transfer', 'A' * 43, '1'], ['stake', '1'], ['unstake', '1']):
        assert offline(net, 'ada', *words, '--json', status=3)['code'] == 'no_node'
    for words in (['--param', 'fee=x'], ['--param', 'no=1'], ['--grant', 'x=1'], ['--param', 'max_bonus=0'],
                  ['--validator', 'x']):
        offline(net, 'ada', 'network', 'create', '--name', 'Garden', *words,
                status=2 if words[1] in ('fee=x',) else 1)
    assert offline(net, 'ada', 'network', 'list', '--json') == []


if __name__ == '__main__':
    harness.main(dict(globals()))
