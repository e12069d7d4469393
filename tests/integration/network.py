#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A relay and nodes that find each other, lose each other and come back.

    network.py [TEST…]
"""
import harness

# A node that is killed says nothing; the others notice by its silence.
NOTICE_SECONDS = 10
SETTLE_SECONDS = 60


def test_eight_nodes_all_see_all(net):
    nodes = net.nodes(8, net.relay())
    net.wait_all_linked(nodes)
    # On a busy machine a link may begin by way of the relay; each becomes direct by itself.
    net.wait('all are linked directly',
             lambda: all(set(node.paths().values()) == {'direct'} for node in nodes))

    for node in nodes:
        peers = {peer['peer']: peer for peer in node.ask('peers', '--json')}
        assert set(peers) == {other.id for other in nodes} - {node.id}
        assert all(peer['verified'] and peer['state'] == 'connected' for peer in peers.values())
        assert all(peer['path'] == 'direct' and peer['found'] == 'relay' for peer in peers.values())
        status = node.ask('status', '--json')
        assert status['state'] == 'joined' and status['peers'] == {'connected': 7, 'known': 7}, status
    net.wait('each has measured each', lambda: all(len(node.latencies) == 7 for node in nodes))


def test_killed_node_is_noticed_and_comes_back(net):
    nodes = net.nodes(4, net.relay())
    net.wait_all_linked(nodes)
    lost, others = nodes[0], nodes[1:]

    lost.kill()
    net.wait('the others notice that one was killed',
             lambda: all(lost.id not in node.linked() for node in others), NOTICE_SECONDS)

    before = lost.id
    lost.start()
    assert lost.id == before, 'the key file made another identity'
    net.wait_all_linked(nodes)


def test_leaving_is_told(net):
    nodes = net.nodes(3, net.relay())
    net.wait_all_linked(nodes)

    assert nodes[0].end() == 0
    net.wait('the others are told at once',
             lambda: all(nodes[0].id not in node.linked() for node in nodes[1:]), 3)


def test_links_outlive_the_relay(net):
    relay = net.relay()
    nodes = net.nodes(3, relay)
    net.wait_all_linked(nodes)

    relay.kill()
    for node in nodes:
        node.wait_event('error', where=lambda event: event['code'] == 'relay_unreachable')
    ids = {node.id for node in nodes}
    net.holds('links stay without a relay',
              lambda: all(node.linked() >= ids - {node.id} for node in nodes), 6)

    relay.start()
    for node in nodes:
        net.wait(f'{node.name} is at the relay again',
                 lambda node=node: node.ask('status', '--json')['relays'][0]['state'] == 'up')
    late = net.node('late', '--relay', relay.url)
    net.wait_all_linked([*nodes, late])


def test_two_relays_find_each_peer_once(net):
    relays = [net.relay(), net.relay()]
    first = net.node('first', '--relay', relays[0].url, '--relay', relays[1].url)
    second = net.node('second', '--relay', relays[0].url, '--relay', relays[1].url)
    net.wait_all_linked([first, second])
    assert len(first.ask('peers', '--json')) == 1

    # Who has lost its own relay is still reached by the other.
    relays[0].kill()
    third = net.node('third', '--relay', relays[1].url)
    net.wait_all_linked([first, second, third])


def test_built_in_relay_is_enough(net):
    first = net.node('first')
    relays = first.of('ready')[0]['relays']
    assert len(relays) == 1 and relays[0].startswith('ws://127.0.0.1:'), relays

    # Nobody is there; Join says so and what to do.
    lonely = first.wait_event('error', where=lambda event: event['code'] == 'no_peers')
    assert relays[0] in lonely['remedy'], lonely
    assert first.ask('status', '--json')['state'] == 'joining'

    second = net.node('second', '--relay', relays[0])
    net.wait_all_linked([first, second])
    assert first.ask('status', '--json')['state'] == 'joined'


def test_rooms_do_not_meet(net):
    relay = net.relay()
    inside = [net.node(name, '--relay', relay.url, '--room', 'garden') for name in ('a', 'b')]
    outside = net.node('c', '--relay', relay.url)
    net.wait_all_linked(inside)
    net.holds('rooms are apart', lambda: not outside.peers, 3)
    assert inside[0].of('ready')[0]['network'] == inside[1].of('ready')[0]['network']
    assert inside[0].of('ready')[0]['network'] != outside.of('ready')[0]['network']


def test_messages_and_disconnect(net):
    first, second = net.nodes(2, net.relay(), '--name', 'Zoë')
    net.wait_all_linked([first, second])

    first.ask('message', second.id[:8], 'Wie geht’s?')
    said = second.wait_event('message')
    assert (said['peer'], said['name'], said['text']) == (first.id, 'Zoë', 'Wie geht’s?'), said
    first.ask('message', 'Zoë', '--', '--json is no option here')
    second.wait_event('message', where=lambda event: event['text'] == '--json is no option here')

    assert first.ask('message', 'Nobody', 'x', '--json', status=1)['code'] == 'no_peer'
    assert first.ask('message', second.id, '', '--json', status=1)['code'] == 'bad_text'
    assert first.ask('message', second.id, 'x' * 4097, '--json', status=1)['code'] == 'bad_text'

    first.ask('disconnect', second.id)
    net.wait('the link is gone on both sides', lambda: not first.linked() and not second.linked())
    assert first.ask('message', second.id, 'x', '--json', status=1)['code'] == 'not_linked'


def test_pause_keeps_links(net):
    first, second = net.nodes(2, net.relay())
    net.wait_all_linked([first, second])
    share = first.ask('status', '--json')['share']
    assert share > 0

    first.ask('pause')
    status = first.ask('status', '--json')
    assert status['state'] == 'paused' and status['share'] == 0, status
    assert status['headline'].startswith('Paused: by you'), status
    assert status['peers']['connected'] == 1

    first.ask('pause', '--for', '1s')
    net.wait('a pause ends by itself',
             lambda: first.ask('status', '--json')['state'] == 'joined', NOTICE_SECONDS)
    first.ask('pause', '--for', '2h')
    assert first.ask('status', '--json')['state'] == 'paused'
    first.ask('resume')
    assert first.ask('status', '--json')['share'] == share
    assert second.id in first.linked()


def test_ends_in_order(net):
    relay = net.relay()
    for number, end in enumerate([lambda node: node.end(harness.signal.SIGTERM),
                                  lambda node: node.end(harness.signal.SIGINT),
                                  lambda node: (node.ask('quit'), node.wait_end())[1]]):
        node = net.node(f'node-{number}', '--relay', relay.url)
        assert end(node) == 0
        assert not (node.state / 'bus').exists()
        node.ask('status', '--json', status=3)
        assert not node.errors, node.errors


if __name__ == '__main__':
    harness.main(dict(globals()))
