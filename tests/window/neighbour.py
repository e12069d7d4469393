# SPDX-License-Identifier: GPL-3.0-or-later
"""A second session on the same screen."""
import os
import re
import subprocess

from driver import App, wait_for


class Neighbour:
    """A session bus of its own, so that a second app runs on the same screen; seen by the same
    assistive technology."""

    def __init__(self, stage):
        self.stage = stage
        stage.start('bus', ['dbus-daemon', '--session', '--nofork', '--print-address'])
        address = wait_for('the second bus is there',
                           lambda: re.search(r'^unix:\S+', stage.log('bus'), re.M))[0]
        said = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path',
                               '/org/a11y/bus', '--method', 'org.a11y.Bus.GetAddress'],
                              capture_output=True, text=True, check=True).stdout
        self.env = {'DBUS_SESSION_BUS_ADDRESS': address,
                    'AT_SPI_BUS_ADDRESS': re.search(r"'(.*)'", said)[1]}

    def app(self, *options, camera=None):
        """The second app; what its camera sees is a piece of a GStreamer pipeline."""
        env = dict(self.env, EDGE_NET_CAMERA=camera) if camera else self.env
        return App(self.stage, *options, name='second', folder='second-state', **env)

    def open(self, what):
        """Opens a link or picture as the desktop does, while the app runs."""
        subprocess.run(['edge-net', str(what)], env={**os.environ, **self.env}, check=True, timeout=60)
