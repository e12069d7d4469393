#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py LABEL=TESTLOG…: a table of suites from Meson's JSON test logs and
the line that sums them up. A TAP program counts with each of its cases."""
import json
import os
import re
import sys

CASE = re.compile(r'^(not )?ok\b[^#\n]*(#\s*(SKIP|TODO))?', re.M | re.I)
GOOD = {'OK', 'EXPECTEDFAIL'}


def count(test):
    """The (passed, failed, skipped) of one entry of a test log."""
    passed = failed = skipped = 0
    for bad, note, word in CASE.findall(test.get('stdout') or ''):
        if note:
            skipped += 1
        elif bad:
            failed += 1
        else:
            passed += 1
    if test['result'] == 'SKIP':
        return 0, 0, max(1, skipped)
    if test['result'] in GOOD:
        return max(passed, 1 - min(skipped, 1)), 0, skipped
    # A program that died after good cases failed all the same.
    return passed, max(failed, 1), skipped


def main():
    rows, failures, total = [], [], [0, 0, 0]
    for word in sys.argv[1:]:
        label, path = word.split('=', 1)
        suites = {}
        if not os.path.exists(path):
            suites['(no log)'] = [0, 1, 0, 0.0]
            failures.append(f'{label}: the suite left no log; it did not start')
        else:
            with open(path, encoding='utf-8') as log:
                for line in log:
                    test = json.loads(line)
                    suite, _, name = test['name'].partition(' / ')
                    suite = suite.partition(':')[2] or suite
                    row = suites.setdefault(suite, [0, 0, 0, 0.0])
                    for i, n in enumerate(count(test)):
                        row[i] += n
                    row[3] += test.get('duration') or 0
                    if test['result'] not in GOOD | {'SKIP'}:
                        failures.append(f'{label}: {name} ({suite}): {test["result"].lower()}')
            if not suites:
                suites['(empty)'] = [0, 1, 0, 0.0]
                failures.append(f'{label}: the suite has no test')
        for suite, row in suites.items():
            rows.append((label, suite, *row))
            for i in range(3):
                total[i] += row[i]

    bold, plain = ('\033[1m', '\033[0m') if sys.stdout.isatty() else ('', '')
    print()
    print(f'{bold}{"build":<12}{"suite":<14}{"passed":>8}{"failed":>8}{"skipped":>9}{"seconds":>9}{plain}')
    for label, suite, passed, failed, skipped, seconds in rows:
        print(f'{label:<12}{suite:<14}{passed:>8}{failed:>8}{skipped:>9}{seconds:>9.1f}')
    if failures:
        print(f'\n{bold}Failed{plain}')
        for line in failures:
            print(f'  {line}')
    print()
    print(f'{total[0]} passed, {total[1]} failed' + (f', {total[2]} skipped' if total[2] else ''))
    return 1 if total[1] else 0


if __name__ == '__main__':
    sys.exit(main())
