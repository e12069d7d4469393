/* vectors.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "vectors.h"

#include <string.h>

JsonNode *
vectors_load (const char *name)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "signaling", "vectors", name, NULL);

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

GBytes *
vectors_hex (JsonObject *object,
             const char *member)
{
  const char *text = json_object_get_string_member (object, member);
  GByteArray *bytes = g_byte_array_new ();

  g_assert_nonnull (text);
  for (; *text != '\0'; text += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}
