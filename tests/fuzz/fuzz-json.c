/* fuzz-json.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-base64.h"
#include "base/edge-json.h"

#include <string.h>

#define MAX_SIZE 65536

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
read_members (JsonObject *object)
{
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *text;
      JsonObject *child;
      JsonArray *array;
      gboolean truth = FALSE;
      gint64 number = 0;
      guint right = 0;

      if (edge_json_read_string (object, l->data, 64, &text, NULL) && text != NULL)
        {
          g_assert_cmpuint (strlen (text), <=, 64);
          edge_base64url_is_key (text);
          right++;
        }
      if (edge_json_read_int (object, l->data, -5, 5, &number, NULL))
        g_assert_true (number >= -5 && number <= 5);
      edge_json_read_boolean (object, l->data, &truth, NULL);
      if (edge_json_read_array (object, l->data, 8, &array, NULL) && array != NULL)
        {
          g_assert_cmpuint (json_array_get_length (array), <=, 8);
          right++;
        }
      if (edge_json_read_object (object, l->data, &child, NULL) && child != NULL)
        {
          read_members (child);
          right++;
        }
      g_assert_cmpuint (right, <=, 1);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object = edge_json_parse ((const char *) data, size, MAX_SIZE, &error);

  g_assert_true ((object == NULL) == (error != NULL));
  if (object != NULL)
    {
      g_autofree char *text = edge_json_print (object);
      g_autoptr(JsonObject) again = edge_json_parse (text, strlen (text), G_MAXSIZE, NULL);

      g_assert_nonnull (again);
      read_members (object);
    }
  return 0;
}
