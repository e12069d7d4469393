#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the key is kept, at the first start: no keyring, a locked one, a file under a passphrase.
With the real gnome-keyring on a session bus of the test's own."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import App, Stage, wait_for  # noqa: E402

BUTTON = 'button|push button'
PASSWORD = 'correct horse'

# Nothing is started by itself on this bus.
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Keyring(unittest.TestCase):
    def setUp(self):
        self.stage = Stage()
        self.addCleanup(self.stage.close)
        config = self.stage.folder / 'bus.conf'
        config.write_text(CONFIG)
        self.stage.start('bus', ['dbus-daemon', f'--config-file={config}', '--nofork', '--print-address'])
        address = wait_for('the bus is there',
                           lambda: re.search(r'^unix:\S+', self.stage.log('bus'), re.M))[0]
        said = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path',
                               '/org/a11y/bus', '--method', 'org.a11y.Bus.GetAddress'],
                              capture_output=True, text=True, check=True).stdout
        for folder in ('keyrings', 'runtime'):
            (self.stage.folder / folder).mkdir(mode=0o700)
        self.env = {'DBUS_SESSION_BUS_ADDRESS': address,
                    'AT_SPI_BUS_ADDRESS': re.search(r"'(.*)'", said)[1],
                    'XDG_DATA_HOME': str(self.stage.folder / 'keyrings')}

    def app(self, name='app'):
        return App(self.stage, name=name, keyring=True, **self.env)

    def start_daemon(self, name, password):
        """The daemon, its login keyring unlocked where there is a password for it."""
        words = ['gnome-keyring-daemon', '--foreground', '--components=secrets',
                 f'--control-directory={self.stage.folder / "runtime"}']
        with open(self.stage.folder / f'{name}.log', 'ab') as output:
            child = subprocess.Popen(words + (['--unlock'] if password else []), stdout=output,
                                     stderr=subprocess.STDOUT, stdin=subprocess.PIPE,
                                     env={**os.environ, **self.env})
        child.stdin.write((password or '').encode())
        child.stdin.close()
        self.stage.children[name] = child
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '30', 'org.freedesktop.secrets'],
                       env={**os.environ, **self.env}, check=True)

    def look(self, app, name):
        """A picture for who asks for them."""
        folder = os.environ.get('EDGE_WINDOW_PICTURES')
        if folder:
            app.settle()
            app.picture(pathlib.Path(folder) / f'{name}.png')

    def test_without_a_keyring_the_key_goes_into_a_file(self):
        app = self.app()
        app.wait('label|heading', '^No Keyring Answers$')
        app.wait(BUTTON, '^Try Again$')
        self.look(app, 'keyring-absent')
        app.press(BUTTON, '^Use a File')
        app.wait('label|heading', '^Keep the Key in a File$')
        app.type('^Passphrase$', 'a long passphrase')
        app.type('^The Same Again$', 'another passphrase')
        app.wait('label', '^The two are not the same')
        self.look(app, 'keyring-file')
        app.type('^The Same Again$', 'a long passphrase')
        app.wait('heading|label', 'Lend idle computing')
        self.assertEqual(app.quit(), 0)

        again = self.app('again')
        again.wait('label|heading', '^Passphrase of Your Key$')
        again.type('^Passphrase$', 'not that one')
        again.wait('label', '^That is not the passphrase of this file')
        self.look(again, 'keyring-wrong')
        again.type('^Passphrase$', 'a long passphrase')
        again.wait('heading|label', 'Lend idle computing')
        self.assertEqual(again.quit(), 0)

    def test_a_locked_keyring_is_explained(self):
        self.start_daemon('keyring', PASSWORD)
        app = self.app()
        app.wait('heading|label', 'Lend idle computing')
        self.assertEqual(app.quit(), 0)
        self.stage.stop('keyring')

        # Nobody is there to ask for the password: it stays locked.
        self.start_daemon('locked', None)
        app = self.app('locked-out')
        app.wait('label|heading', '^The Keyring Is Locked$')
        app.wait(BUTTON, '^Use a File')
        self.look(app, 'keyring-locked')
        self.stage.stop('locked')
        self.start_daemon('unlocked', PASSWORD)
        app.press(BUTTON, '^Try Again$')
        app.wait('heading|label', 'Lend idle computing')
        self.assertEqual(app.quit(), 0)


if __name__ == '__main__':
    unittest.main(verbosity=2)
