/* vectors.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Vectors were computed by tests/signaling/vectors/make.py, which shares no code with the program. */
JsonNode *vectors_load (const char *name) G_GNUC_WARN_UNUSED_RESULT;
GBytes   *vectors_hex  (JsonObject *object,
                        const char *member) G_GNUC_WARN_UNUSED_RESULT;

#define vectors_text(object, member) json_object_get_string_member (object, member)

G_END_DECLS
