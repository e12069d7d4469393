#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes and a peer in another language, foreign-peer.mjs, which knows docs/ alone.

    foreign.py [TEST…]
"""
import json
import os
import pathlib
import shutil
import sys

import harness

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'bench'))
import run  # noqa: E402

PEER = ['foreign-peer.mjs', 'foreign-hostile.mjs', 'foreign-book.mjs', 'foreign-invitation.mjs', 'foreign-link.mjs',
        'foreign-wire.mjs']
FOLDER = pathlib.Path(os.environ.get('EDGE_NET_BUILD', HERE)) / 'tests' / 'integration' / 'npm'
CREDIT = 10**9


def install():
    """Brings the peer to where it can run; False where that cannot be."""
    return shutil.which('node') is not None and run.install(FOLDER, HERE, ['package.json', 'package-lock.json', *PEER])


class Foreign(harness.Process):
    """foreign-peer.mjs at work."""

    def __init__(self, net, **options):
        super().__init__(net, f'foreign-{options["scenario"]}',
                         ['node', FOLDER / 'foreign-peer.mjs', json.dumps(options)])

    def told(self, event):
        return [line for line in map(json.loads, self.lines) if line['event'] == event]

    def wait_told(self, event):
        def first():
            if not self.running and not self.told(event):
                raise harness.Failure(f'the foreign peer ended before “{event}”')
            return next(iter(self.told(event)), None)
        return self.net.wait(f'the foreign peer tells of “{event}”', first)

    def wait_done(self, limit=harness.LIMIT_SECONDS):
        self.net.wait('the foreign peer is done', lambda: not self.running, limit)
        assert self.wait_end() == 0, f'the foreign peer ended with {self.child.returncode}'


def foreign(net, **options):
    return net.add(Foreign(net, **options)).start()


def talk(net, offers, relayed=False):
    relay = net.relay()
    node = net.node('node', '--relay', relay.url, '--room', 'abroad')
    peer = foreign(net, scenario='talk', relay=relay.url, node=node.id, room='abroad', offers=offers, relayed=relayed)
    peer_id = peer.wait_told('linked')['id']
    said = node.wait_event('message')
    assert said['text'] == 'from afar' and said['peer'] == peer_id and said['name'] == 'Foreign', said
    assert node.paths() == {peer_id: 'relayed' if relayed else 'direct'}, node.paths()
    node.ask('message', peer_id, 'gladly')
    assert peer.wait_told('heard')['text'] == 'gladly'
    peer.wait_told('left')
    net.wait('the node knows that it left', lambda: node.peers[peer_id]['state'] == 'closed')
    status = peer.end()
    assert status == 0, status


def test_talks_where_it_offers(net):
    talk(net, offers=True)


def test_talks_where_the_node_offers(net):
    talk(net, offers=False)


def test_talks_over_the_relay(net):
    talk(net, offers=True, relayed=True)


def founded(net, relay, *options):
    """A node that founds a network, and what the peer needs to know to be in it."""
    state = net.folder / 'founder'
    net.ask('network', 'create', '--name', 'Abroad', '--param', 'open=1', '--param', 'join_bits=2', *options,
            '--state', state, '--key-file', state / 'key')
    node = net.node('founder', '--relay', relay.url)
    file = node.ask('network', 'export', '--json')
    return node, {'relay': relay.url, 'node': node.id, 'network': node.of('ready')[0]['network'],
                  'secret': file['room_secret'], 'genesis': file['genesis']}


def test_holds_the_same_book(net):
    net.env['EDGE_NET_ROUND_SCALE'] = '15'
    own = foreign(net, scenario='id', seed='abroad').wait_told('id')['id']
    node, known = founded(net, net.relay(), '--grant', f'{own}=50')
    peer = foreign(net, scenario='ledger', seed='abroad', events=1, **known)
    assert peer.wait_told('synced')['checkpoint']['n'] >= 1
    peer.wait_told('in step')
    net.wait('what it paid is there', lambda: int(node.ask('balance', '--json')['available']) >= 3 * CREDIT)
    assert int(node.ask('balance', own, '--json')['available']) < 47 * CREDIT
    peer.wait_done()


def test_is_let_in_over_a_direct_link(net):
    """With an offer and nothing else: no relay, no secret, no genesis."""
    state = net.folder / 'founder'
    net.ask('network', 'create', '--name', 'Abroad', '--state', state, '--key-file', state / 'key')
    node = net.node('founder', '--relay', 'ws://127.0.0.1:9/')
    file = node.ask('network', 'export', '--json')
    peer = foreign(net, scenario='guest', offer=node.ask('invite', '--direct').splitlines()[-1])
    answer = peer.wait_told('answer')
    assert node.ask('accept', answer['link']).strip() == 'Linked'
    assert node.wait_event('invitation_taken')['peer'] == answer['id']
    given = peer.wait_told('let in')
    assert given['secret'] == file['room_secret'] and given['relays'] == [] and given['addresses'] == [], given
    peer.wait_told('relink')
    peer.wait_done()


def test_of_another_network_is_shown_and_not_synced_with(net):
    net.env['EDGE_NET_ROUND_SCALE'] = '15'
    node, known = founded(net, net.relay())
    net.wait('the founder closed its book', lambda: node.of('checkpoint'))
    peer = foreign(net, scenario='stranger', seed='elsewhere', **known)
    told = peer.wait_told('linked')
    said = node.wait_event('message')
    assert said['text'] == 'from elsewhere' and said['peer'] == told['id'], said

    shown = {one['peer']: one for one in node.ask('peers', '--json')}[told['id']]
    assert shown['state'] == 'connected' and shown['verified'] and shown['path'] == 'direct', shown
    assert shown['network'] == told['network'] != known['network'], shown
    assert shown['same_network'] is False and shown['in_step'] is False and shown['member'] is None, shown
    assert 'of another network' in node.ask('peers'), node.ask('peers')
    status = node.ask('ledger', 'status', '--json')
    assert status['peers_in_step'] == 0, status

    # It said all that and then asked for a word: what the node had to say to it came before.
    node.ask('message', told['id'], 'who are you?')
    heard = peer.wait_told('heard')
    assert not [kind for kind in heard['types'] if kind.startswith('qdag_') or kind in ('genesis', 'uptime_mark')], heard
    assert heard['join'] not in [event['id'] for event in node.ask('ledger', 'list', '--json')]
    assert node.ask('ledger', 'status', '--json')['events'] == status['events']
    peer.wait_done()


def test_is_borne_or_shown_out(net):
    relay = net.relay()
    node, known = founded(net, relay)
    honest = net.node('honest', '--relay', relay.url, '--room', 'elsewhere')
    honest.ask('accept', node.ask('invite').splitlines()[-1])
    net.wait_all_linked([node, honest])
    peer = foreign(net, scenario='hostile', **known)
    peer.wait_done(5 * harness.LIMIT_SECONDS)
    strangers = {told['id'] for told in peer.told('unverified')}
    assert len(strangers) == 3 and not [event for event in node.of('peer')
                                        if event['peer'] in strangers and event['state'] == 'connected']
    assert node.ask('status', '--json')['state'], 'the node answers'
    assert honest.id in node.linked()


if __name__ == '__main__':
    if not install():
        print('1..0 # SKIP the packages of package-lock.json need node and npm')
        sys.exit(0)
    harness.main(globals())
