#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validators between whom the wire is cut, and mended, while they pay:

    left 10.77.0.1: the relay and some nodes --- wire --- right 10.77.0.2: the other nodes

Both are network namespaces of this program's own. Cut, every packet on the wire is lost in
silence, and the links over it die as they do where a cable is pulled; those within a side
live on. Skips everything where namespaces are not allowed.

    partitions.py [TEST…]
"""
import shutil
import sys

import harness
import natlab
from validators import LIMIT_SECONDS, Club

ADDRESS = {'left': '10.77.0.1', 'right': '10.77.0.2'}
WIRE = 'wire'
# A node that hears nothing for 4 s gives a link up.
NOTICE_SECONDS = 60
CUT = """
table inet cut {
  chain in { type filter hook input priority filter; iifname "wire" drop; }
}
"""


class Sides:
    """Two namespaces and the wire between them."""

    def __init__(self, net):
        self.net = net
        self.names = []
        # The nodes are to use the wire, not loopback.
        del net.env['EDGE_NET_LOOPBACK']
        for side in ADDRESS:
            natlab.sh('ip', 'netns', 'add', side)
            self.names.append(side)
            self.ip(side, 'link', 'set', 'lo', 'up')
        natlab.sh('ip', 'link', 'add', WIRE, 'netns', 'left', 'type', 'veth', 'peer', 'name', WIRE, 'netns', 'right')
        for side, address in ADDRESS.items():
            self.ip(side, 'address', 'add', f'{address}/24', 'dev', WIRE)
            self.ip(side, 'link', 'set', WIRE, 'up')

    def ip(self, side, *words):
        return natlab.sh('ip', '-n', side, *words)

    def nft(self, *words, stdin=None):
        for side in self.names:
            natlab.sh('ip', 'netns', 'exec', side, 'nft', *words, stdin=stdin)

    def cut(self):
        self.nft('-f', '-', stdin=CUT)

    def mend(self):
        self.nft('delete', 'table', 'inet', 'cut')

    def relay(self):
        relay = harness.Relay(self.net, 'relay')
        relay.command[2] = f'{ADDRESS["left"]}:0'
        relay.inside = 'left'
        return self.net.add(relay).start()

    def close(self):
        for name in self.names:
            natlab.sh('ip', 'netns', 'delete', name)


def divided(test):
    """A test that gets the two sides as well."""
    def run(net):
        sides = Sides(net)
        try:
            test(net, sides)
        finally:
            # Nothing may run in a namespace that goes.
            for process in net.processes:
                process.end()
            sides.close()
    run.__name__ = test.__name__
    return run


class Halves:
    """The nodes of a network, so many of its validators on the left."""

    def __init__(self, net, sides, left, right):
        self.net = net
        self.sides = sides
        self.club = Club(net, left + right, 2)
        self.left = [*self.club.validators[:left], 'user-0']
        self.right = [*self.club.validators[left:], 'user-1']
        relay = sides.relay()
        for name in self.club.names:
            net.inside[name] = 'left' if name in self.left else 'right'
        self.club.start(self.club.names, relay)
        self.club.wait_joined(self.club.names)
        self.wait_linked()

    def each(self):
        return (self.left, self.right), (self.right, self.left)

    def across(self, path=None):
        """How many links over the wire their ends hold to be up, by some path."""
        return sum(self.club.keys[other] in linked and path in (None, linked[self.club.keys[other]])
                   for names, others in self.each() for name in names
                   for linked in (self.club.nodes[name].paths(),) for other in others)

    def wait_linked(self):
        most = 2 * len(self.left) * len(self.right)
        self.net.wait('each is linked to each, over the wire directly', lambda: self.across('direct') == most and all(
            len(self.club.nodes[name].linked()) == len(self.club.names) - 1 for name in self.club.names),
            LIMIT_SECONDS)

    def cut(self):
        """Amid payments, so that a round is under way."""
        self.club.pay(3)
        self.sides.cut()
        for names, _ in self.each():
            self.club.pay(2, names, names)
        self.net.wait('all links over the wire are dead', lambda: self.across() == 0, NOTICE_SECONDS)

    def pay_apart(self):
        """Each side pays on, and hears of what is paid there."""
        before = {name: self.club.status(name)['events'] for name in self.club.names}
        for names, _ in self.each():
            self.club.pay(4, names, names)
        self.net.wait('each side goes on', lambda: all(
            self.club.status(name)['events'] >= before[name] + 4 for name in self.club.names), LIMIT_SECONDS)

    def closed(self, names):
        return [self.club.status(name)['checkpoint']['n'] for name in names]

    def mend(self):
        self.club.pay(1, self.left, self.left)
        self.sides.mend()
        self.club.pay(1, self.right, self.right)
        self.net.wait('links over the wire are up again', lambda: self.across() > 0, LIMIT_SECONDS)
        self.club.pay(2)
        self.club.agree()
        self.wait_linked()


@divided
def test_two_and_two(net, sides):
    halves = Halves(net, sides, 2, 2)
    halves.club.pay(4)
    halves.club.wait_closed(halves.club.names)
    for _ in range(2):
        halves.cut()
        before = halves.closed(halves.club.names)
        halves.pay_apart()
        net.holds('nobody finalises', lambda: halves.closed(halves.club.names) == before, 6)
        halves.mend()


def three_go_on(halves, three, one, times):
    """Cut from the fourth, three of four close the book, and it alone does not."""
    halves.club.pay(4)
    halves.club.wait_closed(halves.club.names)
    for _ in range(times):
        halves.cut()
        before = halves.closed(one)
        above = max(halves.club.last(name) for name in three)
        halves.pay_apart()
        halves.club.wait_closed(three, above)
        assert halves.closed(one) == before, 'one of four closed the book alone'
        halves.mend()


@divided
def test_three_and_one(net, sides):
    halves = Halves(net, sides, 3, 1)
    three_go_on(halves, halves.left, halves.right, 2)


@divided
def test_one_and_three(net, sides):
    """The three have no relay, and go on by their links alone."""
    halves = Halves(net, sides, 1, 3)
    three_go_on(halves, halves.right, halves.left, 1)


if __name__ == '__main__':
    try:
        for tool in ('ip', 'nft'):
            if shutil.which(tool) is None:
                raise natlab.Skip(f'{tool} is not there')
        natlab.enter()
    except natlab.Skip as reason:
        print(f'1..0 # SKIP {reason}')
        sys.exit(0)
    harness.main(dict(globals()))
