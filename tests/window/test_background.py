#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What closing the window means, and how the app ends: links are closed with a word to the peers, and the ledger is
written back."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver  # noqa: E402
from driver import Atspi, App, GLib, Stage, wait_for  # noqa: E402
from gi.repository import Gio  # noqa: E402

BUTTON = 'button|push button'
SESSION_MANAGER = """<node>
  <interface name="org.gnome.SessionManager">
    <method name="RegisterClient">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="o" direction="out"/>
    </method>
    <method name="UnregisterClient"><arg type="o" direction="in"/></method>
  </interface>
  <interface name="org.gnome.SessionManager.ClientPrivate">
    <method name="EndSessionResponse"><arg type="b" direction="in"/><arg type="s" direction="in"/></method>
    <signal name="QueryEndSession"><arg type="u"/></signal>
    <signal name="EndSession"><arg type="u"/></signal>
    <signal name="Stop"/>
  </interface>
</node>"""


class SessionManager:
    """The part of a desktop that asks programs to end at the end of a session; no real one runs without a login."""

    PATH = '/org/gnome/SessionManager'
    CLIENT = '/org/gnome/SessionManager/Client1'

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.sender = None
        self.answers = 0
        for path, interface in zip((self.PATH, self.CLIENT), Gio.DBusNodeInfo.new_for_xml(SESSION_MANAGER).interfaces):
            self.bus.register_object(path, interface, self._called, None, None)
        Gio.bus_own_name_on_connection(self.bus, 'org.gnome.SessionManager', Gio.BusNameOwnerFlags.NONE, None, None)

    def _called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'RegisterClient':
            self.sender = sender
            invocation.return_value(GLib.Variant('(o)', (self.CLIENT,)))
        elif method == 'UnregisterClient':
            invocation.return_value(None)
        else:
            self.answers += 1
            invocation.return_value(None)

    def wait(self, what, condition):
        def look():
            while GLib.MainContext.default().iteration(False):
                pass
            return condition()
        return wait_for(what, look)

    def tell(self, signal, *words):
        self.bus.emit_signal(self.sender, self.CLIENT, 'org.gnome.SessionManager.ClientPrivate', signal,
                             GLib.Variant('(u)', words) if words else None)

    def end_session(self):
        self.tell('QueryEndSession', 0)
        self.wait('the app lets the session end', lambda: self.answers == 1)
        self.tell('EndSession', 0)


class Background(unittest.TestCase):
    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)
        self.relay = self.stage.start_relay()
        self.stage.start_peer('Ada', self.relay)

    def start(self, *options, **words):
        return App(self.stage, '--relay', self.relay, '--join', '--name', 'Juniper', *options, **words)

    def status(self, app):
        said = subprocess.run(['edge-net-node', '--state', str(app.state), 'status', '--json'],
                              capture_output=True, text=True, check=False)
        return json.loads(said.stdout) if said.returncode == 0 else None

    def linked(self, app, wait=wait_for):
        def look():
            status = self.status(app)
            return status and status['peers']['connected'] == 1 and status
        return wait('the app is linked', look)

    def seen_by_ada(self, key):
        events = [json.loads(line) for line in self.stage.log('Ada').splitlines() if line.startswith('{')]
        states = [e['state'] for e in events if e.get('event') == 'peer' and e['peer'] == key]
        return states[-1] if states else None

    def told_the_end(self, app, key):
        """What an end in order leaves: peers that know, and a ledger without a log beside it."""
        wait_for('Ada was told', lambda: self.seen_by_ada(key) == 'closed')
        ledgers = [p for p in app.state.rglob('*') if p.is_file() and p.read_bytes()[:16] == b'SQLite format 3\0']
        self.assertTrue(ledgers)
        logs = [p for p in app.state.rglob('*-wal') if p.stat().st_size > 0]
        self.assertEqual(logs, [])

    def hidden(self):
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'edge-?net'],
                              capture_output=True, text=True, check=False).stdout.split() == []

    def again(self, app):
        """A second start, as from the app grid."""
        done = subprocess.run(['edge-net', '--state', str(app.state)], timeout=driver.LIMIT, check=False,
                              env={**os.environ, 'EDGE_NET_LOOPBACK': '1'})
        self.assertEqual(done.returncode, 0)
        app.wait_window()

    def action(self, name):
        subprocess.run(['gapplication', 'action', 'org.edgenet.EdgeNet', name], check=True)

    def test_closing_asks_once_and_keeps_the_node(self):
        app = self.start()
        app.wait(BUTTON, 'Peers: 1 linked')
        key = self.linked(app)['id']

        app.keys('ctrl+w')
        app.wait('label|heading', 'Keep Running in the Background')
        app.keys('Escape')
        app.wait_gone('label|heading', 'Keep Running in the Background')
        app.wait(BUTTON, 'Peers: 1 linked')

        app.keys('ctrl+w')
        app.press(BUTTON, '^Keep Running$')
        wait_for('the window is gone', self.hidden)
        # Somebody new finds it while it has no window.
        self.stage.start_peer('Grace', self.relay)
        wait_for('Grace is linked', lambda: self.status(app)['peers']['connected'] == 2)
        self.assertEqual(self.seen_by_ada(key), 'connected')

        self.again(app)
        app.wait(BUTTON, 'Peers: 2 linked')
        self.assertEqual(self.status(app)['id'], key)

        app.keys('ctrl+w')
        wait_for('the window is gone without a question', self.hidden)
        self.action('quit')
        self.assertEqual(app.process.wait(driver.STOP_LIMIT), 0, self.stage.log(app.name))
        self.told_the_end(app, key)

    def test_closing_ends_for_who_does_not_want_it(self):
        app = self.start()
        key = self.linked(app)['id']
        self.assertEqual(app.close(), 0)
        self.told_the_end(app, key)
        again = self.start(name='app-again')
        self.linked(again)
        again.keys('ctrl+w')
        self.assertEqual(again.process.wait(driver.STOP_LIMIT), 0)

    def test_preferences_say_what_is_missing(self):
        app = self.start()
        app.wait(BUTTON, 'Peers: 1 linked')
        app.keys('ctrl+comma')
        app.press('radio button|page tab|toggle button', '^Background$')
        # No portal runs here.
        app.wait('label', 'This desktop lacks the Background portal')
        login = app.wait('switch|toggle button|check box', 'Start at Login')
        self.assertFalse(driver.has_state(login, Atspi.StateType.SENSITIVE))
        app.tab_to(app.wait('switch|toggle button|check box', 'Keep Running When the Window Is Closed'))
        app.keys('space')
        settings = app.state / 'settings.ini'
        wait_for('it is on', lambda: settings.exists() and 'run-in-background=true' in settings.read_text())
        app.keys('Escape')
        app.wait_gone('label', 'This desktop lacks the Background portal')
        app.keys('ctrl+w')
        wait_for('the window is gone without a question', self.hidden)
        self.assertEqual(app.quit(), 0)
        self.assertEqual(list(pathlib.Path(os.environ['XDG_CONFIG_HOME']).glob('autostart/*')), [])

    def test_start_without_a_window(self):
        app = self.start('--background', hidden=True)
        key = self.linked(app)['id']
        self.assertTrue(self.hidden())
        # Once more in the background, as a login would: nothing opens.
        subprocess.run(['edge-net', '--state', str(app.state), '--background'], check=True, timeout=driver.LIMIT)
        self.assertTrue(self.hidden())
        self.again(app)
        app.wait(BUTTON, 'Peers: 1 linked')
        app.keys('ctrl+q')
        self.assertEqual(app.process.wait(driver.STOP_LIMIT), 0, self.stage.log(app.name))
        self.told_the_end(app, key)

    def test_the_end_of_the_session(self):
        manager = SessionManager()
        app = self.start('--background', hidden=True)
        manager.wait('the app is known to the session', lambda: manager.sender)
        key = self.linked(app, manager.wait)['id']
        manager.end_session()
        manager.wait('the app ends', lambda: app.process.poll() is not None)
        self.assertEqual(app.process.wait(driver.STOP_LIMIT), 0, self.stage.log(app.name))
        self.told_the_end(app, key)

    def test_a_request_to_terminate(self):
        app = self.start('--background', hidden=True)
        key = self.linked(app)['id']
        self.assertEqual(app.quit(), 0)
        self.told_the_end(app, key)


if __name__ == '__main__':
    unittest.main(verbosity=2)
