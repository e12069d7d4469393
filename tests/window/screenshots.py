#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Photographs the window among real peers of a founded network into a folder, light and dark,
wide and narrow: build-aux/display.sh python3 tests/window/screenshots.py screenshots"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import App, Stage, wait_for  # noqa: E402

# GTK draws a frame of five pixels where there is no compositor. App stores show 1000 × 700 at most.
SIZES = {'wide': (1000, 700), 'narrow': (370, 650)}
PEERS = ['Ada', 'Grace', 'Linus', 'Mira']
PREFERENCES = {'preferences': 'Contribution', 'network': 'Network'}
LIMIT = 180


def ask(stage, name, *words):
    """What a node that runs answers on its socket."""
    said = subprocess.run(['edge-net-node', '--state', str(stage.folder / name), '--json', *words],
                          capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def found(stage, relay):
    """A network of the peers, whose book the first of them closes; its file."""
    for name in PEERS:
        stage.start_peer(name, relay)
        wait_for(f'{name} is ready', lambda name=name: '"ready"' in stage.log(name))
    key = ask(stage, PEERS[0], 'status')['id']
    ask(stage, PEERS[0], 'network', 'create', '--name', 'Commons', '--param', 'open=1', '--param', 'join_bits=2',
        '--grant', f'{key}=1000')
    file = stage.folder / 'commons.json'
    file.write_text(json.dumps(ask(stage, PEERS[0], 'network', 'export')))
    for name in PEERS[1:]:
        ask(stage, name, 'network', 'join', str(file))
    return file


def pay(stage):
    """Some payments, of which the book is closed over the first."""
    me = ask(stage, 'app-state', 'status')['id']
    wait_for('all are members',
             lambda: all(ask(stage, name, 'network', 'show')['you'] == 'member'
                         for name in [*PEERS, 'app-state']), LIMIT)
    keys = [ask(stage, name, 'status')['id'] for name in PEERS]
    for to, amount in [(me, '64.5'), (keys[1], '40'), (keys[2], '25'), (keys[3], '12.25')]:
        ask(stage, PEERS[0], 'transfer', to, amount)
    wait_for('the book is closed over them', lambda: any(
        event['type'] == 'transfer' and event['state'] == 'final' and event['other'] == me
        for event in ask(stage, 'app-state', 'ledger', 'list')), LIMIT)
    for name, to, amount in [('app-state', keys[1], '4.5'), (PEERS[1], keys[3], '2'),
                             (PEERS[0], keys[2], '7'), ('app-state', keys[2], '1.25')]:
        ask(stage, name, 'transfer', to, amount)


def photograph_pages(app, suffix, size):
    app.keys('alt+1')
    app.wait('slider', 'While you are away')
    # The plots want some samples; one comes every two seconds.
    app.settle(12 if size == 'wide' else 2)
    app.picture(suffix('overview', size))
    for key, page, label in [('alt+2', 'peers', '^Ada$'), ('alt+3', 'ledger', '^Newest events$'),
                             ('alt+4', 'earnings', '^Available$')]:
        app.keys(key)
        app.wait('label', label)
        # GTK shows where the keyboard is for three seconds after a key.
        app.settle(4)
        app.picture(suffix(page, size))
    app.keys('alt+1')
    for page, tab in PREFERENCES.items():
        app.keys('ctrl+comma')
        app.wait('label', 'Share of the CPU')
        app.press('page tab|toggle button|radio button', f'^{tab}$')
        app.settle()
        app.picture(suffix(page, size))
        app.keys('Escape')
        app.wait_gone('page tab|toggle button|radio button', f'^{tab}$')


def photograph(stage, relay, folder, scheme, network):
    # Nothing is to look as if somebody pointed at it.
    subprocess.run(['xdotool', 'mousemove', '0', '0'], check=True)
    suffix = lambda page, size: folder / f'{page}-{size}-{scheme}.png'  # noqa: E731
    app = App(stage, '--relay', relay, '--name', 'Juniper', ADW_DEBUG_COLOR_SCHEME=f'prefer-{scheme}')
    for size, (width, height) in SIZES.items():
        app.resize(width, height)
        app.wait('heading|label', 'Lend idle computing')
        app.settle()
        app.picture(suffix('welcome', size))
        app.press('button|push button', '^Start a Network')
        app.wait('label', '^Who Closes the Book$')
        app.settle()
        app.picture(suffix('start-network', size))
        app.keys('Escape')
        app.wait_gone('label', '^Who Closes the Book$')

    ask(stage, 'app-state', 'network', 'join', str(network))
    app.wait('button|push button', f'Peers: {len(PEERS)} linked', LIMIT)
    pay(stage)
    for size, (width, height) in SIZES.items():
        app.resize(width, height)
        photograph_pages(app, suffix, size)
    app.quit()


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else 'screenshots').absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ('light', 'dark'):
        stage = Stage()
        try:
            relay = stage.start_relay()
            photograph(stage, relay, folder, scheme, found(stage, relay))
        finally:
            stage.close()
    print(*sorted(folder.glob('*.png')), sep='\n')


if __name__ == '__main__':
    main()
