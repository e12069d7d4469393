#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes that know nothing of each other but what an invitation says.

    invitations.py [TEST…]
"""
import base64
import subprocess

import harness

# Nobody listens there: the discard port.
NO_RELAY = 'ws://127.0.0.1:9/'


def invite(node, *options):
    return node.ask('invite', *options).splitlines()[-1]


def refused(node, link, code):
    assert node.ask('accept', link, '--json', status=1)['code'] == code
    return node.ask('accept', link, status=1)


def test_invitation_leads_into_the_network(net):
    relay = net.relay()
    mira = net.node('mira', '--relay', relay.url, '--room', 'garden', '--name', 'Mira')
    taker = net.node('taker', '--room', 'elsewhere')
    made = mira.ask('invite', '--json')
    assert made['kind'] == 'network' and made['network_name'] == 'garden', made
    assert made['relays'] == [relay.url] and made['reach'] == 'computer', made
    assert made['inviter'] == mira.id and made['inviter_name'] == 'Mira' and len(made['words']) == 12

    said = taker.ask('accept', made['link'])
    assert 'garden' in said and 'Mira' in said and ' '.join(made['words']) in said, said
    net.wait_all_linked([mira, taker])
    taken = mira.wait_event('invitation_taken')
    assert taken['peer'] == taker.id, taken
    status = taker.ask('status', '--json')
    assert status['network']['id'] == made['network'], status
    assert [entry['url'] for entry in status['relays']] == [relay.url], status

    # It is for whoever has it, until it ends; each is news once.
    third = net.node('third', '--room', 'elsewhere')
    third.ask('accept', made['link'])
    net.wait_all_linked([mira, taker, third])
    net.wait('the third is told of', lambda: len(mira.of('invitation_taken')) == 2)
    assert {event['peer'] for event in mira.of('invitation_taken')} == {taker.id, third.id}


def test_founded_network_is_handed_over(net):
    relay = net.relay()
    state = net.folder / 'founder'
    place = ['--state', state, '--key-file', state / 'key', '--json']
    made = net.ask('network', 'create', '--name', 'Grove', *place)
    founder = net.node('founder', '--relay', relay.url)
    assert founder.of('ready')[0]['network'] == made['id'], made
    link = invite(founder)

    taker = net.node('taker', '--room', 'elsewhere')
    assert 'Grove' in taker.ask('accept', link)
    net.wait_all_linked([founder, taker])
    assert founder.wait_event('invitation_taken')['peer'] == taker.id
    status = taker.ask('status', '--json')
    assert status['network'] == {'id': made['id'], 'name': 'Grove', 'kind': 'founded'}, status

    # Nobody is there who could hand it over: it goes back to where it was.
    founder.end()
    late = net.node('late', '--room', 'elsewhere')
    taker.end()
    said = late.ask('accept', link, status=1)
    assert 'Grove' in said, said
    assert late.ask('status', '--json')['network']['name'] == 'elsewhere'


def test_what_was_taken_outlives_the_program(net):
    relay = net.relay()
    mira = net.node('mira', '--relay', relay.url, '--room', 'garden')
    taker = net.node('taker', '--room', 'elsewhere')
    taker.ask('accept', invite(mira))
    net.wait_all_linked([mira, taker])
    mira.wait_event('invitation_taken')

    taker.kill()
    again = net.add(harness.Node(net, 'taker')).start(True)
    assert again.id == taker.id
    net.wait_all_linked([mira, again])
    assert len(mira.of('invitation_taken')) == 1


def test_same_invitation_until_it_says_something_else(net):
    mira = net.node('mira', '--relay', net.relay().url)
    first = invite(mira)
    assert first == invite(mira)
    assert mira.ask('invite', '--revoke').startswith('1 ')
    assert invite(mira) != first
    assert mira.ask('invite', '--revoke', '--json') == {'revoked': 1}
    assert mira.ask('invite', '--revoke', '--json') == {'revoked': 0}


def test_revoked_invitation_counts_no_more(net):
    relay = net.relay()
    mira = net.node('mira', '--relay', relay.url, '--room', 'garden')
    link = invite(mira)
    mira.ask('invite', '--revoke')
    taker = net.node('taker', '--room', 'elsewhere')
    taker.ask('accept', link)
    net.wait_all_linked([mira, taker])
    net.holds('nobody came with an invitation', lambda: not mira.of('invitation_taken'), 3)


def test_one_of_two_is_taken_back(net):
    relay = net.relay()
    mira = net.node('mira', '--relay', relay.url, '--room', 'garden')
    for_ada, for_bela = invite(mira), invite(mira, '--new')
    assert for_ada != for_bela and invite(mira) == for_bela
    listed = mira.ask('invite', '--list', '--json')
    assert [entry['kind'] for entry in listed] == ['network', 'network'] and not listed[0]['takers'], listed
    ticket_of_ada = listed[1]['ticket']
    assert mira.ask('invite', '--withdraw', 'nothing', '--json', status=1)['code'] == 'no_invitation'
    mira.ask('invite', '--withdraw', ticket_of_ada[:8])
    assert [entry['ticket'] for entry in mira.ask('invite', '--list', '--json')] == [listed[0]['ticket']]

    ada, bela = (net.node(name, '--room', 'elsewhere', '--name', name) for name in ('ada', 'bela'))
    ada.ask('accept', for_ada)
    bela.ask('accept', for_bela)
    net.wait_all_linked([mira, ada, bela])
    mira.wait_event('invitation_taken', where=lambda event: event['peer'] == bela.id)
    net.holds('nobody came with the other', lambda: len(mira.of('invitation_taken')) == 1, 3)
    assert mira.ask('invite', '--list', '--json')[0]['takers'] == [{'peer': bela.id, 'name': 'bela'}]
    assert 'bela' in mira.ask('invite', '--list')
    # The one that is handed out now is what was asked for last.
    mira.ask('invite', '--withdraw', listed[0]['ticket'])
    assert invite(mira) not in (for_ada, for_bela)


def test_relay_token_is_changed(net):
    """Who has an old invitation is kept out by the relay; a new invitation carries the new token."""
    relay = net.relay('--room-token', 'old-token')
    mira = net.node('mira', '--relay', relay.url.replace('//', '//old-token@'), '--room', 'garden')
    old = invite(mira)
    assert mira.end() == 0 and relay.end() == 0

    relay.command[-1] = 'new-token'
    relay.start()
    mira.command[mira.command.index('--relay') + 1] = relay.url.replace('//', '//new-token@')
    mira.start()
    new = invite(mira)
    assert new != old
    late = net.node('late', '--room', 'elsewhere')
    late.ask('accept', old)
    late.wait_event('error', where=lambda event: event['code'] == 'relay_refused' and 'token' in event['message'])
    assert not late.linked()
    late.ask('accept', new)
    net.wait_all_linked([mira, late])


def test_backup_is_no_invitation(net):
    mira = net.node('mira', '--relay', net.relay().url)
    assert 'Show it to nobody' in refused(mira, 'edge-net:k/ZWRnZS1rZXkBAQAAAAMAAQAA', 'invitation_backup')


def test_each_failure_has_its_sentence(net):
    mira = net.node('mira', '--relay', net.relay().url)
    link = invite(mira)
    payload = link.removeprefix('edge-net:i/')
    body = bytearray(base64.urlsafe_b64decode(payload + '=' * (-len(payload) % 4)))

    def changed(at, value):
        copy = bytearray(body)
        copy[at] = value
        return 'edge-net:i/' + base64.urlsafe_b64encode(bytes(copy)).decode().rstrip('=')

    taker = net.node('taker', '--room', 'elsewhere')
    said = {refused(taker, 'hello', 'invitation_malformed'),
            refused(taker, link[:-9], 'invitation_tampered'),
            refused(taker, changed(0, 2), 'invitation_newer'),
            refused(mira, link, 'own_invitation')}
    assert refused(taker, changed(90, body[90] ^ 1), 'invitation_tampered') in said
    assert len(said) == 4, said
    assert taker.ask('status', '--json')['network']['name'] == 'elsewhere'

    offer = invite(mira, '--direct')
    stranger = net.node('stranger', '--room', 'cellar')
    answer = stranger.ask('accept', offer).splitlines()[-1]
    mira.ask('invite', '--revoke')
    assert 'no reply' in refused(mira, answer, 'invitation_session')


def test_code_in_a_picture(net):
    relay = net.relay()
    mira = net.node('mira', '--relay', relay.url, '--room', 'garden')
    taker = net.node('taker', '--room', 'elsewhere')
    drawn = mira.ask('invite', '--qr').splitlines()
    link, rows = drawn[-1], drawn[:-1]
    assert rows and all(len(row) == len(rows[0]) for row in rows), 'the code is no rectangle'

    # Drawn from the terminal's half blocks, as a screenshot would be.
    size, scale = len(rows[0]), 4
    lit = {'█': (1, 1), '▀': (1, 0), '▄': (0, 1), ' ': (0, 0)}
    pixels = bytearray()
    for row in rows:
        for half in (0, 1):
            line = b''.join(bytes([255 * lit[cell][half]]) * scale for cell in row)
            pixels += line * scale
    picture = net.folder / 'code.pgm'
    picture.write_bytes(b'P5 %d %d 255\n' % (size * scale, len(rows) * 2 * scale) + pixels)
    png = net.folder / 'code.png'
    subprocess.run(['convert', str(picture), str(png)], check=True)

    taken = taker.ask('accept', png, '--json')
    assert taken['link'] == link, taken
    net.wait_all_linked([mira, taker])

    blank = net.folder / 'blank.png'
    subprocess.run(['convert', '-size', '300x300', 'xc:white', str(blank)], check=True)
    refused(taker, blank, 'picture_no_code')
    text = net.folder / 'text.png'
    text.write_text('no picture\n')
    refused(taker, text, 'picture_unreadable')


def test_direct_link_with_every_relay_off(net):
    first = net.node('first', '--relay', NO_RELAY, '--name', 'Ada')
    second = net.node('second', '--relay', NO_RELAY, '--name', 'Grace')
    offer = invite(first, '--direct')
    assert len(offer) < 430, len(offer)
    answer = second.ask('accept', offer).splitlines()[-1]
    assert first.ask('accept', answer).strip() == 'Linked'
    net.wait_all_linked([first, second])
    assert first.wait_event('invitation_taken')['peer'] == second.id
    peer, = second.ask('peers', '--json')
    assert peer['path'] == 'direct' and peer['found'] == 'invitation' and peer['verified'], peer

    # The answer is used up.
    refused(first, answer, 'invitation_session')


def test_peers_of_a_direct_link_are_met(net):
    hub = net.node('hub', '--relay', NO_RELAY)
    others = [net.node(name, '--relay', NO_RELAY) for name in ('left', 'right')]
    for other in others:
        answer = other.ask('accept', invite(hub, '--direct')).splitlines()[-1]
        hub.ask('accept', answer)
    net.wait_all_linked([hub, *others])
    met = {peer['peer']: peer for peer in others[0].ask('peers', '--json')}
    assert met[others[1].id]['path'] == 'direct', met
    assert met[others[1].id]['found'] == 'peers', met


def test_stranger_is_let_in_with_every_relay_off(net):
    """A founded network of two, and a third who only has a code of one of them."""
    state = net.folder / 'ada'
    made = net.ask('network', 'create', '--name', 'Grove', '--param', 'join_bits=2', '--state', state,
                   '--key-file', state / 'key', '--json')
    ada = net.node('ada', '--relay', NO_RELAY, '--name', 'Ada')
    assert ada.of('ready')[0]['network'] == made['id'], made
    file = net.folder / 'grove.json'
    file.write_text(ada.ask('network', 'export'))

    cleo_state = net.folder / 'cleo'
    net.ask('network', 'join', file, '--state', cleo_state, '--key-file', cleo_state / 'key', '--json')
    cleo = net.node('cleo', '--relay', NO_RELAY, '--name', 'Cleo')
    assert cleo.of('ready')[0]['network'] == made['id']
    ada.ask('accept', cleo.ask('accept', invite(ada, '--direct')).splitlines()[-1])
    net.wait_all_linked([ada, cleo])

    bela = net.node('bela', '--relay', NO_RELAY, '--room', 'cellar', '--name', 'Bela')
    offer = invite(ada, '--direct')
    answer = bela.ask('accept', offer).splitlines()[-1]
    # Until the link is there it stays where it was.
    assert bela.ask('status', '--json')['network']['name'] == 'cellar'
    assert ada.ask('accept', answer).strip() == 'Linked'
    net.wait_all_linked([ada, bela, cleo])
    assert ada.wait_event('invitation_taken', where=lambda event: event['peer'] == bela.id)
    assert bela.ask('status', '--json')['network'] == {'id': made['id'], 'name': 'Grove', 'kind': 'founded'}
    met = {peer['peer']: peer for peer in bela.ask('peers', '--json')}
    assert met[ada.id]['found'] == 'invitation' and met[ada.id]['path'] == 'direct', met
    # It is the link that the answer made: nothing was lost or made anew on the way.
    assert len([event for event in ada.of('peer') if event['peer'] == bela.id and event['state'] == 'connected']) == 1
    assert met[cleo.id]['found'] == 'peers' and met[cleo.id]['path'] == 'direct', met

    def in_step():
        states = [node.ask('ledger', 'status', '--json') for node in (ada, bela, cleo)]
        return (all(state['peers_in_step'] == 2 and state['events'] == states[0]['events'] for state in states)
                and states)
    net.wait('the three ledgers hold the same', in_step)
    # Who invited it also vouches for it.
    net.wait('the stranger is a member', lambda: bela.ask('network', 'show', '--json')['you'] == 'member')
    assert bela.ask('network', 'export') == ada.ask('network', 'export')
    # What it was given it keeps: it can itself let somebody in after its next start.
    bela.end()
    again = net.add(harness.Node(net, 'bela', '--relay', NO_RELAY)).start()
    assert again.of('ready')[0]['network'] == made['id']
    dora = net.node('dora', '--relay', NO_RELAY, '--room', 'cellar')
    again.ask('accept', dora.ask('accept', invite(again, '--direct')).splitlines()[-1])
    net.wait_all_linked([again, dora])
    assert dora.ask('status', '--json')['network']['id'] == made['id']


def test_stranger_is_let_into_an_open_network(net):
    ada = net.node('ada', '--relay', NO_RELAY, '--room', 'garden')
    bela = net.node('bela', '--relay', NO_RELAY, '--room', 'cellar')
    ada.ask('accept', bela.ask('accept', invite(ada, '--direct')).splitlines()[-1])
    net.wait_all_linked([ada, bela])
    status = bela.ask('status', '--json')['network']
    assert status['name'] == 'garden' and status['kind'] == 'open', status


def test_without_a_node_or_network(net):
    home = net.folder / 'nobody'
    assert net.ask('invite', '--state', home, '--json', status=3)['code'] == 'no_node'
    assert net.ask('accept', 'edge-net:i/x', '--state', home, '--json', status=3)['code'] == 'no_node'
    assert net.ask('invite', 'more', '--json', status=2)['code'] == 'usage'
    assert net.ask('invite', '--revoke', '--qr', '--json', status=2)['code'] == 'usage'
    assert net.ask('accept', '--json', status=2)['code'] == 'usage'
    assert net.ask('status', '--direct', '--json', status=2)['code'] == 'usage'


if __name__ == '__main__':
    harness.main(dict(globals()))
