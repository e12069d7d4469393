# SPDX-License-Identifier: GPL-3.0-or-later
"""drag.py FILE: a small window out of which the file can be dragged; it says when it was dropped."""
import pathlib
import signal
import sys

import gi

gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def activate(app):
    uri = pathlib.Path(sys.argv[1]).as_uri()
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.set_content(Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes(f'{uri}\r\n'.encode())))
    source.connect('drag-end', lambda *_: print('dropped', flush=True))
    label = Gtk.Label(label='file', hexpand=True, vexpand=True)
    label.add_controller(source)
    window = Gtk.ApplicationWindow(application=app, title='A file to drag', child=label,
                                   default_width=120, default_height=120)
    window.present()


program = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
program.connect('activate', activate)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, program.quit)
sys.exit(program.run())
