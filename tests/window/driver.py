# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the real programs and drives the window the way assistive technology
does: by role and name over AT-SPI. Nothing in the app knows of it."""
import faulthandler
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Warnings are fatal to the app, not to the library that looks at it.
APP_DEBUG = os.environ.pop('G_DEBUG', '')
if APP_DEBUG:
    os.environ['EDGE_WINDOW_G_DEBUG'] = APP_DEBUG
    # libatspi hands libdbus what is left of widgets and programs that just went away; by default
    # libdbus then aborts the process, where it can refuse the call.
    os.environ['DBUS_FATAL_WARNINGS'] = '0'
    os.execv(sys.executable, [sys.executable, *sys.argv])

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# A driver that dies in one of the libraries says where.
faulthandler.enable()

LIMIT = float(os.environ.get('EDGE_WINDOW_LIMIT', 60))
STOP_LIMIT = 15

# A folder to leave pictures in, for who wants to look.
PICTURES = os.environ.get('EDGE_WINDOW_PICTURES')


class Failure(AssertionError):
    """A condition did not come true in time."""


def wait_for(what, condition, limit=LIMIT):
    """Returns the first true value of condition(), or fails after limit seconds."""
    end = time.monotonic() + limit
    while True:
        try:
            value = condition()
        except GLib.Error:
            # The widget went away while it was looked at.
            value = None
        if value:
            return value
        if time.monotonic() > end:
            if PICTURES:
                subprocess.run(['import', '-silent', '-window', 'root', f'png:{PICTURES}/failure.png'], check=False)
            raise Failure(f'waited {limit} s in vain: {what}')
        time.sleep(0.1)


class Stage:
    """A folder for the run and the processes started in it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='edge-window.'))
        self.children = {}

    def start(self, name, command, stdin=subprocess.DEVNULL, **env):
        log = self.folder / f'{name}.log'
        with open(log, 'ab') as output:
            child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=stdin,
                                     env={**os.environ, **env})
        self.children[name] = child
        return child

    def log(self, name):
        return (self.folder / f'{name}.log').read_text(errors='replace')

    def start_relay(self):
        self.start('relay', ['edge-net-relay', '--listen', '127.0.0.1:0'])

        def address():
            found = re.search(r'127\.0\.0\.1:[1-9][0-9]*', self.log('relay'))
            return found and f'ws://{found[0]}/'

        return wait_for('the relay listens', address)

    def start_peer(self, name, relay):
        state = self.folder / name
        return self.start(name, ['edge-net-node', '--state', str(state),
                                 '--key-file', str(state) + '.key', '--json',
                                 'run', '--relay', relay, '--name', name],
                          EDGE_NET_LOOPBACK='1')

    def stop(self, name):
        child = self.children.pop(name)
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                raise Failure(f'{name} did not end in {STOP_LIMIT} s')
        return child.returncode

    def close(self):
        try:
            for name in reversed(list(self.children)):
                self.stop(name)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


class App:
    """The app in one state folder."""

    def __init__(self, stage, *options, name='app', folder='app-state', hidden=False,
                 program='edge-net', keyring=False, **env):
        self.stage = stage
        self.name = name
        state = self.state = stage.folder / folder
        env = {'G_DEBUG': os.environ.get('EDGE_WINDOW_G_DEBUG', ''), **env}
        key = [] if keyring else ['--key-file', str(state) + '.key']
        self.process = stage.start(
            name, [program, '--state', str(state), *key, *options],
            EDGE_NET_LOOPBACK='1', DBUS_FATAL_WARNINGS='1', **env)
        self.window = None if hidden else self.wait_window()

    def wait_window(self):
        self.window = wait_for('the window opens', self._find_window)
        return self.window

    def reopened(self):
        """Whether another window than the last is there, of a process that started itself again."""
        before, self.window = self.window, self._find_window()
        if self.window is not None and self.window != before:
            return True
        self.window = before
        return False

    def _windows(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is None or application.get_process_id() != self.process.pid:
                continue
            for j in range(application.get_child_count()):
                window = application.get_child_at_index(j)
                if window and is_showing(window):
                    yield window

    def _find_window(self):
        if self.process.poll() is not None:
            raise Failure(f'the app ended with {self.process.returncode}:\n'
                          + self.stage.log(self.name))
        return next(self._windows(), None)

    def window_called(self, title):
        """Another window of the app, such as a dialog of GTK for files."""
        return next((window for window in self._windows() if window.get_name() == title), None)

    def find(self, role, name, root=None):
        """The first showing widget of a role whose name matches the regular expression."""
        pattern = re.compile(name)
        for widget in walk(root or self.window):
            if widget.get_role_name() in role.split('|') and pattern.search(widget.get_name() or ''):
                return widget
        return None

    def wait(self, role, name, limit=LIMIT):
        def look():
            if self.process.poll() is not None:
                raise Failure(f'the app ended with {self.process.returncode}:\n'
                              + self.stage.log(self.name))
            return self.find(role, name)
        try:
            return wait_for(f'{role} “{name}”', look, limit)
        except Failure as failure:
            raise Failure(f'{failure}\nshown are:\n{self.outline()}') from None

    def wait_gone(self, role, name):
        wait_for(f'{role} “{name}” goes', lambda: self.find(role, name) is None)

    def press(self, role, name):
        self.wait(role, name)
        act(wait_for(f'{role} “{name}” can be pressed',
                     lambda: sensitive(self.find(role, name))))

    def type(self, name, text):
        """Replaces what an entry holds, with the keyboard, and ends with Return."""
        self.tab_to(self.wait('text|entry|password text', name))
        self.keys('ctrl+a')
        subprocess.run(['xdotool', 'type', '--delay', '20', text], check=True)
        self.keys('Return')

    def labels(self):
        return [w.get_name() for w in walk(self.window) if w.get_role_name() == 'label']

    def outline(self):
        return '\n'.join(f'  {w.get_role_name()}: {w.get_name()}' for w in walk(self.window)
                         if w.get_name())

    def x_window(self):
        """The largest of the app's X windows; GTK keeps small helpers beside it."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid',
                                str(self.process.pid)],
                               capture_output=True, text=True, check=False).stdout.split()
        best, area = None, 0
        for window in found:
            shape = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                                   capture_output=True, text=True, check=False).stdout
            size = dict(re.findall(r'^(WIDTH|HEIGHT)=(\d+)$', shape, re.M))
            if size and int(size['WIDTH']) * int(size['HEIGHT']) > area:
                best, area = window, int(size['WIDTH']) * int(size['HEIGHT'])
        return best

    def keys(self, *keys):
        window = wait_for('the window is on the screen', self.x_window)
        subprocess.run(['xdotool', 'windowactivate', '--sync', window, 'key', *keys], check=True)

    def tab_to(self, widget, most=80, inside=False):
        """Walks with Tab, as a person without a pointer does, to a widget or to one inside it."""
        for _ in range(most):
            if has_state(widget, Atspi.StateType.FOCUSED):
                return
            if inside and any(has_state(w, Atspi.StateType.FOCUSED) for w in walk(widget)):
                return
            self.keys('Tab')
        raise Failure(f'Tab does not reach “{widget.get_name()}”')

    def resize(self, width, height):
        window = wait_for('the window is on the screen', self.x_window)
        subprocess.run(['xdotool', 'windowsize', '--sync', window, str(width), str(height)],
                       check=True)

    def settle(self, seconds=1.5):
        """Lets animations end before a picture; no test asserts on it."""
        time.sleep(seconds)

    def picture(self, path):
        window = wait_for('the window is on the screen', self.x_window)
        subprocess.run(['import', '-silent', '-window', window, f'png:{path}'], check=True)

    def close(self):
        """Closes the window as its button does, for good where it asks; returns the status of the app."""
        process = self.stage.children.pop(self.name)
        self.keys('ctrl+w')

        def ended():
            quit_button = self.find('button|push button', '^Quit$') if process.poll() is None else None
            if sensitive(quit_button):
                act(quit_button)
            return process.poll() is not None
        try:
            wait_for('the app ends after its window closed', ended, STOP_LIMIT)
        except Failure:
            process.kill()
            process.wait()
            raise
        return process.returncode

    def quit(self):
        return self.stage.stop(self.name)


def drop_file(stage, app, path, widget):
    """Drags a file out of another program's window, and drops it on a widget."""
    def point(window, x, y):
        shape = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], capture_output=True,
                               text=True, check=True).stdout
        place = dict(re.findall(r'^(X|Y)=(-?\d+)$', shape, re.M))
        return int(place['X']) + x, int(place['Y']) + y

    def opened():
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^A file to drag$'],
                              capture_output=True, text=True, check=False).stdout.split()

    stage.start('drag', [sys.executable, str(pathlib.Path(__file__).parent / 'drag.py'), str(path)])
    source = wait_for('there is a file to drag', opened)[0]
    shape = widget.get_extents(Atspi.CoordType.WINDOW)
    target = point(app.x_window(), shape.x + shape.width // 2, shape.y + shape.height // 2)
    # Beside the app, which is not to be covered by it.
    subprocess.run(['xdotool', 'windowmove', '--sync', source, '0', '0'], check=False)
    start = point(source, 60, 60)
    steps = [(start[0] + (target[0] - start[0]) * i // 20, start[1] + (target[1] - start[1]) * i // 20)
             for i in range(21)]
    command = ['xdotool', 'mousemove', *map(str, start), 'mousedown', '1']
    for x, y in steps[1:]:
        command += ['mousemove', str(x), str(y), 'sleep', '0.05']
    subprocess.run([*command, 'mouseup', '1'], check=True)
    wait_for('the file is dropped', lambda: 'dropped' in stage.log('drag'))
    stage.stop('drag')
    # A toast that the pointer rests on stays, and those after it wait.
    subprocess.run(['xdotool', 'mousemove', '9999', '9999'], check=True)


def look(app, name):
    """Leaves a picture where somebody asked for some."""
    if PICTURES:
        app.settle()
        app.picture(pathlib.Path(PICTURES) / f'{name}.png')


def is_showing(widget):
    return widget.get_state_set().contains(Atspi.StateType.SHOWING)


def walk(widget, depth=0):
    """The showing widgets under one, in the order they are read."""
    if widget is None or depth > 80 or not is_showing(widget):
        return
    yield widget
    for i in range(widget.get_child_count()):
        yield from walk(widget.get_child_at_index(i), depth + 1)


def sensitive(widget):
    return widget if widget and has_state(widget, Atspi.StateType.SENSITIVE) else None


def has_state(widget, state):
    return widget.get_state_set().contains(state)


def act(widget):
    """Does the first thing a widget offers, or its parent, when it is only a part of it."""
    while widget is not None and Atspi.Action.get_n_actions(widget) == 0:
        widget = widget.get_parent()
    assert widget is not None, 'nothing to act on'
    assert Atspi.Action.do_action(widget, 0)
