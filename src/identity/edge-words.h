/* edge-words.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_WORDS_COUNT: Words that stand for a key or a network id. */
#define EDGE_WORDS_COUNT 12

char **edge_words_for_key (const char *key_text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
