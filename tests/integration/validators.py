#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Founded networks for real: who becomes a member, and how validators close the book.

    validators.py [TEST…]
"""

import harness
from ledger import CREDIT, offline


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
    assert bela.ask('vouch', cleo.id, '--json', status=1)['code'] == 'refused'
    ada.ask('decline', cleo.id)
    assert ada.end() == 0
    ada = net.node('ada', '--relay', relay.url, '--name', 'Ada')
    net.wait('the no is remembered',
             lambda: [member['declined'] for member in ada.ask('members', '--waiting', '--json')] == [True])
    assert cleo.ask('network', 'show', '--json')['you'] == 'waiting'
    ada.ask('vouch', cleo.id)
    net.wait('a yes counts more', lambda: cleo.ask('network', 'show', '--json')['you'] == 'member')
    assert ada.ask('members', '--waiting', '--json') == []
    shown = cleo.ask('network', 'show', '--json')
    assert shown['members'] == 3 and [one['key'] for one in shown['validators']] == [ada.id], shown
    assert ada.ask('balance', cleo.id, '--json')['welcome'] == str(100 * CREDIT)
    net.wait('members are told among peers',
             lambda: {peer['peer']: peer['member'] for peer in cleo.ask('peers', '--json')} ==
             {ada.id: True, bela.id: True})


if __name__ == '__main__':
    harness.main(dict(globals()))
