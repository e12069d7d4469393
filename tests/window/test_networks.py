#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person starts a network, brings somebody in, pays, and sees it become final."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'integration'))
import driver  # noqa: E402
import foreign  # noqa: E402
from driver import App, Atspi, GLib, Stage, wait_for  # noqa: E402
from gi.repository import Gio  # noqa: E402

BUTTON = 'button|push button'
SWITCH = 'switch|toggle button|check box'
TAB = 'page tab|toggle button|radio button'
# A key is proved with work first, and a checkpoint is due half a minute after the last.
FINAL_LIMIT = 300


def ask(stage, name, *words):
    """What a node that runs answers on its socket."""
    said = subprocess.run(['edge-net-node', '--state', str(stage.folder / name), '--json', *words],
                          capture_output=True, text=True, check=False)
    if said.returncode != 0:
        raise AssertionError(f'{name} {words}: {said.stderr}')
    return json.loads(said.stdout) if said.stdout else None


def answers(stage, name):
    """Whether a node listens on its socket and is in a network."""
    try:
        return ask(stage, name, 'status')['network']
    except AssertionError:
        return None


def shown_link(app):
    return wait_for('the link is shown', lambda: next(
        (text for text in app.labels() if text.startswith('edge-net:i/')), None))


def show_network(app):
    app.keys('ctrl+comma')
    app.wait('label', 'Share of the CPU')
    app.press(TAB, '^Network$')
    app.wait('label', '^Your Networks$')


def close_dialog(app, label):
    app.keys('Escape')
    app.wait_gone('label', label)


def open_row(app, name, row):
    """Walks a list by keyboard, as Tab comes to one of its rows alone."""
    app.wait('list item|row', row)
    app.tab_to(app.wait('list|list box', name), inside=True)
    app.keys('Home')
    for _ in range(40):
        if driver.has_state(app.find('list item|row', row), Atspi.StateType.FOCUSED):
            app.keys('Return')
            return
        app.keys('Down')
    raise driver.Failure(f'arrow keys do not reach “{row}”')


def name_file(app, title, path, *before):
    """Names a file in the dialog of GTK that opens where no portal has one; keys lead to the field of names."""
    def opened():
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{title}$'],
                              capture_output=True, text=True, check=False).stdout.split()

    def field():
        return next((widget for widget in driver.walk(app.window_called(title))
                     if widget.get_role_name() in ('text', 'entry')
                     and driver.has_state(widget, Atspi.StateType.FOCUSED)), None)

    window = wait_for(f'“{title}” opens', opened)[0]
    subprocess.run(['xdotool', 'windowactivate', '--sync', window, *(['key', *before] if before else [])],
                   check=True)
    # All at once: what completes a name while it is typed has not come to its end yet.
    Atspi.EditableText.set_text_contents(wait_for('a name can be given', field), str(path))

    def closed():
        """The button does nothing as long as the folder is being read."""
        dialog = app.window_called(title)
        button = dialog and app.find(BUTTON, '^(Open|Save)$', dialog)
        if driver.sensitive(button):
            driver.act(button)
        return not opened()
    wait_for(f'“{title}” closes', closed)


class Founded(unittest.TestCase):
    """One network from its start on; each test goes on where the one before ended."""

    @classmethod
    def setUpClass(cls):
        cls.stage = Stage()
        cls.addClassCleanup(cls.stage.close)
        cls.relay = cls.stage.start_relay()
        cls.app = App(cls.stage, '--relay', cls.relay, '--name', 'Juniper')
        cls.app.wait('heading|label', 'Lend idle computing')

    def test_1_two_clicks_and_the_invitation(self):
        app = self.app
        app.press(BUTTON, '^Start a Network')
        app.wait('label', '^Who May Become a Member$')
        app.wait('label', '^While this computer is off, nothing becomes final')
        name = app.wait('text|entry', '^Name of the Network$')
        self.assertEqual(Atspi.Text.get_text(name, 0, -1), 'Juniper’s network')
        app.press(BUTTON, '^Start$')
        app.wait('label', '^Valid for')
        type(self).link = shown_link(app)
        close_dialog(app, '^Valid for')
        show_network(app)
        app.wait('label', '^Juniper’s network$')
        app.wait('label', '^Founded network$')
        app.wait('label', '^You close the book$')
        app.wait('label', '^This computer, awake for')
        close_dialog(app, '^Your Networks$')

    def test_2_who_was_invited_becomes_a_member(self):
        app = self.app
        self.stage.start_peer('Mara', self.relay)
        wait_for('Mara is ready', lambda: '"ready"' in self.stage.log('Mara'))
        ask(self.stage, 'Mara', 'accept', self.link)
        app.keys('alt+1')
        app.wait(BUTTON, 'Peers: 1 linked')
        wait_for('Mara is a member', lambda: ask(self.stage, 'Mara', 'network', 'show')['you'] == 'member',
                 FINAL_LIMIT)
        show_network(app)
        wait_for('the window counts two members', lambda: app.find('label', '^2$'))
        close_dialog(app, '^Your Networks$')

    def test_3_a_payment_becomes_final_before_the_eyes(self):
        app = self.app
        mara = ask(self.stage, 'Mara', 'status')['id']
        app.keys('alt+4')
        app.press(BUTTON, '^Transfer…$')
        app.type('Key, 43 characters', mara)
        # Return goes on to the question.
        app.type('^Credits$', '7.5')
        app.press(BUTTON, '^Send$')
        app.wait_gone('label', '^Transfer Credits$')
        app.keys('alt+3')
        open_row(app, '^Newest events$', 'transfer by You: 7.50? to Mara')
        app.wait('label', '^Builds On$')
        # The opened event goes on by itself.
        app.wait('label', r'^In checkpoint \d+, which nothing undoes', limit=FINAL_LIMIT)
        app.wait('list item|row', '^State: final')
        close_dialog(app, '^Builds On$')
        app.wait('list item|row', '^final transfer by You: 7.50? to Mara')
        app.wait('label', r'^Closed .* by You · \d+ events?$')
        app.keys('alt+1')
        app.wait('label', r'^\d+ events, \d+ final$')

    def test_4_the_peer_says_so_too(self):
        wait_for('Mara has it final', lambda: any(
            entry['type'] == 'transfer' and entry['state'] == 'final'
            for entry in ask(self.stage, 'Mara', 'ledger', 'list')), FINAL_LIMIT)
        self.assertEqual(ask(self.stage, 'Mara', 'balance')['available'], '7500000000')

    def test_5_another_network_and_back(self):
        app = self.app
        show_network(app)
        app.type('^Join an Open Network by Its Name$', 'chess club')
        app.wait('label', 'Open network: payments never become final')
        app.wait('label', 'Nothing of Juniper’s network is lost')
        app.wait('label', '^chess club$')
        self.assertIsNone(app.find('heading', '^Who Closes the Book$'))
        # The row goes that has the keyboard, which stays in the dialog all the same.
        app.tab_to(app.wait(BUTTON, '^Change to Juniper’s network$'))
        app.keys('space')
        app.wait('label', '^You close the book$')
        app.wait('heading', '^Who Closes the Book$')
        app.keys('Escape')
        app.wait_gone('label|alert|notification', '^You are in Juniper’s network now')
        close_dialog(app, '^Your Networks$')
        app.keys('alt+3')
        app.wait('list item|row', '^final transfer by You: 7.50? to')

    def test_6_what_is_kept_is_chosen(self):
        app = self.app

        def archive():
            return ask(self.stage, 'app-state', 'ledger', 'status')['archive']
        self.assertFalse(archive())
        show_network(app)
        app.tab_to(app.wait(SWITCH, '^Keep All Events in Full$'))
        for wanted in (True, False):
            app.keys('space')
            wait_for('the ledger goes by it', lambda wanted=wanted: archive() is wanted)
        driver.look(app, 'preferences-network-end')
        close_dialog(app, '^Your Networks$')

    def test_7_refusals_say_why(self):
        app = self.app
        show_network(app)
        open_row(app, '^Another network$', '^Start a Network')
        app.wait('label', '^Who May Become a Member$')
        app.type('^Keys of Other Validators$', 'nonsense')
        app.wait('label|alert|notification', '“nonsense” is no key')
        self.assertFalse(driver.has_state(app.find(BUTTON, '^Start$'), Atspi.StateType.SENSITIVE))
        app.press(BUTTON, '^Cancel$')
        app.wait_gone('label', '^Who May Become a Member$')
        close_dialog(app, '^Your Networks$')

    def test_9_no_warning_was_printed(self):
        self.assertEqual(self.app.quit(), 0)
        self.assertNotRegex(self.stage.log('app'), 'WARNING|CRITICAL')


class Notifier:
    """The part of a desktop that shows notifications, which keeps them instead."""

    PATH = '/org/freedesktop/Notifications'
    INTERFACE = """<node><interface name="org.freedesktop.Notifications">
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="GetServerInformation">
        <arg type="s" direction="out"/><arg type="s" direction="out"/>
        <arg type="s" direction="out"/><arg type="s" direction="out"/>
      </method>
      <method name="Notify">
        <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
        <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
      </method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
      <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
    </interface></node>"""

    def __init__(self, test):
        self.shown = []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(self.INTERFACE).interfaces[0]
        registered = self.bus.register_object(self.PATH, interface, self._called, None, None)
        owned = Gio.bus_own_name_on_connection(self.bus, 'org.freedesktop.Notifications',
                                               Gio.BusNameOwnerFlags.NONE, None, None)
        test.addCleanup(self.bus.unregister_object, registered)
        test.addCleanup(Gio.bus_unown_name, owned)

    def _called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == 'Notify':
            self.shown.append(arguments.unpack())
            invocation.return_value(GLib.Variant('(u)', (len(self.shown),)))
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['body', 'actions'],)))
        elif method == 'GetServerInformation':
            invocation.return_value(GLib.Variant('(ssss)', ('test', 'test', '1', '1.2')))
        else:
            invocation.return_value(None)

    def wait(self, title, limit=driver.LIMIT):
        """The number of the notification of that title, once it is there."""
        def look():
            while GLib.MainContext.default().iteration(False):
                pass
            return next((number for number, shown in enumerate(self.shown, 1) if shown[3] == title), None)
        return wait_for(f'a notification says “{title}”', look, limit)

    def invoke(self, number):
        self.bus.emit_signal(None, self.PATH, 'org.freedesktop.Notifications', 'ActionInvoked',
                             GLib.Variant('(us)', (number, 'default')))


class Waiting(unittest.TestCase):
    """Somebody came without an invitation, from the network's file."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def start(self, name, relay, network):
        self.stage.start_peer(name, relay)
        wait_for(f'{name} is ready', lambda: '"ready"' in self.stage.log(name))
        ask(self.stage, name, 'network', 'join', str(network))

    def test_yes_and_no(self):
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--name', 'Juniper')
        app.press(BUTTON, '^Start a Network')
        app.press(BUTTON, '^Start$')
        app.wait('label', '^Valid for')
        close_dialog(app, '^Valid for')
        network = self.stage.folder / 'network.json'
        network.write_text(json.dumps(ask(self.stage, 'app-state', 'network', 'export')))

        self.start('Mara', relay, network)
        app.wait('label', '^Mara waits to become a member$', limit=FINAL_LIMIT)
        self.assertEqual(ask(self.stage, 'Mara', 'network', 'show')['you'], 'waiting')
        show_network(app)
        app.wait('label', '^Who Waits to Become a Member$')
        app.wait('label', '^Invited by nobody, joined')
        app.press(BUTTON, '^Becomes a member: Mara')
        app.wait('label', '^Mara is a member now$')
        app.wait_gone('label', '^Who Waits to Become a Member$')
        wait_for('Mara is told', lambda: ask(self.stage, 'Mara', 'network', 'show')['you'] == 'member')

        self.start('Noor', relay, network)
        # The row goes that has the keyboard, which stays in the dialog all the same.
        app.tab_to(app.wait(BUTTON, '^Stays outside: Noor'))
        app.keys('space')
        app.wait('label', '^Noor stays outside')
        app.wait_gone('label', '^Who Waits to Become a Member$')
        # As long as it is there Escape sends the toast away.
        app.wait_gone('label', '^Noor stays outside')
        close_dialog(app, '^Your Networks$')
        self.assertEqual(ask(self.stage, 'Noor', 'network', 'show')['you'], 'waiting')
        self.assertEqual(app.quit(), 0)

    def test_who_may_say_yes_is_told(self):
        notifier = Notifier(self)
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--name', 'Juniper', '--join', '--background', hidden=True)
        wait_for('the app answers', lambda: answers(self.stage, 'app-state'))
        ask(self.stage, 'app-state', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2')
        network = self.stage.folder / 'network.json'
        network.write_text(json.dumps(ask(self.stage, 'app-state', 'network', 'export')))
        self.start('Mara', relay, network)

        number = notifier.wait('Mara waits to become a member', FINAL_LIMIT)
        self.assertEqual(notifier.shown[number - 1][4], 'Say yes if you know them.')
        # It leads to where yes and no are.
        notifier.invoke(number)
        app.wait_window()
        app.wait('label', '^Who Waits to Become a Member$')
        app.press(BUTTON, '^Becomes a member: Mara')
        wait_for('Mara is told', lambda: ask(self.stage, 'Mara', 'network', 'show')['you'] == 'member')
        self.assertEqual(app.quit(), 0)

    def test_who_waits_sees_what_is_open_to_them(self):
        relay = self.stage.start_relay()
        self.stage.start_peer('Server', relay)
        wait_for('the server is ready', lambda: '"ready"' in self.stage.log('Server'))
        ask(self.stage, 'Server', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2')
        network = self.stage.folder / 'commons.json'
        network.write_text(json.dumps(ask(self.stage, 'Server', 'network', 'export')))
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        ask(self.stage, 'app-state', 'network', 'join', str(network))
        app.keys('alt+4')
        app.wait('label', '^You can be paid and pay now', limit=FINAL_LIMIT)
        show_network(app)
        app.wait('label', '^You Wait to Become a Member$')
        key = ask(self.stage, 'app-state', 'status')['id']
        ask(self.stage, 'Server', 'vouch', key)
        app.wait_gone('label', '^You Wait to Become a Member$')
        app.wait('label', '^You are a member$')
        close_dialog(app, '^Your Networks$')
        self.assertEqual(app.quit(), 0)


class Files(unittest.TestCase):
    """A network goes from a window to a server as a file."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def test_saved_and_joined(self):
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--name', 'Juniper')
        app.press(BUTTON, '^Start a Network')
        app.press(BUTTON, '^Start$')
        app.wait('label', '^Valid for')
        close_dialog(app, '^Valid for')
        founded = ask(self.stage, 'app-state', 'status')['network']
        network = self.stage.folder / 'network.json'
        show_network(app)
        open_row(app, '^Another network$', '^Save This Network as a File')
        name_file(app, 'Save This Network as a File', network)
        app.wait('label|alert|notification', '^Saved. Whoever has the file can join')
        self.assertEqual(json.loads(network.read_text()), ask(self.stage, 'app-state', 'network', 'export'))
        # It lets in whoever has it.
        self.assertEqual(network.stat().st_mode & 0o077, 0)
        # The keyboard is back from GTK's dialog.
        app.keys('Escape')
        app.wait_gone('label|alert|notification', '^Saved. Whoever has the file can join')
        close_dialog(app, '^Your Networks$')
        self.assertEqual(app.quit(), 0)

        self.stage.start_peer('Mara', relay)
        wait_for('Mara is ready', lambda: '"ready"' in self.stage.log('Mara'))
        ask(self.stage, 'Mara', 'network', 'join', str(network))
        self.assertEqual(ask(self.stage, 'Mara', 'status')['network'], founded)

    def join_file(self, app, path):
        open_row(app, '^Another network$', '^Join From a File')
        name_file(app, 'Join From a File', path, 'ctrl+l')

    def test_joined_from_a_file(self):
        relay = self.stage.start_relay()
        self.stage.start_peer('Server', relay)
        wait_for('the server is ready', lambda: '"ready"' in self.stage.log('Server'))
        ask(self.stage, 'Server', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2')
        commons = self.stage.folder / 'commons.json'
        commons.write_text(json.dumps(ask(self.stage, 'Server', 'network', 'export')))
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        before = ask(self.stage, 'app-state', 'status')['network']
        own = self.stage.folder / 'own.json'
        own.write_text(json.dumps(ask(self.stage, 'app-state', 'network', 'export')))
        show_network(app)

        def unchanged():
            self.assertEqual(ask(self.stage, 'app-state', 'status')['network'], before)

        # What is no network, what is cut off and what is far too long are refused, each with its reason.
        for number, (content, reason) in enumerate([
                (b'{"edge_net": 2}', 'edge_net'), (commons.read_bytes()[:-40], ''),
                (b'', ''), (b'[' * 5_000_000, '')]):
            bad = self.stage.folder / f'bad-{number}.json'
            bad.write_bytes(content)
            self.join_file(app, bad)
            app.wait('label|alert|notification', f'^That file can’t be joined: .*{reason}')
            unchanged()
            # The next one is told as the first was.
            app.keys('Escape')
            app.wait_gone('label|alert|notification', '^That file can’t be joined')

        self.join_file(app, own)
        app.wait('label|alert|notification', f'^You are in {before["name"]} already$')
        unchanged()

        self.join_file(app, commons)
        app.wait('label|heading', r'^Join Commons\?$')
        app.wait('label', '^A founded network, whose book 1 validator closes')
        driver.look(app, 'join-from-a-file')
        app.press(BUTTON, '^Cancel$')
        app.wait_gone('label|heading', r'^Join Commons\?$')
        unchanged()
        self.join_file(app, commons)
        app.press(BUTTON, '^Join$')
        app.wait('label|alert|notification', f'^You are in Commons now. Nothing of {before["name"]} is lost$')
        app.wait(BUTTON, f'^Change to {before["name"]}$')
        self.assertEqual(ask(self.stage, 'app-state', 'status')['network']['name'], 'Commons')

        # The same by a drop: back into the network of the start.
        app.keys('Escape')
        app.wait_gone('label|alert|notification', '^You are in Commons now')
        app.tab_to(app.wait('list|list box', '^Another network$'), inside=True)
        # What is not on the screen can't be dropped on.
        app.keys('Home', 'Down')
        driver.drop_file(self.stage, app, own, app.wait('list item|row', '^Join From a File'))
        app.wait('label|heading', rf'^Join {before["name"]}\?$')
        app.press(BUTTON, '^Join$')
        app.wait('label|alert|notification', f'^You are in {before["name"]} now. Nothing of Commons is lost$')
        unchanged()
        self.assertEqual(app.quit(), 0)


class Stranger(unittest.TestCase):
    """A peer in another language that is in the room and says it is of another network."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def test_is_shown_as_such(self):
        if not foreign.install():
            self.skipTest('the packages of package-lock.json need node and npm')
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        ask(self.stage, 'app-state', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2', '--param', 'open=1')
        network = ask(self.stage, 'app-state', 'network', 'export')
        status = ask(self.stage, 'app-state', 'status')
        self.stage.start('stranger', ['node', str(foreign.FOLDER / 'foreign-peer.mjs'), json.dumps({
            'scenario': 'stranger', 'seed': 'elsewhere', 'relay': relay, 'node': status['id'],
            'network': status['network']['id'], 'secret': network['room_secret'], 'genesis': network['genesis']})])
        app.keys('alt+2')
        app.wait('label', ' · of another network$')
        driver.look(app, 'of-another-network')
        peers = ask(self.stage, 'app-state', 'peers')
        self.assertEqual([(peer['name'], peer['same_network']) for peer in peers], [('Foreign', False)])
        ask(self.stage, 'app-state', 'message', peers[0]['peer'], 'who are you?')
        wait_for('the stranger is done', lambda: self.stage.children['stranger'].poll() is not None)
        self.assertEqual(self.stage.children['stranger'].returncode, 0, self.stage.log('stranger'))
        self.assertEqual(app.quit(), 0)


class Vote(unittest.TestCase):
    """Two close the book, and one of them wants to go on alone."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def test_yes_and_no(self):
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        own = ask(self.stage, 'app-state', 'status')['id']
        self.stage.start_peer('Server', relay)
        wait_for('the server is ready', lambda: '"ready"' in self.stage.log('Server'))
        server = ask(self.stage, 'Server', 'status')['id']
        ask(self.stage, 'Server', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2',
            f'--validator={server}', f'--validator={own}')
        network = self.stage.folder / 'commons.json'
        network.write_text(json.dumps(ask(self.stage, 'Server', 'network', 'export')))
        ask(self.stage, 'app-state', 'network', 'join', str(network))
        app.wait(BUTTON, 'Peers: 1 linked')
        show_network(app)
        app.wait('label', '^You close the book$')
        self.assertIsNone(app.find('label', '^A Vote on Who Closes the Book$'))

        ask(self.stage, 'Server', 'validators', 'propose', '--', server)
        app.wait('label', '^A Vote on Who Closes the Book$')
        app.wait('label', '^Out: You$')
        app.wait('label', '^1 of 2 needed says yes: Server$')
        app.tab_to(app.wait(BUTTON, '^No: Out: You$'))
        driver.look(app, 'network-vote')
        app.keys('space')
        app.wait('label', '^It stays as it is$')
        app.wait('label', '^1 of 2 needed says yes: You$')
        app.tab_to(app.wait(BUTTON, '^Yes: Out: You$'))
        app.keys('space')
        app.wait_gone('label', '^A Vote on Who Closes the Book$')
        wait_for('the server closes the book alone', lambda: [
            one['key'] for one in ask(self.stage, 'Server', 'network', 'show')['validators']] == [server],
            FINAL_LIMIT)
        close_dialog(app, '^Your Networks$')
        self.assertEqual(app.quit(), 0)


    def test_called_from_the_window(self):
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        keys = {'app-state': ask(self.stage, 'app-state', 'status')['id']}
        for name in ('Server', 'Mara', 'Noor'):
            self.stage.start_peer(name, relay)
            wait_for(f'{name} is ready', lambda name=name: '"ready"' in self.stage.log(name))
            keys[name] = ask(self.stage, name, 'status')['id']
        ask(self.stage, 'Server', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2',
            f'--validator={keys["Server"]}', f'--validator={keys["app-state"]}')
        network = self.stage.folder / 'commons.json'
        network.write_text(json.dumps(ask(self.stage, 'Server', 'network', 'export')))
        for name in ('Mara', 'app-state'):
            ask(self.stage, name, 'network', 'join', str(network))
        wait_for('Mara waits to become a member', lambda: any(
            one['key'] == keys['Mara'] for one in ask(self.stage, 'Server', 'members', '--waiting')), FINAL_LIMIT)
        ask(self.stage, 'Server', 'vouch', '--', keys['Mara'])
        wait_for('the app knows it', lambda: any(
            one['key'] == keys['Mara'] and one['member'] for one in ask(self.stage, 'app-state', 'members')), FINAL_LIMIT)

        def open_proposal():
            open_row(app, '^Change who closes the book$', '^Propose a Change')
            app.wait(SWITCH, '^Mara$')
            self.assertFalse(driver.sensitive(app.find(BUTTON, '^Propose…$')))

        show_network(app)
        app.wait('label', '^You close the book$')
        app.wait('label', '^Change Who Closes the Book$')
        open_proposal()
        # Who is no member can't be proposed, and that is said.
        app.type('^Another Member’s Key$', keys['Noor'])
        app.press(BUTTON, '^Propose…$')
        app.press(BUTTON, '^Propose$')
        app.wait('label|alert|notification', '^Only members can be validators$')
        app.press(BUTTON, '^Cancel$')
        app.wait_gone('label', '^Validators$')

        open_proposal()
        app.tab_to(app.wait(SWITCH, '^Mara$'))
        app.keys('space')
        app.wait('label', '^In: Mara\n\nIt is so once the other validator says the same')
        app.wait('label', 'All 3 must be awake for payments to become final')
        driver.look(app, 'network-propose')
        app.resize(370, 650)
        app.wait('label', '^In: Mara')
        driver.look(app, 'network-propose-narrow')
        app.resize(1110, 770)
        app.press(BUTTON, '^Propose…$')
        app.wait('label|heading', r'^Propose This\?$')
        driver.look(app, 'network-propose-this')
        app.press(BUTTON, '^Propose$')
        app.wait_gone('label', '^Validators$')
        app.wait('label', '^A Vote on Who Closes the Book$')
        app.wait('label', '^In: Mara$')
        app.wait('label', '^1 of 2 needed says yes: You$')
        driver.look(app, 'network-proposed')

        # The other validator says the same, from its own computer.
        def proposals(name):
            return [one['validators'] for one in ask(self.stage, name, 'network', 'show')['proposals']]
        wanted = wait_for('the proposal reaches the server', lambda: proposals('Server'))[0]
        self.assertEqual(wanted, sorted([keys['Server'], keys['app-state'], keys['Mara']]))
        ask(self.stage, 'Server', 'validators', 'propose', '--', *wanted)
        app.wait('label', '^Change Who Closes the Book$')
        wait_for('three close the book', lambda: [
            one['key'] for one in ask(self.stage, 'Mara', 'network', 'show')['validators']] == wanted, FINAL_LIMIT)

        # Who has no say any more is not offered any.
        rest = sorted([keys['Server'], keys['Mara']])
        ask(self.stage, 'Server', 'validators', 'propose', '--', *rest)
        ask(self.stage, 'Mara', 'validators', 'propose', '--', *rest)
        app.wait('label', '^2 of 3 needed say yes: (Mara, Server|Server, Mara)$')
        app.press(BUTTON, '^Yes: Out: You$')
        app.wait_gone('label', '^Propose a Change')
        self.assertEqual(app.quit(), 0)


class TwoBooks(unittest.TestCase):
    """A validator's folder was copied, and both computers closed a book."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)
        # A proposal is due after 2 s.
        os.environ['EDGE_NET_ROUND_SCALE'] = '15'
        self.addCleanup(os.environ.pop, 'EDGE_NET_ROUND_SCALE')

    def run_node(self, name, relay):
        self.stage.start_peer(name, relay)
        wait_for(f'{name} is ready', lambda: '"ready"' in self.stage.log(name))

    def closed(self, name):
        """What a node closed last, once that holds more than the genesis."""
        def look():
            status = ask(self.stage, name, 'ledger', 'status')
            return status['open'] == 0 and status['events'] >= 2 and status['checkpoint']
        return wait_for(f'{name} closes its book', look, FINAL_LIMIT)

    def offline(self, *words):
        return subprocess.run(['edge-net-node', '--state', str(self.stage.folder / 'Server'), '--key-file',
                               str(self.stage.folder / 'Server.key'), '--json', *words], capture_output=True,
                              text=True, check=True).stdout

    def test_the_window_shows_both(self):
        relay = self.stage.start_relay()
        key = json.loads(self.offline('identity'))['id']
        self.offline('network', 'create', '--name', 'Commons', '--param', 'join_bits=0', f'--grant={key}=100')
        network = self.stage.folder / 'commons.json'
        network.write_text(self.offline('network', 'export'))
        shutil.copytree(self.stage.folder / 'Server', self.stage.folder / 'Twin')
        shutil.copy(self.stage.folder / 'Server.key', self.stage.folder / 'Twin.key')

        # The app keeps the book of the server; the twin is alone with its own.
        self.run_node('Server', relay)
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        ask(self.stage, 'app-state', 'network', 'join', str(network))
        kept = self.closed('app-state')
        self.stage.stop('Server')
        self.run_node('Twin', 'ws://127.0.0.1:9/')
        ask(self.stage, 'Twin', 'identity', 'claim')
        ask(self.stage, 'Twin', 'stake', '5')
        self.assertNotEqual(self.closed('Twin')['hash'], kept['hash'])
        self.stage.stop('Twin')

        # Where both meet, it is told and shown.
        self.run_node('Twin', relay)
        app.keys('alt+3')
        app.wait('label', r'^Validators closed two different books at checkpoint \d', limit=FINAL_LIMIT)
        app.press(BUTTON, '^Show Both$')
        app.wait('label|heading', '^The Book You Keep$')
        app.wait('label|heading', '^The Book That Contradicts It$')
        self.assertEqual(ask(self.stage, 'app-state', 'ledger', 'status')['checkpoint'], kept)
        driver.look(app, 'two-books')
        close_dialog(app, '^The Book You Keep$')
        self.assertEqual(app.quit(), 0)


class Asleep(unittest.TestCase):
    """A network whose validator is another computer, which goes to sleep."""

    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def test_the_window_says_so(self):
        relay = self.stage.start_relay()
        self.stage.start_peer('Server', relay)
        wait_for('the server is ready', lambda: '"ready"' in self.stage.log('Server'))
        ask(self.stage, 'Server', 'network', 'create', '--name', 'Commons', '--param', 'join_bits=2')
        network = self.stage.folder / 'commons.json'
        network.write_text(json.dumps(ask(self.stage, 'Server', 'network', 'export')))
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait(BUTTON, '^Peers: ')
        ask(self.stage, 'app-state', 'network', 'join', str(network))
        app.wait(BUTTON, 'Peers: 1 linked')
        app.keys('alt+3')
        app.wait('label', '^Closed .* by Server|^The validator is awake', limit=FINAL_LIMIT)

        self.stage.stop('Server')
        app.wait('label', '^The validator sleeps: payments become final once it is back', limit=FINAL_LIMIT)
        show_network(app)
        app.wait('label', '^Asleep for')
        app.wait('label', '^While it sleeps, nothing becomes final')
        close_dialog(app, '^Your Networks$')

        self.stage.start_peer('Server', relay)
        app.wait('label', '^Closed .* by Server|^The validator is awake', limit=FINAL_LIMIT)
        self.assertEqual(app.quit(), 0)


if __name__ == '__main__':
    unittest.main(verbosity=2, failfast=True)
