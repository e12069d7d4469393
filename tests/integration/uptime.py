#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uptime: real nodes measure each other over real links and vouch for it the day after.

    uptime.py [TEST…]
"""
import json
import random
import time

import harness

CREDIT = 1_000_000_000
PER_HOUR = CREDIT // 10
DAY_MS = 86_400_000
HOUR_MS = 3_600_000
# An hour is 4 s, so that pings each 2 s at the latest fall into each.
SPEED = 900
LIMIT_SECONDS = 240
MAX_KILLS = 30


def fast_clock(net, hours_before_midnight):
    """Days that pass in a minute and a half, the first almost over."""
    now = int(time.time() * 1000)
    midnight = (now // DAY_MS + 1) * DAY_MS
    net.env['EDGE_NET_CLOCK'] = f'{now}:{midnight - hours_before_midnight * HOUR_MS}:{SPEED}'
    return midnight // DAY_MS - 1


def found(net, names):
    keys = {}
    for name in names:
        place = ['--state', net.folder / name, '--key-file', net.folder / name / 'key']
        keys[name] = net.ask('identity', '--json', *place)['id']
        if name == names[0]:
            net.ask(*place, 'network', 'create', '--name', 'Garden', '--param', 'join_bits=0', '--param', 'open=1',
                    '--param', 'payout_lock=0')
            (net.folder / 'garden.json').write_text(net.ask(*place, 'network', 'export'))
        else:
            net.ask(*place, 'network', 'join', net.folder / 'garden.json')
    return keys


def claims(node, key):
    """What is in the ledger of a key's uptime: the bodies, by day."""
    bodies = {}
    for entry in node.ask('ledger', 'list', key, '--json'):
        if entry['type'] == 'uptime' and entry['author'] == key and entry['state'] in ('pending', 'confirmed', 'final'):
            body = node.ask('ledger', 'show', entry['id'], '--json')['payload']['body']
            bodies[body['day']] = body
    return bodies


def hours_of(body):
    return (body['marks'][0]['mask'] & body['marks'][1]['mask']).bit_count()


def test_paid_the_day_after(net):
    names = ['ada', 'bela', 'cleo']
    keys = found(net, names)
    relay = net.relay()
    fast_clock(net, 8)
    nodes = [net.node(name, '--relay', relay.url) for name in names]
    net.wait_all_linked(nodes)
    net.wait('each is paid for a day', lambda: all(claims(nodes[0], key) for key in keys.values()), LIMIT_SECONDS)

    for name, key in keys.items():
        for day, body in claims(nodes[0], key).items():
            witnesses = [mark['key'] for mark in body['marks']]
            assert witnesses == sorted(set(keys.values()) - {key}), (name, day, body)
            assert 1 <= hours_of(body) <= 24, body
    net.wait('all hold the same', lambda: len({node.ask('ledger', 'status', '--json')['events'] for node in nodes}) == 1)
    for node in nodes:
        assert node.ask('ledger', 'verify', '--json') == {'verified': True}

    # Nothing but presence has minted anything: all there is of lots and free credits comes from these hours.
    for name, key in keys.items():
        def paid():
            balance = nodes[0].ask('balance', key, '--json')
            hours = sum(hours_of(body) for body in claims(nodes[0], key).values())
            there = int(balance['available']) + sum(int(amount) for _, amount in balance['lots'])
            return there == hours * PER_HOUR
        net.wait(f'{name} has 0.1 credit for each hour', paid)


def test_kept_over_a_restart(net):
    """What a node measured before it was started again, it still vouches for."""
    names = ['ada', 'bela', 'cleo']
    keys = found(net, names)
    relay = net.relay()
    day = fast_clock(net, 10)
    nodes = [net.node(name, '--relay', relay.url) for name in names]
    net.wait_all_linked(nodes)

    def measured():
        """Hours of the first day that Ada has noted, as her file has them once she ended."""
        file = next((net.folder / 'ada' / 'networks').glob('*.uptime'))
        return {(item['peer'], item['day']): item['hours'] for item in json.loads(file.read_text())['measured']}

    net.wait('some hours are over', lambda: nodes[1].ask('status', '--json')['uptime_ms'] > 4 * HOUR_MS / SPEED)
    nodes[0].end()
    before = measured()
    assert any(peer == keys['bela'] and at == day for peer, at in before), before
    nodes[0].start()
    net.wait_all_linked(nodes)
    net.wait('Bela is paid for the first day', lambda: day in claims(nodes[0], keys['bela']), LIMIT_SECONDS)
    body = claims(nodes[0], keys['bela'])[day]
    mine = next(mark['mask'] for mark in body['marks'] if mark['key'] == keys['ada'])
    kept = sum(1 << hour for hour, ms in enumerate(before[keys['bela'], day]) if ms >= 45 * 60_000)
    assert kept and mine & kept == kept, (mine, kept)


def claimed_days(node, key):
    """The days of all claims of a key that are in the ledger, whatever became of them."""
    entries = [entry for entry in node.ask('ledger', 'list', key, '--json') if entry['type'] == 'uptime' and entry['author'] == key]
    assert all(entry['state'] in ('pending', 'confirmed', 'final') for entry in entries), entries
    return sorted(node.ask('ledger', 'show', entry['id'], '--json')['payload']['body']['day'] for entry in entries)


def test_killed_while_it_claims(net):
    """One is killed again and again from the end of a day until it claimed that day, and once more then and the next
    day: no day is claimed twice, no event of its own has a rival, and the next day is claimed as well."""
    names = ['ada', 'bela', 'cleo']
    keys = found(net, names)
    relay = net.relay()
    day = fast_clock(net, 6)
    over = time.monotonic() + 6 * HOUR_MS / SPEED / 1000
    nodes = [net.node(name, '--relay', relay.url) for name in names]
    net.wait_all_linked(nodes)
    moments = random.Random(day)
    bela = keys['bela']
    others = {keys['ada'], keys['cleo']}
    kills = 0

    def kill_and_start():
        nonlocal kills
        kills += 1
        nodes[1].kill()
        nodes[1].start()
        net.wait('Bela is linked again', lambda: nodes[1].linked() >= others)

    net.wait('the first day is over', lambda: time.monotonic() >= over)
    while day not in claimed_days(nodes[0], bela):
        assert kills < MAX_KILLS
        # Longer and longer, so that at last it comes to it; the moment within is any.
        end = time.monotonic() + moments.uniform(0, 0.2 * (kills + 1))
        net.wait('a moment is over or the day claimed',
                 lambda: time.monotonic() >= end or day in claimed_days(nodes[0], bela))
        kill_and_start()
    assert claimed_days(nodes[1], bela).count(day) == 1
    net.wait('the next day is claimed', lambda: day + 1 in claimed_days(nodes[1], bela), LIMIT_SECONDS)
    kill_and_start()

    net.wait('all hold the same', lambda: len({node.ask('ledger', 'status', '--json')['events'] for node in nodes}) == 1)
    for node in nodes:
        assert claimed_days(node, bela) == [day, day + 1], claimed_days(node, bela)
        assert node.ask('ledger', 'verify', '--json') == {'verified': True}
    balance = nodes[1].ask('balance', bela, '--json')
    hours = sum(hours_of(body) for body in claims(nodes[1], bela).values())
    there = int(balance['available']) + sum(int(amount) for _, amount in balance['lots'])
    assert there == hours * PER_HOUR, (balance, hours)
    print(f'# killed {kills} times', flush=True)


if __name__ == '__main__':
    harness.main(dict(globals()))
