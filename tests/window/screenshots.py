#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Photographs the window among real peers into a folder, light and dark, wide
and narrow: build-aux/display.sh tests/window/screenshots.py screenshots"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import App, Stage  # noqa: E402

# GTK draws a frame of five pixels where there is no compositor.
SIZES = {'wide': (1210, 810), 'narrow': (370, 650)}
PEERS = ['Ada', 'Grace', 'Linus', 'Mira']


def photograph(stage, relay, folder, scheme):
    suffix = lambda page, size: folder / f'{page}-{size}-{scheme}.png'  # noqa: E731
    app = App(stage, '--relay', relay, '--name', 'Juniper', name=f'app-{scheme}',
              ADW_DEBUG_COLOR_SCHEME=f'prefer-{scheme}')
    for size, (width, height) in SIZES.items():
        app.resize(width, height)
        app.wait('heading|label', 'Lend idle computing')
        app.settle()
        app.picture(suffix('welcome', size))

    app.keys('alt+1')
    app.press('button|push button', '^Join Edge-Net$')
    app.wait('button|push button', f'Peers: {len(PEERS)} linked')
    for size, (width, height) in SIZES.items():
        app.resize(width, height)
        app.keys('alt+1')
        app.wait('slider', 'While you are away')
        # The plots want some samples; one comes every two seconds.
        app.settle(12 if size == 'wide' else 2)
        app.picture(suffix('overview', size))
        app.keys('alt+2')
        app.wait('label', '^Ada$')
        # GTK shows where the keyboard is for three seconds after a key.
        app.settle(4)
        app.picture(suffix('peers', size))
        app.keys('alt+1', 'ctrl+comma')
        app.wait('label', 'Share of the CPU')
        app.settle()
        app.picture(suffix('preferences', size))
        app.keys('Escape')
        app.wait_gone('label', 'Share of the CPU')
    app.quit()


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else 'screenshots').absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ('light', 'dark'):
        stage = Stage()
        try:
            relay = stage.start_relay()
            for name in PEERS:
                stage.start_peer(name, relay)
            photograph(stage, relay, folder, scheme)
        finally:
            stage.close()
    print(*sorted(folder.glob('*.png')), sep='\n')


if __name__ == '__main__':
    main()
