#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's first hour with the window, against a real relay and real peers."""
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver  # noqa: E402
from driver import Atspi, App, Stage, wait_for  # noqa: E402

# GTK draws a frame of five pixels where there is no compositor.
FRAME = 5


class FirstStart(unittest.TestCase):
    """Welcome, in plain words, before anything is joined."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def test_presets_and_join_survive_a_restart(self):
        app = App(self.stage)
        app.wait('heading|label', 'Lend idle computing')
        app.wait('label', 'Credits are not money')
        app.wait('button|push button', '^Join Edge-Net$')

        balanced = app.wait('radio button', '^Balanced')
        self.assertTrue(driver.has_state(balanced, Atspi.StateType.CHECKED))
        app.press('radio button', '^Quiet')
        wait_for('Quiet is chosen', lambda: driver.has_state(
            app.find('radio button', '^Quiet'), Atspi.StateType.CHECKED))
        self.assertFalse(driver.has_state(app.find('radio button', '^Balanced'),
                                          Atspi.StateType.CHECKED))

        app.press('button|push button', '^Join Edge-Net$')
        app.wait('heading|label', 'Looking for peers|Ready to give|Paused')
        app.wait_gone('button|push button', '^Join Edge-Net$')
        self.assertEqual(app.quit(), 0)

        again = App(self.stage, name='app-again')
        again.wait('heading|label', 'Looking for peers|Ready to give|Paused')
        self.assertIsNone(again.find('button|push button', '^Join Edge-Net$'))
        again.wait('slider', 'While you are away')
        self.assertEqual(Atspi.Value.get_current_value(
            again.find('slider', 'While you are away')), 10)
        self.assertEqual(Atspi.Value.get_current_value(
            again.find('slider', 'While you are here')), 0)
        self.assertEqual(again.close(), 0)

    def test_two_windows_do_not_share_a_folder(self):
        state = self.stage.folder / 'app-state'
        relay = self.stage.start_relay()
        self.stage.start('holder', ['edge-net-node', '--state', str(state), '--key-file',
                                    str(state) + '.key', '--json', 'run', '--relay', relay])
        wait_for('the other one is ready', lambda: '"ready"' in self.stage.log('holder'))
        app = App(self.stage)
        app.wait('label|heading', 'Edge-Net Runs Already')
        self.stage.stop('holder')


class AmongPeers(unittest.TestCase):
    """The window joined to a network with two real peers."""

    @classmethod
    def setUpClass(cls):
        cls.stage = Stage()
        cls.addClassCleanup(cls.stage.close)
        relay = cls.stage.start_relay()
        cls.stage.start_peer('Ada', relay)
        cls.stage.start_peer('Grace', relay)
        cls.app = App(cls.stage, '--relay', relay, '--join', '--name', 'Juniper')
        cls.app.wait('button|push button', 'Peers: 2 linked')

    def setUp(self):
        self.app.keys('Escape')
        self.app.keys('alt+1')
        self.app.wait('slider', 'While you are away')

    def test_overview_tells_what_is_so(self):
        app = self.app
        app.wait('heading|label', 'Ready to give|Paused|Contributing')
        app.wait('button|push button', r'Round trip: <?[0-9]+ ms')
        app.wait('button|push button', r'Peers: 2 linked, 2 known')
        app.wait('label', '^Direct$')
        app.wait('image|img', 'Round trip and CPU allowed over time')

    def test_peers_are_listed(self):
        app = self.app
        app.keys('alt+2')
        app.wait('label', '^Ada$')
        app.wait('label', '^Grace$')
        app.wait('label', 'found by relay')

    def test_a_peer_page_from_the_list_and_the_map(self):
        app = self.app
        app.keys('alt+2')
        # Rows change places with each latency; whoever is reached first will do.
        app.tab_to(app.wait('tree table|table', '^Peers$'), inside=True)
        app.keys('Return')
        app.wait('heading|label', '^Key as Words$')
        name = next(peer for peer in ('Ada', 'Grace') if app.find('heading', f'^{peer}$'))
        app.wait('label', '^Key verified$')
        app.wait('image|img', 'Round trip')
        app.press('button|push button', '^Message$')
        app.wait('text|entry', '^Message$')
        app.type('^Message$', 'hello from the page')
        app.wait('label', f'^Sent to {name}$')
        wait_for('it is read', lambda: 'hello from the page' in self.stage.log(name))
        app.press('button|push button', '^Back$')
        app.wait_gone('heading|label', '^Key as Words$')
        app.wait('label', 'found by relay')

        app.tab_to(app.wait('image|img', '^Map of the mesh'))
        app.keys('Right', 'Return')
        app.wait('heading|label', '^Key as Words$')
        app.keys('Escape')
        app.wait_gone('heading|label', '^Key as Words$')

    def test_ledger_is_shown_and_an_event_opened(self):
        app = self.app
        app.keys('alt+3')
        app.wait('heading|label', '^(In step|Catching up)')
        app.wait('list item|row', 'genesis')
        app.tab_to(app.wait('image|img', 'The newest events'))
        app.keys('End', 'Return')
        app.wait('label', '^Signed by$', limit=25)
        app.keys('Escape')

    def test_earnings_say_what_is_so(self):
        app = self.app
        app.keys('alt+4')
        app.wait('label', 'Credits are not money|You can earn once that is done')
        app.wait('label', 'Multiplier: always ×1')
        app.wait('image|img', 'Credits earned over time')

    def test_pause_and_resume(self):
        app = self.app
        app.press('button|push button', 'Pause')
        app.wait('heading|label', '^Paused: by you')
        app.wait('label', 'Goes on when you resume it')
        app.press('button|push button', '^Resume$')
        app.wait('heading|label', '^(Ready to give|Contributing)')

    def test_shares_change_within_a_second(self):
        app = self.app
        slider = app.wait('slider', 'While you are here')
        app.tab_to(slider)
        app.keys('End')
        app.wait('heading|label', r'^(Ready to give|Contributing) 50.%')
        app.keys('Home')
        app.wait('heading|label', '^Paused: 0.% is set')
        app.wait('button|push button', 'Change Share')
        app.keys(*['Right'] * 10)
        app.wait('heading|label', r'^(Ready to give|Contributing) 10.%')

    def test_schedule_is_painted_by_keyboard(self):
        app = self.app
        grid = app.wait('table|grid|layered pane|panel', 'Hours of the week')
        before = grid.get_description()
        self.assertIn('168 as set', before)
        app.tab_to(grid)
        app.keys('Home', '0')
        wait_for('an hour is taken out', lambda: '167 as set' in grid.get_description())
        app.keys('1')
        wait_for('the hour is back', lambda: '168 as set' in grid.get_description())

    def test_preferences(self):
        app = self.app
        app.keys('ctrl+comma')
        app.wait('label', 'Share of the CPU')
        app.wait('switch|toggle button|check box', 'On Battery')
        app.press('radio button|page tab|toggle button', 'Network')
        app.wait('label', '^Relays$')
        app.wait('label', '^Answers$')
        app.type('Add a relay', 'ws://127.0.0.1:1')
        app.wait('label', '^ws://127.0.0.1:1$')
        app.wait('label', '^Did not answer')
        # The keyboard stays where the next address is typed.
        wait_for('the entry has the focus', lambda: driver.has_state(
            app.find('text|entry|password text', 'Add a relay'), Atspi.StateType.FOCUSED))
        app.type('Add a relay', 'relay.example.org')
        app.wait('text|entry|password text|label', 'An address begins with ws:// or wss://')
        app.keys('ctrl+a', 'BackSpace')
        app.wait('text|entry|password text', 'Add a relay')
        app.press('button|push button', 'Remove ws://127.0.0.1:1$')
        app.wait_gone('label', '^ws://127.0.0.1:1$')
        app.keys('Escape')
        app.wait_gone('label', '^Relays$')

    def test_identity_is_renamed(self):
        app = self.app
        app.keys('ctrl+i')
        app.wait('label', '^In words$')
        app.type('Name', 'Rowan')
        app.keys('Escape')
        app.wait('label', '^Rowan$')

    def test_shortcuts_and_about(self):
        app = self.app
        app.keys('ctrl+question')
        app.wait('label', 'Pause or resume')
        app.wait('label', 'Ctrl.P')
        app.keys('Escape')
        app.wait_gone('label', 'Pause or resume')

    def test_narrow_window_has_a_bar(self):
        app = self.app
        app.resize(370, 650)
        self.addCleanup(app.resize, 1110, 770)
        app.press('toggle button', 'Peers')
        app.wait('label', '^Ada$')
        app.press('button|push button', 'More')
        app.wait('list item', 'Overview')

    def test_a_long_toast_is_whole_in_a_narrow_window(self):
        app = self.app
        app.resize(370, 650)
        self.addCleanup(app.resize, 1110, 770)
        text = ('Backup saved. Try it once: Restore shows whose it is before it does anything at all, '
                'and nothing is lost by that.')
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.edgenet.EdgeNet', '--object-path',
                        '/org/edgenet/EdgeNet/window/1', '--method', 'org.gtk.Actions.Activate', 'say',
                        f'[<{text!r}>]', '{}'], check=True, stdout=subprocess.DEVNULL)
        toast = app.wait('label', '^Backup saved')
        driver.look(app, 'toast-narrow')

        def whole():
            """Four lines or more in a toast that is as high; a label that is cut off has one."""
            box, around = (widget.get_extents(Atspi.CoordType.WINDOW) for widget in (toast, toast.get_parent()))
            return box.height > 60 and around.height >= box.height and 0 <= box.x and box.x + box.width <= 370
        wait_for('the toast shows all of it', whole)
        app.keys('Escape')

    def test_preferences_keep_the_keyboard_at_every_width(self):
        app = self.app
        self.addCleanup(app.resize, 1110, 770)
        app.keys('ctrl+comma')
        tab = app.wait('page tab', '^Contribution$')
        app.tab_to(tab)
        # The tabs go from the top to the bottom and back, and the keyboard is not left on one that is gone.
        for width in (370, 1110):
            app.resize(width, 770)
            wait_for(f'the window is {width} wide', lambda w=width: abs(
                app.window.get_extents(Atspi.CoordType.WINDOW).width - w) <= 2 * FRAME)
            app.tab_to(app.wait('check box|switch|toggle button', '^On Battery$'))
            app.tab_to(app.wait('page tab', '^Contribution$'))
        app.keys('Escape')
        app.wait_gone('check box|switch|toggle button', '^On Battery$')

    def test_there_is_room_at_every_width(self):
        # What needs more than it is given says so in a warning, and those end the app here.
        app = self.app
        self.addCleanup(app.resize, 1110, 770)
        for page in '1234':
            app.resize(1110, 770)
            app.keys(f'alt+{page}')
            for width in (900, 880, 860, 800, 740, 640, 370, 1110, 370, 1110, 740, 1110, 850, 370):
                app.resize(width, 770)
                wait_for(f'page {page} is {width} wide', lambda w=width: abs(
                    app.window.get_extents(Atspi.CoordType.WINDOW).width - w) <= 2 * FRAME)
        app.keys('alt+2')
        app.wait('label', '^2 linked$')

    def test_peers_that_leave_go(self):
        app = self.app
        relay = self.stage.children['relay']
        self.assertIsNone(relay.poll())
        self.stage.start_peer('Linus', self._relay())
        app.wait('button|push button', 'Peers: 3 linked')
        self.stage.stop('Linus')
        app.wait('button|push button', 'Peers: 2 linked')

    def _relay(self):
        return [word for word in self.app.process.args if word.startswith('ws://')][0]


if __name__ == '__main__':
    unittest.main(verbosity=2)
