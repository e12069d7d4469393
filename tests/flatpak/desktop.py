#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""desktop.py APP: what a shell does for an app in a sandbox, for a session that has none: it shows notifications, answers the
portals' questions with yes, says which apps have a window, and starts apps at login. The portals before it are the real ones.
Each thing that happens is a line of JSON on standard output; "KEY" on standard input presses that button of the newest
notification, "default" the notification itself."""
import json
import pathlib
import shlex
import subprocess
import sys

from gi.repository import Gio, GLib

NOTIFICATIONS = '/org/freedesktop/Notifications'
PORTAL = '/org/freedesktop/portal/desktop'
BACKEND = 'org.freedesktop.impl.portal.desktop.edge'
# As org.freedesktop.impl.portal.Background numbers them.
HIDDEN, SHOWN = 0, 2
ALLOWED = 1
LOOK_MS = 250

INTERFACES = """<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/>
    </method>
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  </interface>
  <interface name="org.freedesktop.impl.portal.Access">
    <method name="AccessDialog">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
    </method>
  </interface>
  <interface name="org.freedesktop.impl.portal.Background">
    <method name="GetAppState"><arg type="a{sv}" direction="out"/></method>
    <method name="NotifyBackground">
      <arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/>
    </method>
    <method name="EnableAutostart">
      <arg type="s" direction="in"/><arg type="b" direction="in"/><arg type="as" direction="in"/>
      <arg type="u" direction="in"/><arg type="b" direction="out"/>
    </method>
    <signal name="RunningApplicationsChanged"/>
  </interface>
</node>"""


def say(**what):
    print(json.dumps(what), flush=True)


class Desktop:
    def __init__(self, app):
        self.app = app
        self.newest = 0
        self.state = None
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        notifications, *portals = Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces
        self.bus.register_object(NOTIFICATIONS, notifications, self.called, None, None)
        for interface in portals:
            self.bus.register_object(PORTAL, interface, self.called, None, None)
        for name in ('org.freedesktop.Notifications', BACKEND):
            Gio.bus_own_name_on_connection(self.bus, name, Gio.BusNameOwnerFlags.NONE, None, None)
        GLib.timeout_add(LOOK_MS, self.look)
        GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, self.told)

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        answer = getattr(self, method)(*arguments.unpack())
        invocation.return_value(answer)

    def told(self, source, condition):
        line = sys.stdin.readline().strip()
        if line:
            self.bus.emit_signal(None, NOTIFICATIONS, 'org.freedesktop.Notifications', 'ActionInvoked',
                                 GLib.Variant('(us)', (self.newest, line)))
        return bool(line)

    def look(self):
        """An app is in the background when it has no window."""
        shown = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'edge-?net'],
                               capture_output=True, text=True, check=False).stdout.split()
        state = SHOWN if shown else HIDDEN
        if state != self.state:
            self.state = state
            say(window=bool(shown))
            self.bus.emit_signal(None, PORTAL, 'org.freedesktop.impl.portal.Background', 'RunningApplicationsChanged', None)
        return True

    def GetCapabilities(self):
        return GLib.Variant('(as)', (['actions', 'body', 'persistence'],))

    def GetServerInformation(self):
        return GLib.Variant('(ssss)', ('edge', 'edge', '1', '1.2'))

    def Notify(self, name, replaces, icon, summary, body, actions, hints, timeout):
        self.newest = replaces or self.newest + 1
        say(notification=summary, body=body, actions=dict(zip(actions[1::2], actions[::2])))
        return GLib.Variant('(u)', (self.newest,))

    def CloseNotification(self, number):
        self.bus.emit_signal(None, NOTIFICATIONS, 'org.freedesktop.Notifications', 'NotificationClosed',
                             GLib.Variant('(uu)', (number, 3)))

    def AccessDialog(self, handle, app, parent, title, subtitle, body, options):
        say(asked=title, app=app, why=subtitle)
        return GLib.Variant('(ua{sv})', (0, {}))

    def GetAppState(self):
        return GLib.Variant('(a{sv})', ({self.app: GLib.Variant('u', SHOWN if self.state is None else self.state)},))

    def NotifyBackground(self, handle, app, name):
        say(background=app)
        return GLib.Variant('(ua{sv})', (0, {'result': GLib.Variant('u', ALLOWED)}))

    def EnableAutostart(self, app, enable, command, flags):
        folder = pathlib.Path(GLib.get_user_config_dir()) / 'autostart'
        folder.mkdir(parents=True, exist_ok=True)
        entry = folder / f'{app}.desktop'
        entry.unlink(missing_ok=True)
        if enable:
            entry.write_text(f'[Desktop Entry]\nType=Application\nName={app}\nX-Flatpak={app}\n'
                             f'Exec={shlex.join(command)}\n')
        say(autostart=enable, command=command)
        return GLib.Variant('(b)', (enable,))


if __name__ == '__main__':
    desktop = Desktop(sys.argv[1])
    say(ready=True)
    GLib.MainLoop().run()
