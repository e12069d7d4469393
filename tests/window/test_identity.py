#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An identity is backed up in one window and restored in another from a photograph of it, and what
the windows say when both run."""
import json
import pathlib
import re
import subprocess
import sys
import unittest
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import App, Atspi, Stage, act, is_showing, look, sensitive, wait_for  # noqa: E402
from neighbour import Neighbour  # noqa: E402

PASSPHRASE = 'correct horse battery'

# What is said when something is wrong has the role of an alert.
SAID = 'label|alert|notification'

def identity(folder, name='app-state'):
    """Who an app is, by its key file."""
    state = folder / name
    said = subprocess.run(['edge-net-node', '--state', str(folder / 'nobody'), '--key-file', f'{state}.key',
                           'identity', '--json'], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


class Identity(unittest.TestCase):
    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)

    def activate(self, app, row):
        """Rows are for the keyboard and the pointer; they offer no action of their own."""
        app.tab_to(app.wait('list item', row))
        app.keys('Return')

    def back_up(self, app, picture):
        """Makes a backup in the window, and photographs its code."""
        app.keys('ctrl+i')
        look(app, 'identity')
        self.activate(app, '^Back Up')
        app.wait('label', 'so is the key that owns your credits')
        look(app, 'backup-ask')
        self.type_passphrases(app, 'Passphrase for the Backup', 'short', 'short')
        app.wait(SAID, '^At least 8 characters')
        look(app, 'backup-short')
        self.type_passphrases(app, 'Passphrase for the Backup', PASSPHRASE, PASSPHRASE)
        app.press('button|push button', '^Make Backup$')
        app.wait('list item', '^Save as a File')
        look(app, 'backup-made')

        def legible():
            app.picture(picture)
            return 'edge-net:k/' in subprocess.run(['zbarimg', '--quiet', '--raw', str(picture)],
                                                   capture_output=True, text=True, check=False).stdout
        wait_for('the code is on the screen', legible)

    def type_passphrases(self, app, first, *texts):
        for name, text in zip((first, 'The Same Again'), texts):
            app.tab_to(app.wait('text|entry|password text', name))
            app.keys('ctrl+a')
            subprocess.run(['xdotool', 'type', '--delay', '20', text], check=True)

    def test_back_up_restore_and_both_at_once(self):
        relay = self.stage.start_relay()
        picture = self.stage.folder / 'backup.png'
        first = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        first.wait('button|push button', '^Invite')
        mine = identity(self.stage.folder)
        self.back_up(first, picture)

        # The command line reads the photograph, too.
        given = self.stage.folder / 'passphrase'
        given.write_text(PASSPHRASE + '\n')
        told = subprocess.run(
            ['edge-net-node', '--state', str(self.stage.folder / 'third'), '--key-file',
             str(self.stage.folder / 'third.key'), '--json', 'identity', 'restore', str(picture),
             '--passphrase-file', str(given)], capture_output=True, text=True, check=True).stdout
        self.assertEqual(json.loads(told)['id'], mine['id'])

        # Another window sees it with its camera.
        neighbour = Neighbour(self.stage)
        second = neighbour.app('--relay', relay,
                               camera=f'filesrc location={picture} ! pngdec ! imagefreeze is-live=true')
        second.press('button|push button', '^Restore an Identity')
        second.wait('label', 'it is whole')
        look(second, 'restore-ask')
        self.type_passphrases(second, 'Passphrase of the Backup', 'not this one')
        second.press('button|push button', '^Continue$')
        second.wait(SAID, '^This is not the passphrase of this backup')
        look(second, 'restore-wrong')
        self.type_passphrases(second, 'Passphrase of the Backup', PASSPHRASE)
        second.press('button|push button', '^Continue$')
        second.wait('button|push button', '^Use This Identity$')
        for word in mine['words']:
            second.wait('label', f'^{word}$')
        look(second, 'restore-found')
        theirs = identity(self.stage.folder, 'second-state')
        second.press('button|push button', '^Use This Identity$')

        # It starts again by itself, as the other one.
        wait_for('the window opens again', lambda: identity(self.stage.folder, 'second-state')['id'] == mine['id'])
        self.assertNotEqual(theirs['id'], mine['id'])
        wait_for('the second window is another one', lambda: second.reopened())
        second.press('button|push button', '^Join Edge-Net$')

        # The first is told, and stays out.
        first.wait('label|heading', '^Your Identity Runs Elsewhere, Too$')
        self.assertEqual(second.quit(), 0)
        first.keys('Escape', 'Escape')
        look(first, 'twin')
        first.press('button|push button', '^Use Here$')
        first.wait('label', '^This identity was restored')
        look(first, 'restored-banner')
        first.press('button|push button', '^Sign Anyway')
        first.wait('label', '^If this identity signed something elsewhere')
        look(first, 'sign-anyway')
        first.press('button|push button', '^Sign Anyway$')
        first.wait_gone('label', '^This identity was restored')
        self.assertEqual(first.quit(), 0)

    def test_print_and_save(self):
        """Through the dialogs of the toolkit, into files: there is no printer."""
        home = self.stage.folder / 'home'
        (home / 'config').mkdir(parents=True)
        (home / 'config' / 'user-dirs.dirs').write_text('XDG_DOCUMENTS_DIR="$HOME"\n')
        app = App(self.stage, '--relay', 'ws://127.0.0.1:9/', '--join', HOME=str(home),
                  XDG_CONFIG_HOME=str(home / 'config'))
        app.wait('button|push button', '^Invite')
        self.back_up(app, self.stage.folder / 'backup.png')

        self.activate(app, '^Print the Page')
        dialog = self.wait_dialog(app, '^Print')
        look(app, 'print')
        self.click(wait_for('there is a printer', lambda: app.find('table row', '^Print to File$', dialog)), '^Print$')
        act(wait_for('it can be printed', lambda: sensitive(app.find('button|push button', '^Print$', dialog))))
        page = wait_for('the page is printed', lambda: next(home.glob('*.pdf'), None))
        wait_for('all of it', lambda: self.modules_of(page) > 500)

        self.activate(app, '^Save the Page as PDF')
        self.save_as(app, home / 'saved.pdf')
        wait_for('the page is saved', lambda: self.modules_of(home / 'saved.pdf') > 500)
        self.assertEqual(self.modules_of(page), self.modules_of(home / 'saved.pdf'))

        self.activate(app, '^Save as a File')
        self.save_as(app, home / 'saved.backup')
        saved = wait_for('the backup is saved', lambda: (home / 'saved.backup').exists() and home / 'saved.backup')
        given = self.stage.folder / 'passphrase'
        given.write_text(PASSPHRASE + '\n')
        told = wait_for('it is whole', lambda: subprocess.run(
            ['edge-net-node', '--state', str(self.stage.folder / 'third'), '--key-file',
             str(self.stage.folder / 'third.key'), '--json', 'identity', 'restore', str(saved),
             '--passphrase-file', str(given)], capture_output=True, text=True, check=False).stdout)
        self.assertEqual(json.loads(told)['id'], identity(self.stage.folder)['id'])
        self.assertEqual(app.quit(), 0)

    def wait_dialog(self, app, title):
        """A dialog of the toolkit, which is a window of its own."""
        def look_for():
            application = app.window.get_application()
            windows = [application.get_child_at_index(i) for i in range(application.get_child_count())]
            return next((w for w in windows if w and w != app.window and is_showing(w)
                         and re.search(title, w.get_name() or '')), None)
        return wait_for(f'a window “{title}” opens', look_for)

    def click(self, widget, title):
        """Where a widget is neither named for the keyboard nor offers an action."""
        box = widget.get_extents(Atspi.CoordType.WINDOW)
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', title], capture_output=True,
                                text=True, check=True).stdout.split()[-1]
        subprocess.run(['xdotool', 'windowactivate', '--sync', window, 'mousemove', '--window', window,
                        str(box.x + box.width // 4), str(box.y + box.height // 2), 'click', '1'], check=True)

    def save_as(self, app, path):
        dialog = self.wait_dialog(app, '^Save')
        entry = wait_for('the name can be given', lambda: app.find('text|entry', '', dialog))
        Atspi.EditableText.set_text_contents(entry, str(path))
        act(wait_for('it can be saved', lambda: sensitive(app.find('button|push button', '^_?Save$', dialog))))

    @staticmethod
    def modules_of(page):
        """How many closed outlines a PDF draws: what a code is made of."""
        if not page.exists():
            return 0
        count = 0
        for stream in re.findall(rb'stream\r?\n(.*?)endstream', page.read_bytes(), re.S):
            try:
                count += len(re.findall(rb'\sh(?=\s)', zlib.decompress(stream)))
            except zlib.error:
                continue
        return count

    def test_backups_that_are_none_are_explained(self):
        app = App(self.stage, '--relay', 'ws://127.0.0.1:9/', '--join')
        app.wait('button|push button', '^Invite')
        app.keys('ctrl+i')
        self.activate(app, '^Restore')
        for text, words in {'edge-net:i/AQH2DjAiVjCd': '^This is no backup of an identity',
                            'edge-net:k/ZWRnZS1rZXkBAQAAAAMAAQAA': '^This backup is damaged',
                            'edge-net:k/ZWRnZS1rZXkCAQAAAAMAAQAA': 'made by a newer Edge-Net'}.items():
            self.activate(app, '^Type the Text')
            app.type('Text of the Backup', text)
            app.wait(SAID, words)
            look(app, 'restore-type')
            app.keys('Escape')
            app.wait('list item', '^Type the Text')
        self.assertEqual(app.quit(), 0)

    def test_start_anew(self):
        state = self.stage.folder / 'app-state'
        node = ['edge-net-node', '--state', str(state), '--key-file', f'{state}.key', '--json']
        before = json.loads(subprocess.run([*node, 'identity'], capture_output=True, check=True).stdout)['id']
        subprocess.run([*node, 'network', 'create', '--name', 'Garden', '--grant', f'{before}=1000'],
                       stdout=subprocess.DEVNULL, check=True)
        app = App(self.stage, '--relay', 'ws://127.0.0.1:9/')
        app.wait('button|push button', '^Invite')
        app.keys('ctrl+i')
        self.activate(app, '^Start Anew')
        app.wait('label', '^A new identity begins with nothing')
        look(app, 'new-ask')
        self.type_passphrases(app, 'Passphrase for the Old Identity', PASSPHRASE, PASSPHRASE)
        app.press('button|push button', '^Continue$')
        app.wait('label', 'owns 1.?100.00 credits. It is put aside')
        look(app, 'new-found')
        # What owns something is put aside only when the person says so.
        self.assertFalse(sensitive(app.find('button|push button', '^Use This Identity$')))
        app.tab_to(app.wait('check box|switch', '^Put It Aside with Its Credits$'))
        app.keys('space')
        app.press('button|push button', '^Use This Identity$')
        wait_for('the key is another one', lambda: identity(self.stage.folder)['id'] != before)
        wait_for('the window is another one', lambda: app.reopened())
        app.wait('button|push button', '^Invite')
        kept = self.stage.folder / 'app-state' / f'replaced-{before[:8]}.vault'
        self.assertEqual(kept.stat().st_size, 110)
        self.assertEqual(app.quit(), 0)


if __name__ == '__main__':
    unittest.main(verbosity=2)
