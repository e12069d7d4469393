#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fuzz.sh TARGET CORPUS FOUND: fuzzes for EDGE_FUZZ_SECONDS, from the seeds and
# what earlier runs found; a failing input stays in FOUND with the name it was given.
set -eu
mkdir -p "$3"
exec "$1" -max_total_time="${EDGE_FUZZ_SECONDS:-15}" -timeout=10 -rss_limit_mb=1024 -max_len=70000 \
  -print_final_stats=1 -artifact_prefix="$3/crash-" -verbosity=1 "$3" "$2"
