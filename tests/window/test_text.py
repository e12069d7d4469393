#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through every page and dialog in a translation into no language, from left to right and from right to left, and finds
texts that cannot be translated and those that do not fit. With a folder as argument it puts a picture of each there."""
import gettext
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import pseudo  # noqa: E402
from driver import Atspi, App, GLib, Stage, walk, wait_for  # noqa: E402

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
PICTURES = os.environ.get('EDGE_TEXT_PICTURES')
WIDE, NARROW = (1210, 810), (370, 650)
# GTK draws a frame of five pixels where there is no compositor.
FRAME = 5
BUTTON = 'button|push button'

# What is said as it is in every language: names, keys and addresses, formats, what a person types.
DATA = re.compile(r'''
    Edge-Net | edge-net(?:-node)? | edge-net:i/\S* | Ada | Juniper | [A-Za-z0-9_-]{42,} | [A-Za-z0-9_-]{8}… | (?:wss?|stuns?|turns?)://?[\w.:/-]* |
    (?:host|srflx|prflx|relay)\ \S+ | [A-Z][a-z]?x[0-9a-f]+ | QR | JSON | JWS | CSV | TURN | STUN | GUN | DTLS | WebRTC |
    GPL[\w.-]* | GNU\ .* | https?://\S+ | ©\ .* | Ctrl | Alt | Shift | Escape | Return | Space | Left | Right | Up | Down | F10
''', re.X)
# A key in words comes from a list that is the same for everybody.
WORDS = set(re.findall('"([a-z]+)"', (TREE / 'src/identity/edge-words-english.inc').read_text()))
# A JSON text or a decoded event is shown as it was signed.
SIGNED = re.compile(r'^\s*\{.*\}\s*$', re.S)


class Walk:
    """One app in one language, and what was found in it."""

    def __init__(self, stage, relay, language, locale, folder):
        self.language = language
        self.untranslated = {}
        self.outside = {}
        self.too_wide = {}
        self.seen = set()
        self.said = 0
        self.toolkit = pseudo.toolkit_texts()
        self.texts = gettext.translation('edge-net', str(folder), [language])
        self.app = App(stage, '--relay', relay, '--name', 'Juniper', name=f'app-{language}', folder=f'state-{language}',
                       LOCPATH=str(stage.folder / 'locales'), LC_ALL=locale, LANGUAGE=language,
                       EDGE_NET_LOCALEDIR=str(folder),
                       # What does not fit is said in warnings, and counted.
                       G_DEBUG='')

    def action(self, name, *target):
        subprocess.run(['gapplication', 'action', 'org.edgenet.EdgeNet', name, *target], check=True)

    def window_action(self, name, parameter=None):
        """What the window offers on the bus, as a menu would call it."""
        words = '[]' if parameter is None else f'[<{parameter!r}>]'
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.edgenet.EdgeNet', '--object-path',
                        '/org/edgenet/EdgeNet/window/1', '--method', 'org.gtk.Actions.Activate', name, words, '{}'],
                       check=True, stdout=subprocess.DEVNULL)

    def widgets(self):
        return wait_for('the widgets hold still', lambda: list(walk(self.app.window)))

    def look(self, page, width):
        """Notes what is wrong on what is shown now."""
        self.app.settle(1)
        for widget in self.widgets():
            try:
                self.look_at(widget, page, width)
            except GLib.Error:
                # It went while it was looked at.
                continue
        # The toolkit says so when it is given less room than the texts need.
        log = self.app.stage.log(self.app.name)
        for said in re.findall('exceeds .* width: requested .*', log[self.said:]):
            self.too_wide.setdefault(f'{page} at {width}', said)
        self.said = len(log)
        if PICTURES:
            self.app.picture(pathlib.Path(PICTURES) / f'{page}-{self.language}-{width}.png')

    def look_at(self, widget, page, width):
        role, name = widget.get_role_name(), widget.get_name() or ''
        self.seen.add(name)
        for text in (name, widget.get_description() or ''):
            rest = re.findall('[A-Za-z]{2,}', DATA.sub(' ', pseudo.bare(text)))
            if (not WORDS.issuperset(rest) and text.replace('_', '') not in self.toolkit
                    and not SIGNED.match(text)):
                self.untranslated.setdefault(text, f'{page}: {role}')
        if role != 'label' or not name:
            return
        box = widget.get_extents(Atspi.CoordType.WINDOW)
        # A title that is cut short in the middle of the header reaches under its neighbours.
        if box.width > 1 and (box.x < -2 * FRAME or box.x + box.width > width + 2 * FRAME):
            self.outside.setdefault(name, f'{page} at {width}: {box.x} to {box.x + box.width}')

    def begins(self, text):
        """How a text begins in the language of the walk."""
        return '^' + re.escape(self.texts.gettext(text).replace('_', ''))

    def dialog(self, page, open_it, wide=False):
        """Looks at a dialog, which some open only by what a narrow window has in a menu."""
        for size in (WIDE, NARROW):
            self.app.resize(*(WIDE if wide else size))
            before = len(self.widgets())
            open_it()
            wait_for(f'{page} opens', lambda: len(self.widgets()) > before + 3)
            self.app.resize(*size)
            self.look(page, size[0] - 2 * FRAME)
            self.app.keys('Escape')
            self.app.settle(0.5)
            self.app.keys('Escape')
            self.app.settle(0.5)

    def back_up(self):
        self.action('identity')
        # Rows offer no action of their own.
        self.app.tab_to(self.app.wait('list item', self.begins('_Back Up…')))
        self.app.keys('Return')

    def open_event(self):
        self.window_action('page', 'ledger')
        self.app.tab_to(self.app.wait('list|list box', self.begins('Newest events')), inside=True)
        self.app.keys('Home', 'Return')

    def verify(self):
        self.window_action('page', 'ledger')
        self.app.press(BUTTON, self.begins('_Verify All'))

    def welcome(self):
        for size in (WIDE, NARROW):
            self.app.resize(*size)
            self.look('welcome', size[0] - 2 * FRAME)
        self.dialog('found', lambda: self.window_action('found'))
        self.dialog('restore', lambda: self.action('restore'))

    def pages(self):
        self.app.resize(*WIDE)
        self.action('join')
        wait_for('Ada is linked', lambda: self.app.find('label', '^Ada$')
                 or self.window_action('page', 'peers'))
        for page in ('overview', 'peers', 'ledger', 'earnings'):
            for size in (WIDE, NARROW):
                self.app.resize(*size)
                self.window_action('page', page)
                self.look(page, size[0] - 2 * FRAME)
        self.window_action('page', 'overview')
        for page in ('contribution', 'network', 'background'):
            self.dialog(f'preferences-{page}', lambda p=page: self.action('preferences', repr(p)))
        self.dialog('identity', lambda: self.action('identity'))
        self.dialog('backup', self.back_up)
        ada = subprocess.run(['edge-net-node', '--state', str(self.app.stage.folder / 'Ada'), '--json', 'status'],
                             capture_output=True, check=True).stdout
        self.dialog('message', lambda: self.window_action('message-peer', json.loads(ada)['id']))
        self.dialog('shortcuts', lambda: self.action('shortcuts'))
        self.dialog('about', lambda: self.action('about'))
        self.dialog('invite', lambda: self.window_action('invite'))
        self.dialog('scan', lambda: self.window_action('scan'))
        for page, button in (('transfer', '_Transfer…'), ('stake', '_Stake…')):
            self.window_action('page', 'earnings')
            self.dialog(page, lambda b=button: self.app.press(BUTTON, self.begins(b)))
        if self.language == 'en_XA':
            self.dialog('event', self.open_event)
            self.dialog('verify', self.verify, wide=True)
        self.dialog('close', lambda: self.app.keys('ctrl+w'))


class Text(unittest.TestCase):
    """Each test is one language."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.stage = Stage()
        cls.addClassCleanup(cls.stage.close)
        cls.folder = cls.stage.folder / 'text'
        cls.folder.mkdir()
        pot = cls.folder / 'edge-net.pot'
        subprocess.run([str(TREE / 'tests/potfiles.sh'), str(TREE), '--pot', str(pot)], check=True,
                       stdout=subprocess.DEVNULL)
        for language, locale in (('en_XA', 'en_XA.UTF-8'), ('he', 'he_IL.UTF-8'), ('de', 'de_DE.UTF-8')):
            pseudo.make(pot, cls.folder, language)
            pseudo.make_locale(cls.stage.folder / 'locales', locale)
        cls.relay = cls.stage.start_relay()
        cls.stage.start_peer('Ada', cls.relay)

    def walk(self, language, locale, folder=None):
        found = Walk(self.stage, self.relay, language, locale, folder or self.folder)
        try:
            found.welcome()
            found.pages()
        except Exception:
            print(self.stage.log(found.app.name))
            raise
        found.app.quit()
        return found

    def test_left_to_right(self):
        found = self.walk('en_XA', 'en_XA.UTF-8')
        self.assertEqual(found.untranslated, {})
        self.assertEqual(found.outside, {})
        self.assertEqual(found.too_wide, {})

    def test_right_to_left(self):
        found = self.walk('he', 'he_IL.UTF-8')
        self.assertEqual(found.untranslated, {})
        self.assertEqual(found.too_wide, {})

    def test_a_long_language_fits(self):
        found = self.walk('de', 'de_DE.UTF-8', pathlib.Path(os.environ['EDGE_NET_BUILD']) / 'po')
        self.assertIn('Übersicht', found.seen)
        self.assertEqual(found.outside, {})
        self.assertEqual(found.too_wide, {})


if __name__ == '__main__':
    unittest.main(verbosity=2)
