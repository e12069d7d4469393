#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Founded networks for real: who becomes a member, and how validators close the book.

After each test that pays, all nodes have the same certificates and the same state,
what was final at any time and anywhere is so still, and `ledger verify` agrees.

    validators.py [TEST…]
"""
import os
import random
import shutil
import signal
import time

import harness
from ledger import CREDIT, key_of, offline

SOAK = os.environ.get('EDGE_NET_SOAK') == '1'
# The times of rounds are divided by this: a proposal is due after 2 s.
SCALE = 15
LIMIT_SECONDS = 180
ORDINARY = 5
KILLS = 100 if SOAK else 10


class Club:
    """A founded network: its validators, its other members, and what became final."""

    def __init__(self, net, validators, ordinary=ORDINARY):
        self.net = net
        self.random = random.Random(f'{validators} {ordinary}')
        self.names = [f'val-{i}' for i in range(validators)] + [f'user-{i}' for i in range(ordinary)]
        self.validators = self.names[:validators]
        self.users = self.names[validators:]
        self.keys = {name: key_of(net, name) for name in self.names}
        self.nodes = {}
        self.paid = 0
        net.env['EDGE_NET_ROUND_SCALE'] = str(SCALE)
        words = [word for name in self.validators for word in (f'--validator={self.keys[name]}',)]
        words += [word for name in self.names for word in (f'--grant={self.keys[name]}=1000',)]
        offline(net, self.names[0], 'network', 'create', '--name', 'Club', '--param', 'join_bits=0',
                '--param', 'open=1', *words)
        self.file = net.folder / 'club.json'
        self.file.write_text(offline(net, self.names[0], 'network', 'export'))
        for name in self.names[1:]:
            offline(net, name, 'network', 'join', self.file)

    def start(self, names, *relays):
        """Starts nodes at once; those that ran before go on with what they have."""
        options = [word for relay in relays for word in ('--relay', relay.url)]
        seen = {}
        for name in names:
            if name in self.nodes:
                seen[name] = len(self.nodes[name].events)
                self.nodes[name].command[self.nodes[name].plain:] = options
                self.nodes[name].start(ready=False)
            else:
                self.nodes[name] = self.net.node(name, *options, ready=False)
                self.nodes[name].plain = len(self.nodes[name].command) - len(options)
        for name in names:
            self.nodes[name].wait_event('ready', seen.get(name, 0))

    def run(self, *relays):
        relays = relays or (self.net.relay(),)
        self.start(self.names, *relays)
        self.wait_joined(self.names)
        return relays[0]

    def wait_joined(self, names):
        """Waits until each knows each by its join, so that all can pay and be paid."""
        # The founder needs none.
        wanted = {self.keys[name] for name in names} - {self.keys[self.names[0]]}
        self.net.wait(f'{names} have joined', lambda: all(
            {entry['author'] for entry in self.nodes[name].ask('ledger', 'list', '--json')
             if entry['type'] == 'join'} >= wanted for name in names), LIMIT_SECONDS)

    def running(self):
        return [node for node in self.nodes.values() if node.running]

    def pay(self, count=1, names=None, among=None):
        """Payments from some to some others, a milli-credit each."""
        names = names or self.names
        for _ in range(count):
            name = self.random.choice(names)
            to = self.random.choice([other for other in among or self.names if other != name])
            self.nodes[name].ask('transfer', '--', self.keys[to], '0.001')
            self.paid += 1

    def status(self, name):
        return self.nodes[name].ask('ledger', 'status', '--json')

    def last(self, name):
        """Number of the last checkpoint that a node has told of."""
        told = self.nodes[name].of('checkpoint')
        return told[-1]['n'] if told else 0

    def wait_closed(self, names, above=0):
        self.net.wait(f'{names} close the book after checkpoint {above}',
                      lambda: all(self.last(name) > above for name in names), LIMIT_SECONDS)

    def agree(self):
        """Waits until all that runs has everything, and all of it final; then compares."""
        names = [name for name in self.names if name in self.nodes and self.nodes[name].running]

        def settled():
            seen = [self.status(name) for name in names]
            return all(one['open'] == 0 and one['checkpoint'] is not None for one in seen) and \
                len({(one['events'], one['checkpoint']['hash'], one['checkpoint']['state']) for one in seen}) == 1
        self.net.wait('all is final and the same everywhere', settled, LIMIT_SECONDS)

        last = self.status(names[0])['checkpoint']
        self.net.wait('it is told of', lambda: any(self.last(name) >= last['n'] for name in self.nodes))
        closed = {}
        for name, node in self.nodes.items():
            for told in node.of('checkpoint'):
                assert closed.setdefault(told['n'], told['hash']) == told['hash'], \
                    f'{name} has another checkpoint {told["n"]}'
        assert closed[last['n']] == last['hash'] and set(closed) == set(range(1, last['n'] + 1)), closed
        balances = [{key: node.ask('balance', '--json', '--', key)['available'] for key in self.keys.values()}
                    for node in (self.nodes[names[0]], self.nodes[names[-1]])]
        assert balances[0] == balances[1], balances
        for name in names:
            assert self.nodes[name].ask('ledger', 'verify', '--json') == {'verified': True}
        return last['n']


def test_invited_become_members(net):
    relay = net.relay()
    offline(net, 'ada', 'network', 'create', '--name', 'Garden', '--param', 'join_bits=0')
    ada = net.node('ada', '--relay', relay.url, '--name', 'Ada')
    link = ada.ask('invite', '--json')['link']

    # Who comes with the founder's invitation is a member without anybody's doing.
    bela = net.node('bela', '--relay', relay.url, '--name', 'Bela')
    bela.ask('accept', link)
    net.wait('the invited one is a member', lambda: bela.ask('network', 'show', '--json')['you'] == 'member')
    members = ada.ask('members', '--json')
    assert [member['key'] for member in members] == [ada.id, bela.id], members
    assert members[1]['inviter'] == ada.id and members[1]['member'] and not members[1]['validator'], members
    assert members[0]['validator'] and members[0]['inviter'] is None, members

    # Whom a member without vouchers invites waits for a validator, and so across a restart.
    link = bela.ask('invite', '--json')['link']
    cleo = net.node('cleo', '--relay', relay.url, '--name', 'Cleo')
    cleo.ask('accept', link)
    net.wait('the founder sees who waits, and who invited them',
             lambda: any(member['name'] == 'Cleo' and member['inviter'] == bela.id and member['inviter_name'] == 'Bela'
                         for member in ada.ask('members', '--waiting', '--json')))
    assert cleo.ask('network', 'show', '--json')['you'] == 'waiting'
    assert 'Cleo' in ada.ask('members', '--waiting') and 'Bela' in ada.ask('members', '--waiting')
    assert bela.ask('vouch', '--json', '--', cleo.id, status=1)['code'] == 'refused'
    ada.ask('decline', '--', cleo.id)
    assert ada.end() == 0
    ada = net.node('ada', '--relay', relay.url, '--name', 'Ada')
    net.wait('the no is remembered',
             lambda: [member['declined'] for member in ada.ask('members', '--waiting', '--json')] == [True])
    assert cleo.ask('network', 'show', '--json')['you'] == 'waiting'
    ada.ask('vouch', '--', cleo.id)
    net.wait('a yes counts more', lambda: cleo.ask('network', 'show', '--json')['you'] == 'member')
    assert ada.ask('members', '--waiting', '--json') == []
    shown = cleo.ask('network', 'show', '--json')
    assert shown['members'] == 3 and [one['key'] for one in shown['validators']] == [ada.id], shown
    assert ada.ask('balance', '--json', '--', cleo.id)['welcome'] == str(100 * CREDIT)
    net.wait('members are told among peers',
             lambda: {peer['peer']: peer['member'] for peer in cleo.ask('peers', '--json')} ==
             {ada.id: True, bela.id: True})


def test_vouchers_of_a_member(net):
    relay = net.relay()
    offline(net, 'ada', 'network', 'create', '--name', 'Garden', '--param', 'join_bits=0', '--param', 'vouchers=1')
    ada = net.node('ada', '--relay', relay.url)
    bela = net.node('bela', '--relay', relay.url)
    bela.ask('accept', ada.ask('invite', '--json')['link'])
    net.wait('the invited one is a member', lambda: bela.ask('network', 'show', '--json')['you'] == 'member')
    assert ada.end() == 0

    # A member with a voucher lets one in, and no second one.
    link = bela.ask('invite', '--json')['link']
    guests = [net.node(name, '--relay', relay.url) for name in ('cleo', 'dora')]
    guests[0].ask('accept', link)
    net.wait('the first is a member', lambda: guests[0].ask('network', 'show', '--json')['you'] == 'member')
    guests[1].ask('accept', link)
    net.wait('the second waits', lambda: [member['key'] for member in bela.ask('members', '--waiting', '--json')] ==
             [guests[1].id])
    assert bela.ask('vouch', '--json', '--', guests[1].id, status=1)['code'] == 'refused'
    assert guests[1].ask('network', 'show', '--json')['you'] == 'waiting'


def under_transfers(net, validators):
    club = Club(net, validators)
    club.run()
    for _ in range(3):
        above = max(club.last(name) for name in club.names)
        club.pay(8)
        club.wait_closed(club.names, above)
    club.agree()
    shown = club.nodes['user-0'].ask('network', 'show', '--json')
    assert sorted(one['key'] for one in shown['validators']) == sorted(club.keys[name] for name in club.validators)
    assert shown['checkpoint'] == club.status('user-0')['checkpoint'], shown
    assert shown['checkpoint']['leader'] in [one['key'] for one in shown['validators']], shown


def test_one_validator(net):
    under_transfers(net, 1)


def test_four_validators(net):
    under_transfers(net, 4)


def test_seven_validators(net):
    under_transfers(net, 7)


def test_killed_at_random_moments(net):
    club = Club(net, 4, 2)
    relay = club.run()
    for _ in range(KILLS):
        victim = club.random.choice(club.validators)
        alive = [name for name in club.names if name != victim]
        club.pay(3, alive)
        # Somewhere between two notes; no moment is better than another.
        time.sleep(club.random.uniform(0, 1.5))
        club.nodes[victim].kill()
        club.pay(2, alive)
        club.start([victim], relay)
    club.wait_closed(club.validators)
    club.agree()


def test_founder_asleep(net):
    club = Club(net, 1, 2)
    club.run()
    club.pay(3)
    club.agree()
    founder = club.nodes['val-0']
    founder.child.send_signal(signal.SIGSTOP)
    before = club.last('user-0')
    try:
        club.pay(4, club.users, club.users)
        # Everything works, but nothing becomes final.
        net.wait('payments arrive', lambda: all(club.status(name)['open'] == 4 for name in club.users))
        net.wait('the others see that the founder sleeps', lambda: [
            one['awake'] for one in club.nodes['user-0'].ask('network', 'show', '--json')['validators']] == [False])
        net.holds('nothing is final', lambda: club.last('user-0') == before, 4)
    finally:
        founder.child.send_signal(signal.SIGCONT)
    club.wait_closed(club.names, before)
    club.agree()


def partition(net, left, right):
    """Two rooms of one network that do not hear of each other. Which of them, both relays."""
    club = Club(net, left + right, 2)
    relays = net.relay(), net.relay()
    sides = ([*club.validators[:left], 'user-0'], [*club.validators[left:], 'user-1'])
    for side, relay in zip(sides, relays):
        club.start(side, relay)
    for side in sides:
        club.wait_joined(side)
    return club, sides, relays


def heal(club, sides, relays):
    """Somebody whom both sides hear, and who passes on what each says."""
    bridge = sides[1][-1]
    club.nodes[bridge].end()
    club.start([bridge], *relays)
    club.wait_joined(club.names)
    above = max(club.last(name) for name in club.names)
    club.pay(2)
    club.wait_closed(club.names, above)
    club.agree()


def test_partition_of_halves(net):
    club, sides, relays = partition(net, 2, 2)
    for side in sides:
        club.pay(4, side, side)
    net.wait('each side goes on', lambda: all(club.status(name)['events'] >= len(side) + 4
                                              for side in sides for name in side))
    net.holds('nobody finalises', lambda: not any(club.last(name) for name in club.names), 5)
    heal(club, sides, relays)


def test_partition_of_one(net):
    club, sides, relays = partition(net, 3, 1)
    for side in sides:
        club.pay(4, side, side)
    club.wait_closed(sides[0])
    assert not any(club.last(name) for name in sides[1]), 'one of four closed the book alone'
    heal(club, sides, relays)


def test_restored_from_an_old_copy(net):
    club = Club(net, 1, 2)
    relay = club.run()
    club.pay(3)
    club.agree()
    founder = club.nodes['val-0']
    assert founder.end() == 0
    shutil.copytree(founder.state, net.folder / 'copy')
    club.start(['val-0'], relay)
    club.pay(3)
    final = club.agree()
    assert founder.end() == 0
    shutil.rmtree(founder.state)
    shutil.copytree(net.folder / 'copy', founder.state)

    # Alone, it can't know what it signed since: it signs nothing.
    lonely = net.relay()
    club.start(['val-0'], lonely)
    old = club.status('val-0')['checkpoint']['n']
    assert old < final, (old, final)
    told = len(founder.of('checkpoint'))
    net.holds('it signs nothing', lambda: len(founder.of('checkpoint')) == told and
              club.status('val-0')['checkpoint']['n'] == old, 4)
    assert founder.end() == 0

    # Among peers it learns the rest and goes on.
    club.start(['val-0'], relay)
    net.wait('it knows the last checkpoint', lambda: club.status('val-0')['checkpoint']['n'] >= final, LIMIT_SECONDS)
    club.pay(2, club.users)
    club.wait_closed(club.users, final)
    club.agree()


def test_clock_off(net):
    club = Club(net, 4, 2)
    relay = net.relay()
    now = int(time.time() * 1000)
    net.env['EDGE_NET_CLOCK'] = f'{now}:{now + 600_000}:1'
    club.start(['val-3'], relay)
    del net.env['EDGE_NET_CLOCK']
    rest = [name for name in club.names if name != 'val-3']
    club.start(rest, relay)
    # It signs no event, for the others would not take it; they go on, and it with them.
    club.wait_joined(rest)
    net.wait('it hears of them', club.nodes['val-3'].linked)
    refused = club.nodes['val-3'].ask('transfer', '--', club.keys['val-0'], '1', status=1)
    assert 'clock' in refused, refused
    for _ in range(2):
        before = max(club.last(name) for name in rest)
        club.pay(5, rest, rest)
        club.wait_closed(rest, before)
    assert club.nodes['val-3'].end() == 0
    club.start(['val-3'], relay)
    club.wait_joined(club.names)
    club.pay(2)
    club.agree()


def test_validators_changed_by_vote(net):
    club = Club(net, 4, 2)
    club.run()
    club.pay(4)
    club.agree()
    wanted = sorted(club.keys[name] for name in ['val-0', 'val-1', 'val-2', 'user-0'])
    assert club.nodes['user-1'].ask('validators', 'propose', '--json', '--', *wanted, status=1)['code'] == 'refused'
    def proposals():
        return club.nodes['user-1'].ask('network', 'show', '--json')['proposals']

    assert proposals() == []
    for count, name in enumerate(club.validators[:3], 1):
        club.nodes[name].ask('validators', 'propose', '--', *wanted)
        # The third is enough, and the vote is over.
        asking = {club.keys[voter]: wanted for voter in club.validators[:count]} if count < 3 else {}
        net.wait('all can see who wants whom', lambda asking=asking: {
            one['key']: one['validators'] for one in proposals()} == asking)
        club.pay(3)
    net.wait('all know the new validators', lambda: all(
        sorted(one['key'] for one in club.nodes[name].ask('network', 'show', '--json')['validators']) == wanted
        for name in club.names), LIMIT_SECONDS)
    club.agree()

    # The old one is not missed, the new one is needed.
    assert club.nodes['val-3'].end() == 0
    before = club.last('user-1')
    club.pay(4, [name for name in club.names if name != 'val-3'])
    club.wait_closed(['val-0', 'user-0', 'user-1'], before)
    club.start(['val-3'], net.processes[0])
    club.agree()


if __name__ == '__main__':
    harness.main(dict(globals()))
