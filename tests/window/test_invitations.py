#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people with a window each, who bring each other in: what one screen shows is photographed,
and the other reads the photograph."""
import json
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import App, Atspi, Stage, look, wait_for  # noqa: E402
from neighbour import Neighbour  # noqa: E402

# Nobody listens there: the discard port.
NO_RELAY = 'ws://127.0.0.1:9/'


def read(stage, picture):
    """What the code in a picture says, by the command line of a node."""
    state = stage.folder / 'reader'
    said = subprocess.run(['edge-net-node', '--state', str(state), 'accept', str(picture), '--json'],
                          capture_output=True, text=True, check=False)
    if said.returncode != 0:
        raise AssertionError(f'{picture.name}: {said.stderr}')
    return json.loads(said.stdout)['link']


class Invitations(unittest.TestCase):
    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)
        self.neighbour = Neighbour(self.stage)

    def shown_link(self, app):
        return wait_for('the link is shown', lambda: next(
            (text for text in app.labels() if text.startswith('edge-net:i/')), None))

    def test_into_the_network(self):
        relay = self.stage.start_relay()
        first = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        first.wait('button|push button', '^Invite')
        first.keys('ctrl+n')
        first.wait('label', '^Valid for 6 d 23 h$')
        first.wait('label', 'works on this computer only')
        first.wait('image|img', 'QR code')
        link = self.shown_link(first)
        picture = self.stage.folder / 'shown.png'
        # The dialog slides in.
        self.settled(first, picture)

        # Every photograph of it says the same.
        self.stage.start_peer('reader', relay)
        wait_for('the reader is ready', lambda: '"ready"' in self.stage.log('reader'))
        for kind, how in {'as it is': [], 'small': ['-resize', '60%'], 'turned': ['-rotate', '11'],
                          'blurred': ['-blur', '0x1.5'],
                          'pale': ['-colorspace', 'Gray', '+level', '35%,60%']}.items():
            made = self.stage.folder / f'{kind.replace(" ", "-")}.png'
            subprocess.run(['convert', str(picture), *how, str(made)], check=True)
            self.assertEqual(read(self.stage, made), link, kind)
        self.stage.stop('reader')

        second = self.neighbour.app()
        second.wait('button|push button', '^Join Edge-Net$')
        second.press('button|push button', 'Have an Invitation')
        second.wait('list item', 'Open a Picture')
        second.keys('Escape')
        second.wait_gone('list item', 'Open a Picture')
        self.neighbour.open(picture)
        second.wait('heading|label', '^Juniper invites you to edge-net$')
        second.wait('label', '^Signature of Juniper$')
        second.wait('label', '^correct$')
        second.press('button|push button', '^Join edge-net$')
        second.wait('button|push button', 'Peers: 1 linked')
        first.keys('Escape')
        first.wait('button|push button', 'Peers: 1 linked')
        self.assertEqual(second.quit(), 0)
        self.assertEqual(first.quit(), 0)

    def test_one_is_taken_back(self):
        relay = self.stage.start_relay()
        app = App(self.stage, '--relay', relay, '--join', '--name', 'Juniper')
        app.wait('button|push button', '^Invite')
        app.keys('ctrl+n')
        app.wait('label', '^Valid for 6 d 23 h$')
        first = self.shown_link(app)
        self.choose(app, 'a')
        second = wait_for('another link is shown', lambda: self.shown_link(app) != first and self.shown_link(app))

        state = self.stage.folder / 'guest'
        guest = ['edge-net-node', '--state', str(state), '--key-file', f'{state}.key']
        self.stage.start_peer('guest', relay)
        wait_for('the guest is ready', lambda: '"ready"' in self.stage.log('guest'))
        subprocess.run([*guest, 'accept', first], check=True, stdout=subprocess.DEVNULL)
        self.choose(app, 'i')
        app.wait('label', 'taken by guest$')
        app.wait('label', 'nobody came with it yet$')
        look(app, 'given')
        # The newest comes first: the one that nobody took.
        app.press('button|push button', '^Take Back$')
        app.wait_gone('label', 'nobody came with it yet$')
        app.wait('label', 'taken by guest$')
        app.press('button|push button', '^Take Back$')
        app.wait('label|heading', '^None Counts$')
        look(app, 'given-none')
        app.press('button|push button', '^Done$')
        app.wait_gone('label|heading', '^None Counts$')
        app.wait('label', '^Valid for')
        wait_for('a third link is shown', lambda: self.shown_link(app) not in (first, second))
        self.assertEqual(app.quit(), 0)

    def choose(self, app, letter):
        """An entry of the dialog's own menu, by its underlined letter."""
        app.tab_to(app.wait('toggle button', '^More$'))
        app.keys('space')
        app.settle()
        app.keys(letter)

    def settled(self, app, path):
        """A picture of a window whose code has stopped moving; what is live behind the dialog goes on."""
        code, seen = path.with_suffix('.code.png'), []

        def same():
            app.picture(path)
            box = app.find('image|img', 'QR code').get_extents(Atspi.CoordType.WINDOW)
            subprocess.run(['convert', str(path), '-crop', f'{box.width}x{box.height}+{box.x}+{box.y}', '+repage',
                            '-strip', '-define', 'png:exclude-chunks=date,time', str(code)], check=True)
            seen.append(code.read_bytes())
            return seen[-2:-1] == seen[-1:]
        wait_for('the code stands still', same)

    def test_bad_links_are_explained(self):
        app = self.neighbour.app('--relay', NO_RELAY, '--join')
        app.wait('button|push button', '^Invite')
        for link, words in {'edge-net:i/AQH2DjAiVjCd': 'cut off or changed',
                            'edge-net:i/AgH2DjAiVjCd': 'newer Edge-Net',
                            'edge-net:hello': 'no Edge-Net invitation'}.items():
            self.neighbour.open(link)
            app.wait('label', words)
            app.press('button|push button', '^Close$')
            app.wait_gone('label', words)
        self.assertEqual(app.quit(), 0)

    def exchange(self, offer_by, reply_by, network=None, fresh=False):
        """Two windows are linked without any server: the offer goes one way, the reply the other, each as the picture
        of a code on the screen or as a link that is copied and pasted. Where the first is in a founded network the
        second does not know it; where the second is fresh it has never been in any."""
        reply = self.stage.folder / 'reply.png'
        offer = self.stage.folder / 'offer.png'
        # What the first app's camera sees is the photograph of the second one's screen.
        camera = {'EDGE_NET_CAMERA': f'filesrc location={reply} ! pngdec ! imagefreeze is-live=true'}
        if network is not None:
            state = self.stage.folder / 'app-state'
            subprocess.run(['edge-net-node', 'network', 'create', '--name', network, '--state', str(state),
                            '--key-file', f'{state}.key'], check=True, stdout=subprocess.DEVNULL)
        first = App(self.stage, '--relay', NO_RELAY, '--join', '--name', 'Ada',
                    **(camera if reply_by == 'code' else {}))
        second = self.neighbour.app('--relay', NO_RELAY, '--name', 'Grace', *([] if fresh else ['--join']))
        first.wait('button|push button', '^Invite')
        first.keys('ctrl+n')
        first.wait('label', '^Valid for')
        first.press('toggle button|radio button', '^Direct link$')
        first.wait('label', '^Renews itself in 3:')
        look(first, f'direct-{offer_by}-{reply_by}-offer')
        second.wait('button|push button', '^Join Edge-Net$' if fresh else '^Invite')
        if offer_by == 'code':
            subprocess.run(['convert', 'xc:white', str(offer)], check=True)
            self.photograph_code(first, offer)
            self.neighbour.open(offer)
        else:
            self.copy(first)
            if fresh:
                second.press('button|push button', 'Have an Invitation')
            else:
                second.keys('ctrl+shift+n')
            self.paste(second)

        second.wait('heading|label', 'offers you a direct link$')
        if network is not None and not fresh:
            second.wait('label', '^You leave edge-net for it')
        look(second, f'direct-{offer_by}-{reply_by}-found')
        second.press('button|push button', '^Make the Reply$')
        second.wait('label', '^Waiting for them$')
        look(second, f'direct-{offer_by}-{reply_by}-answer')
        if reply_by == 'code':
            self.photograph_code(second, reply)
            first.press('button|push button', 'Scan Their Reply')
        else:
            self.copy(second)
            first.press('button|push button', 'Scan Their Reply')
            self.paste(first)

        first.wait('button|push button', 'Peers: 1 linked')
        second.wait('button|push button', 'Peers: 1 linked')
        first.wait_gone('label', 'Renews itself')
        second.wait_gone('label', 'Waiting for them')
        if network is not None:
            second.wait('label|heading', network)
        look(second, f'direct-{offer_by}-{reply_by}-linked')
        self.assertEqual(second.quit(), 0)
        self.assertEqual(first.quit(), 0)

    def copy(self, app):
        app.press('button|push button', '^Copy the Link$')
        app.wait('label', '^Link copied')

    def paste(self, app):
        app.wait('list item', '^Paste')
        app.keys('ctrl+v')

    def test_direct_by_codes(self):
        self.exchange('code', 'code')

    def test_direct_by_links(self):
        self.exchange('link', 'link', network='Grove')

    def test_direct_by_code_then_link(self):
        self.exchange('code', 'link')

    def test_direct_by_link_then_code(self):
        self.exchange('link', 'code', network='Grove', fresh=True)

    def test_a_reply_that_leads_to_no_link_is_told(self):
        self.stage.start_peer('Ada', NO_RELAY)
        wait_for('Ada is ready', lambda: '"ready"' in self.stage.log('Ada'))
        offer = subprocess.run(['edge-net-node', '--state', str(self.stage.folder / 'Ada'), 'invite', '--direct'],
                               capture_output=True, text=True, check=True).stdout
        link = next(word for word in offer.split() if word.startswith('edge-net:i/'))
        app = App(self.stage, '--relay', NO_RELAY, '--join', '--name', 'Grace', EDGE_NET_DIRECT_SCALE='60')
        app.wait('button|push button', '^Invite')
        subprocess.run(['edge-net', link], check=True, timeout=60)
        app.wait('heading|label', 'offers you a direct link$')
        app.press('button|push button', '^Make the Reply$')
        # Nobody takes it back to Ada.
        app.wait('label', 'led to no link')
        app.wait_gone('label', '^Waiting for them$')
        look(app, 'direct-no-link')
        self.assertEqual(app.quit(), 0)

    def photograph_code(self, app, path):
        """Until a code can be read in the picture: a spinner or countdown never stands still."""
        def legible():
            app.picture(path)
            return 'edge-net:i/' in subprocess.run(['zbarimg', '--quiet', '--raw', str(path)],
                                                   capture_output=True, text=True, check=False).stdout
        wait_for('the code is on the screen', legible)


if __name__ == '__main__':
    unittest.main(verbosity=2)
