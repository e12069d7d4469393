#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""try.py BUNDLE OUT: installs the bundle, starts it as the app grid does, joins through a relay outside the sandbox, looks at it
through accessibility and D-Bus, ends it, starts it again, removes it. Prints TAP; pictures and logs go to OUT. Called by
build-aux/flatpak.sh on a display, a bus and in a home of its own."""
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
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
SWITCH = 'switch|toggle button|check box'
HEADING = 'heading|label'
BACKEND = 'org.freedesktop.impl.portal.desktop.edge'
PORTAL = 'org.freedesktop.portal.Desktop'
MONITOR = 'org.freedesktop.background.Monitor'
NOT_ALLOWED = 'The desktop does not allow it'
# How often a camera comes, is read from, and goes.
CAMERAS = 4


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


def bus_call(method, name):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method,
                         GLib.Variant('(s)', (name,)), None, Gio.DBusCallFlags.NONE, -1, None).unpack()[0]


def owned(name=APP):
    return bus_call('NameHasOwner', name)


def instances():
    """The processes of the app; all of this run are in one process namespace, those of sandboxes too."""
    return subprocess.run(['pgrep', '-x', 'edge-net'], capture_output=True, text=True, check=False).stdout.split()


def portal_property(portal, name):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync(PORTAL, '/org/freedesktop/portal/desktop', 'org.freedesktop.DBus.Properties', 'Get',
                         GLib.Variant('(ss)', (f'org.freedesktop.portal.{portal}', name)), None, Gio.DBusCallFlags.NONE,
                         int(driver.LIMIT * 1000), None).unpack()[0]


class Sandboxed(driver.App):
    """The app in its sandbox, of which neither the process nor the accessibility bus tells a number outside."""

    def __init__(self, stage, name, command=('gapplication', 'launch', APP), hidden=False):
        self.stage = stage
        self.name = name
        # The launcher is what a click in the app grid starts; the bus starts the sandbox.
        self.process = stage.start(name, list(command))
        if not hidden and self.process.wait(driver.LIMIT) != 0:
            raise Failure(f'the app was not started: {stage.log(name)}')
        # Its end is seen on the bus.
        self.process.poll = lambda: None
        self.window = None if hidden else self.wait_window()

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

    def desktop(self, what):
        """The newest thing of a kind that the desktop saw."""
        said = [json.loads(line) for line in self.stage.log('desktop').splitlines() if line.startswith('{')]
        return next((thing for thing in reversed(said) if what in thing), None)

    def press_notification(self, title, button):
        def shown():
            newest = self.desktop('notification')
            return newest if newest and re.search(title, newest['notification']) else None
        notification = wait_for(f'a notification “{title}”', shown)
        key = notification['actions'][button] if button else 'default'
        self.stage.children['desktop'].stdin.write(f'{key}\n'.encode())
        self.stage.children['desktop'].stdin.flush()

    def in_background(self):
        """What the portal tells a desktop of the app in the background."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        apps = bus.call_sync(MONITOR, '/org/freedesktop/background/monitor', 'org.freedesktop.DBus.Properties', 'Get',
                             GLib.Variant('(ss)', (MONITOR, 'BackgroundApps')), None, Gio.DBusCallFlags.NONE,
                             int(driver.LIMIT * 1000), None).unpack()[0]
        return next((app.get('message') for app in apps if app['app_id'] == APP), None)

    def is_hidden(self):
        seen = self.desktop('window')
        return seen is not None and not seen['window']

    def ask_ada(self, *words):
        return json.loads(run('edge-net-node', '--state', str(self.stage.folder / 'Ada'), '--json', *words) or 'null')

    def close_scanner(self):
        """Escape goes back a page before it closes the dialog."""
        def gone():
            if self.app.find('dialog', 'Scan Invitation') is None:
                return True
            self.app.keys('Escape')
            self.app.settle(0.5)
            return False
        wait_for('the scanner is closed', gone)

    def open_preferences(self, page):
        self.app.keys('ctrl+comma')
        self.app.press('radio button|page tab|toggle button', f'^{page}$')

    def is_on(self, switch):
        return driver.has_state(self.app.find(SWITCH, switch), Atspi.StateType.CHECKED)

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

    def step_open_a_link_by_a_portal(self):
        # As a browser in a sandbox of its own would.
        link = self.ask_ada('invite')['link']
        run('flatpak', 'run', '--command=gdbus', APP, 'call', '--session', '--dest', 'org.freedesktop.portal.Desktop',
            '--object-path', '/org/freedesktop/portal/desktop', '--method', 'org.freedesktop.portal.OpenURI.OpenURI',
            '', link, '{}')
        self.app.wait(HEADING, 'Ada invites you')
        self.close_scanner()

    def step_run_on_without_the_window(self):
        self.app.keys('ctrl+w')
        self.app.press(BUTTON, '^Keep Running$')
        wait_for('the window is gone', self.is_hidden)
        headline = call('Status')['headline']
        wait_for('the desktop shows what it does', lambda: self.in_background() == headline)
        # The first time it says so, and the notification is a way to act.
        self.press_notification('Edge-Net Keeps Running', 'Pause')
        wait_for('it is paused', lambda: call('Status')['state'] == 'paused')
        wait_for('the desktop shows that', lambda: self.in_background() == 'Paused: by you')
        assert self.linked()
        run('gapplication', 'action', APP, 'resume')

    def step_come_back_by_a_notification(self):
        self.ask_ada('message', self.id, 'Are you there?')
        self.press_notification('^Ada$', 'Reply')
        self.app.wait_window()
        self.app.wait(HEADING, 'Message to Ada')
        self.app.keys('Escape')
        wait_for('the desktop does not list it', lambda: self.in_background() is None)

    def step_start_at_login(self):
        self.open_preferences('Background')
        login = self.app.wait(SWITCH, 'Start at Login')
        wait_for('it can be set', lambda: driver.sensitive(login))
        self.app.tab_to(login)
        self.app.keys('space')
        entry = HOME / f'.config/autostart/{APP}.desktop'
        wait_for('the desktop starts it at login', entry.exists)
        self.app.settle()
        self.app.picture(self.out / 'flatpak-background.png')
        command = re.search('^Exec=(.*)$', entry.read_text(), re.M)[1]
        self.app.keys('Escape')
        self.app.keys('ctrl+q')
        self.app.wait_end()

        # What a session does with the entry.
        self.app = Sandboxed(self.stage, 'login', shlex.split(command), hidden=True)
        wait_for('it is linked to both, without a window', self.linked)
        assert self.is_hidden() and call('Status')['id'] == self.id
        self.app = Sandboxed(self.stage, 'start after login')
        self.app.wait(BUTTON, 'Peers: 2 linked')

        self.open_preferences('Background')
        self.app.tab_to(self.app.wait(SWITCH, 'Start at Login'))
        self.app.keys('space')
        wait_for('the desktop no longer does', lambda: not entry.exists())
        self.app.keys('Escape')
        self.app.wait_gone(SWITCH, 'Start at Login')

    def step_take_no_for_an_answer(self):
        # As the person says it in the desktop's settings.
        flatpak('permission-set', 'background', 'background', APP, 'no')
        self.open_preferences('Background')
        self.app.tab_to(self.app.wait(SWITCH, 'Start at Login'))
        self.app.keys('space')
        self.app.wait('label', NOT_ALLOWED)
        wait_for('it goes off again', lambda: not self.is_on('Start at Login'))
        self.app.tab_to(self.app.find(SWITCH, 'Keep Running'))
        self.app.keys('space')
        wait_for('it is off', lambda: not self.is_on('Keep Running'))
        self.app.keys('space')
        # The answer is about what was asked for last.
        self.app.wait('label', '^Without a window, in the network it was in last')
        self.app.wait('label', NOT_ALLOWED)
        wait_for('it goes off again', lambda: not self.is_on('Keep Running'))
        self.app.settle()
        self.app.picture(self.out / 'flatpak-refused.png')
        assert not (HOME / f'.config/autostart/{APP}.desktop').exists()
        assert self.linked()

        flatpak('permission-set', 'background', 'background', APP, 'yes')
        self.app.keys('space')
        wait_for('it may run on again', lambda: self.is_on('Keep Running')
                 and not any(NOT_ALLOWED in text for text in self.app.labels()))
        self.app.keys('Escape')
        self.app.wait_gone(SWITCH, 'Keep Running')

    def step_read_an_invitation_by_the_camera(self):
        picture = self.stage.folder / 'invitation.png'
        run('qrencode', '-o', str(picture), '-s', '5', '-m', '4', self.ask_ada('invite')['link'])
        for _ in range(CAMERAS):
            self.stage.start('camera', [
                'gst-launch-1.0', '-q', 'multifilesrc', f'location={picture}', 'loop=true', 'caps=image/png,framerate=15/1', '!',
                'pngdec', '!', 'videoconvert', '!', 'videoscale', 'add-borders=true', '!',
                'video/x-raw,format=I420,width=320,height=240,pixel-aspect-ratio=1/1', '!', 'identity', 'sync=true', '!',
                'pipewiresink', 'mode=provide',
                'stream-properties=props,media.class=Video/Source,media.role=Camera,node.name=edge-camera'])
            wait_for('the portal sees the camera', lambda: portal_property('Camera', 'IsCameraPresent'))
            self.app.keys('ctrl+shift+n')
            self.app.wait(HEADING, 'Ada invites you')
            assert 'amera' in self.desktop('asked')['asked'], self.desktop('asked')
            self.app.settle()
            self.app.picture(self.out / 'flatpak-scanned.png')
            self.close_scanner()
            self.stage.stop('camera')
            wait_for('the portal sees it go', lambda: not portal_property('Camera', 'IsCameraPresent'))
        assert call('Status')['id'] == self.id

    def step_end_over_dbus(self):
        call('Quit')
        self.app.wait_end()
        logs = [p for p in (DATA / 'data/edge-net').rglob('*-wal') if p.stat().st_size > 0]
        assert not logs, f'the ledger was not written back: {logs}'

    def step_do_without_portals(self):
        use_portals('Secret')
        self.app = Sandboxed(self.stage, 'without portals')
        wait_for('the app is linked to both', self.linked)
        self.open_preferences('Background')
        self.app.wait('label', 'This desktop lacks the Background portal')
        assert driver.sensitive(self.app.find(SWITCH, 'Keep Running'))
        assert not driver.sensitive(self.app.find(SWITCH, 'Start at Login'))
        self.app.keys('Escape')
        self.app.keys('ctrl+shift+n')
        self.app.wait('label', 'No camera can be used now')
        self.app.keys('Escape')
        # Allowed before, it just stays.
        self.app.keys('ctrl+w')
        wait_for('the window is gone', self.is_hidden)
        wait_for('it is still linked', self.linked)
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


def use_portals(*names):
    """Which portals there are, and who does what for them: the shell of this test where it is one's matter."""
    folder = pathlib.Path(os.environ['XDG_DESKTOP_PORTAL_DIR'])
    ours = {'Access', 'Background'}
    backends = {'Secret': 'gnome-keyring', **{name: 'edge' for name in ours}}
    shutil.copytree('/usr/share/xdg-desktop-portal/portals', folder, dirs_exist_ok=True)
    (folder / 'edge.portal').write_text(
        f'[portal]\nDBusName={BACKEND}\nInterfaces='
        + ''.join(f'org.freedesktop.impl.portal.{name};' for name in sorted(ours)) + '\n')
    lines = ''.join(f'org.freedesktop.impl.portal.{name}={backends.get(name, "gtk")}\n' for name in names)
    (folder / 'portals.conf').write_text(f'[preferred]\ndefault=none\n{lines}')
    # One that runs has read another file.
    if owned(PORTAL):
        os.kill(bus_call('GetConnectionUnixProcessID', PORTAL), signal.SIGTERM)
        wait_for('the portals end', lambda: not owned(PORTAL))


def begin_session(stage):
    """What a desktop has and a bare bus has not: a key ring that is open, a shell, cameras, and which portal does what."""
    os.environ['XDG_DESKTOP_PORTAL_DIR'] = str(HOME / 'portals')
    run('dbus-update-activation-environment', 'XDG_DESKTOP_PORTAL_DIR', 'DISPLAY')
    use_portals('Access', 'Account', 'AppChooser', 'Background', 'Inhibit', 'Lockdown', 'Notification', 'Secret', 'Settings')
    keyring = stage.start('keyring', ['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                          stdin=subprocess.PIPE)
    keyring.stdin.write(b'of this run')
    keyring.stdin.close()
    run('gdbus', 'wait', '--session', '--timeout', '60', 'org.freedesktop.secrets')
    stage.start('pipewire', ['pipewire'])
    wait_for('PipeWire answers', lambda: subprocess.run(['pw-cli', 'info', '0'], check=False, stdout=subprocess.DEVNULL,
                                                        stderr=subprocess.DEVNULL).returncode == 0)
    stage.start('wireplumber', ['wireplumber'])
    stage.start('desktop', ['python3', str(pathlib.Path(__file__).with_name('desktop.py')), APP], stdin=subprocess.PIPE)
    wait_for('the desktop is there', lambda: '"ready"' in stage.log('desktop'))


def main():
    bundle, out = map(pathlib.Path, sys.argv[1:])
    # What an interrupted run left there.
    if APP in flatpak('list', '--user', '--app', '--columns=application').split():
        flatpak('uninstall', '--user', '--noninteractive', APP)
    trial = Trial(bundle, out)
    steps = [getattr(trial, name) for name in vars(Trial) if name.startswith('step_')]
    print(f'1..{len(steps)}', flush=True)
    status = 0
    try:
        begin_session(trial.stage)
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
    return status


if __name__ == '__main__':
    sys.exit(main())
