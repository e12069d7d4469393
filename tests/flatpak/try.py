#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""try.py BUNDLE OUT: installs the bundle, starts it as the app grid does, joins through a relay outside the sandbox, looks at it
through accessibility and D-Bus, ends it, starts it again, removes it. Prints TAP; pictures and logs go to OUT. Called by
build-aux/flatpak.sh on a display, a bus and in a home of its own."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import driver
from driver import Atspi, Failure, GLib, Stage, wait_for
from gi.repository import Gio

APP = 'org.edgenet.EdgeNet'
PATH = '/org/edgenet/EdgeNet'
PEERS = ['Ada', 'Grace']
HOME = pathlib.Path.home()
INSTALLATION = pathlib.Path(os.environ['FLATPAK_USER_DIR'])
DATA = HOME / '.var/app' / APP
BUTTON = 'button|push button'


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=driver.LIMIT * 5, **options)
    if done.returncode != 0:
        raise Failure(f'{" ".join(command)} ended with {done.returncode}: {done.stderr.strip()}')
    return done.stdout.strip()


def flatpak(*words):
    return run('flatpak', *words)


def call(method):
    """What the app answers on the session bus, from outside of its sandbox; never starts it."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = bus.call_sync(APP, PATH, 'org.edgenet.EdgeNet1', method, None, None, Gio.DBusCallFlags.NO_AUTO_START,
                           int(driver.LIMIT * 1000), None).unpack()
    return json.loads(answer[0]) if answer else None


def owned():
    return run('gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
               '--method', 'org.freedesktop.DBus.NameHasOwner', APP) == '(true,)'


def instances():
    """The sandboxes of the app that run."""
    return [line for line in flatpak('ps', '--columns=application').splitlines() if line.strip() == APP]


class Sandboxed(driver.App):
    """The app in its sandbox, of which neither the process nor the accessibility bus tells a number outside."""

    def __init__(self, stage, name):
        self.stage = stage
        self.name = name
        # The launcher is what a click in the app grid starts; the bus starts the sandbox.
        self.process = stage.start(name, ['gapplication', 'launch', APP])
        if self.process.wait(driver.LIMIT) != 0:
            raise Failure(f'the app was not started: {stage.log(name)}')
        # Its end is seen on the bus.
        self.process.poll = lambda: None
        self.window = wait_for('the window opens', self._find_window)

    def _find_window(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is None or not re.search('edge-?net', application.get_name() or '', re.I):
                continue
            for j in range(application.get_child_count()):
                window = application.get_child_at_index(j)
                if window and driver.is_showing(window):
                    return window
        return None

    def x_window(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'edge-?net'],
                               capture_output=True, text=True, check=False).stdout.split()
        best, area = None, 0
        for window in found:
            shape = run('xdotool', 'getwindowgeometry', '--shell', window)
            size = dict(re.findall(r'^(WIDTH|HEIGHT)=(\d+)$', shape, re.M))
            if int(size['WIDTH']) * int(size['HEIGHT']) > area:
                best, area = window, int(size['WIDTH']) * int(size['HEIGHT'])
        return best

    def wait_end(self):
        wait_for('the app leaves the bus', lambda: not owned())
        wait_for('its sandbox ends', lambda: not instances())


class Trial:
    """The steps, in their order; each stands on those before."""

    def __init__(self, bundle, out):
        self.bundle = bundle
        self.out = out
        self.stage = Stage()
        self.id = None
        self.app = None
        self.relay = None

    def node_log(self, name):
        """The last state of each peer that a node tells of."""
        states = {}
        for line in self.stage.log(name).splitlines():
            if line.startswith('{'):
                event = json.loads(line)
                if event.get('event') == 'peer':
                    states[event['peer']] = event['state']
        return states

    def linked(self):
        """The app's two peers, once both are linked directly and have proved who they are."""
        peers = [p for p in call('Peers') if p['state'] == 'connected' and p['verified'] and p['latency_ms'] is not None]
        return peers if sorted(p['name'] for p in peers) == PEERS else None

    def step_install_the_bundle(self):
        # The bundle says where its runtime is to be had, and there is no network here to ask: it is installed already.
        flatpak('install', '--user', '--noninteractive', '--no-deps', str(self.bundle))
        exports = INSTALLATION / 'exports/share'
        for path in (f'applications/{APP}.desktop', f'dbus-1/services/{APP}.service', f'metainfo/{APP}.metainfo.xml',
                     f'icons/hicolor/scalable/apps/{APP}.svg', f'icons/hicolor/symbolic/apps/{APP}-symbolic.svg'):
            assert (exports / path).exists(), f'{path} is not exported'
        assert 'flatpak run' in (exports / f'applications/{APP}.desktop').read_text()

    def step_ask_for_no_more_than_the_manifest_says(self):
        wanted = {'shared': {'network', 'ipc'}, 'sockets': {'wayland', 'fallback-x11'}, 'devices': {'dri'},
                  'org.freedesktop.UPower': {'talk'}, 'org.gnome.Mutter.IdleMonitor': {'talk'},
                  'org.freedesktop.ScreenSaver': {'talk'}}
        got = {}
        for line in flatpak('info', '--show-permissions', APP).splitlines():
            if '=' in line:
                key, value = line.split('=', 1)
                got[key] = set(filter(None, value.split(';')))
        # flatpak itself adds the X11 socket to the one that falls back to it.
        got['sockets'].discard('x11')
        assert got == wanted, f'{got}'

    def step_find_every_library_inside(self):
        linked = flatpak('run', '--command=sh', APP, '-c',
                         'for program in /app/bin/*; do echo "$program"; ldd "$program"; done')
        assert 'not found' not in linked, linked
        for library in ('libsodium', 'libqrencode', 'libzbar'):
            # Those of the runtime, if it has any, must not win over the ones that are pinned.
            for path in re.findall(rf'{library}\S* => (\S+)', linked):
                assert path.startswith('/app/lib/'), f'{library} is {path}'
        assert re.search(r'libsodium\S* => /app/lib/', linked), linked
        elements = ('webrtcbin', 'nicesrc', 'dtlsenc', 'sctpenc')
        for element in elements:
            flatpak('run', '--command=gst-inspect-1.0', APP, '--exists', element)

    def step_hear_of_two_peers_outside(self):
        self.relay = self.stage.start_relay()
        for name in PEERS:
            state = self.stage.folder / name
            self.stage.start(name, ['edge-net-node', '--state', str(state), '--key-file', f'{state}.key', '--json',
                                    'run', '--relay', self.relay, '--name', name])
        wait_for('the two are linked', lambda: all('connected' in self.node_log(name).values() for name in PEERS))

    def step_open_from_the_app_grid(self):
        # What the preferences write; there is no relay of the project's own that a bundle could know.
        flatpak('run', '--command=gsettings', APP, 'set', APP, 'relays', f"['{self.relay}']")
        self.app = Sandboxed(self.stage, 'first start')
        self.app.wait('heading|label', 'Lend idle computing')
        self.app.settle()
        self.app.picture(self.out / 'flatpak-welcome.png')
        assert len(instances()) == 1

    def step_join_with_one_click(self):
        self.app.press(BUTTON, '^Join Edge-Net$')
        wait_for('the app is linked to both', self.linked)
        self.id = call('Status')['id']
        assert re.fullmatch('[A-Za-z0-9_-]{43}', self.id)
        for name in PEERS:
            wait_for(f'{name} is linked to the app', lambda n=name: self.node_log(n).get(self.id) == 'connected')

    def step_show_both_peers_in_the_window(self):
        self.app.wait(BUTTON, 'Peers: 2 linked')
        self.app.settle(4)
        self.app.picture(self.out / 'flatpak-overview.png')
        self.app.keys('alt+2')
        for name in PEERS:
            self.app.wait('label', f'^{name}$')
        self.app.settle()
        self.app.picture(self.out / 'flatpak-peers.png')
        colours = int(run('identify', '-format', '%k', str(self.out / 'flatpak-peers.png')))
        assert colours > 64, f'the picture has {colours} colours'

    def step_keep_the_key_encrypted(self):
        # By the Secret portal: a file that only the session's own key ring can open.
        rings = list((DATA / 'data/keyrings').glob('*.keyring'))
        assert rings, f'no key ring in {sorted(str(p) for p in DATA.rglob("*") if p.is_file())}'
        assert not list(DATA.rglob('identity.vault'))
        outside = [p for p in HOME.rglob('*') if re.search('edge-?net', p.name, re.I) and p != DATA and DATA not in p.parents]
        assert not outside, f'it wrote outside of its own folder: {outside}'

    def step_take_leave_when_closed(self):
        self.app.keys('ctrl+q')
        self.app.wait_end()
        for name in PEERS:
            wait_for(f'{name} was told', lambda n=name: self.node_log(n).get(self.id) == 'closed')

    def step_be_the_same_after_a_restart(self):
        self.app = Sandboxed(self.stage, 'second start')
        peers = wait_for('the app is linked to both again', self.linked)
        assert call('Status')['id'] == self.id
        assert self.app.find(BUTTON, '^Join Edge-Net$') is None
        self.app.wait(BUTTON, 'Peers: 2 linked')
        print('# ' + ', '.join(f'{p["name"]}: {p["path"]}, {p["latency_ms"]} ms' for p in peers))

    def step_show_the_window_again_at_a_second_start(self):
        again = self.stage.start('third start', ['flatpak', 'run', APP])
        assert again.wait(driver.LIMIT) == 0, self.stage.log('third start')
        wait_for('only one runs', lambda: len(instances()) == 1)
        assert call('Status')['id'] == self.id

    def step_end_over_dbus(self):
        call('Quit')
        self.app.wait_end()

    def step_leave_nothing_behind(self):
        flatpak('uninstall', '--user', '--noninteractive', '--delete-data', APP)
        assert not flatpak('list', '--user', '--app', '--columns=application')
        left = [p for root in (HOME, INSTALLATION / 'exports', INSTALLATION / 'app', INSTALLATION / 'overrides')
                for p in (root.rglob('*') if root.exists() else ())
                if re.search('edge-?net', p.name, re.I)]
        # The picture of what is there that flatpak keeps for app stores is not the app's.
        assert not left, f'left behind: {left}'
        assert APP not in run('ostree', 'refs', f'--repo={INSTALLATION}/repo')

    def close(self):
        if owned():
            subprocess.run(['flatpak', 'kill', APP], check=False)
        for log in self.stage.folder.glob('*.log'):
            shutil.copy(log, self.out)
        self.stage.close()


def begin_session():
    """What a desktop has and a bare bus has not: a key ring that is open, and which portal does what."""
    config = HOME / '.config/xdg-desktop-portal'
    config.mkdir(parents=True)
    (config / 'portals.conf').write_text('[preferred]\ndefault=gtk\norg.freedesktop.impl.portal.Secret=gnome-keyring\n')
    daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    daemon.stdin.write(b'of this run')
    daemon.stdin.close()
    run('gdbus', 'wait', '--session', '--timeout', '60', 'org.freedesktop.secrets')
    return daemon


def main():
    bundle, out = map(pathlib.Path, sys.argv[1:])
    # What an interrupted run left there.
    if APP in flatpak('list', '--user', '--app', '--columns=application').split():
        flatpak('uninstall', '--user', '--noninteractive', APP)
    daemon = begin_session()
    trial = Trial(bundle, out)
    steps = [getattr(trial, name) for name in vars(Trial) if name.startswith('step_')]
    print(f'1..{len(steps)}', flush=True)
    status = 0
    try:
        for number, step in enumerate(steps, 1):
            began = time.monotonic()
            title = step.__name__.removeprefix('step_').replace('_', ' ')
            try:
                step()
            except (AssertionError, GLib.Error, OSError, ValueError, LookupError, subprocess.SubprocessError) as trouble:
                print(f'not ok {number} - {title}')
                print(*(f'# {line}' for line in f'{type(trouble).__name__}: {trouble}'.splitlines()), sep='\n', flush=True)
                status = 1
                # The rest stands on it.
                break
            print(f'ok {number} - {title} # {time.monotonic() - began:.1f} s', flush=True)
    finally:
        trial.close()
        daemon.terminate()
        daemon.wait()
    return status


if __name__ == '__main__':
    sys.exit(main())
