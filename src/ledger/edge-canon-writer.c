/* edge-canon-writer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-canon-writer.h"

#include <string.h>

/* A comma is due after any value and after nothing else. */
static void
begin_value (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '[';

  if (last != '{' && last != '[' && last != ':')
    g_string_append_c (out, ',');
}

static void
append_quoted (GString    *out,
               const char *value,
               gsize       length)
{
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) value[i];

      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char) c);
        }
      else if (c == '\b')
        g_string_append (out, "\\b");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\f')
        g_string_append (out, "\\f");
      else if (c == '\r')
        g_string_append (out, "\\r");
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}

/**
 * edge_canon_begin_object:
 * @out: the text so far
 *
 * Opens an object.
 */
void
edge_canon_begin_object (GString *out)
{
  begin_value (out);
  g_string_append_c (out, '{');
}

/**
 * edge_canon_end_object:
 * @out: the text so far
 *
 * Closes an object.
 */
void
edge_canon_end_object (GString *out)
{
  g_string_append_c (out, '}');
}

/**
 * edge_canon_begin_array:
 * @out: the text so far
 *
 * Opens a list.
 */
void
edge_canon_begin_array (GString *out)
{
  begin_value (out);
  g_string_append_c (out, '[');
}

/**
 * edge_canon_end_array:
 * @out: the text so far
 *
 * Closes a list.
 */
void
edge_canon_end_array (GString *out)
{
  g_string_append_c (out, ']');
}

/**
 * edge_canon_name:
 * @out: the text so far
 * @name: a member's name, greater than the one before it
 *
 * Names the member whose value comes next.
 */
void
edge_canon_name (GString    *out,
                 const char *name)
{
  begin_value (out);
  append_quoted (out, name, strlen (name));
  g_string_append_c (out, ':');
}

/**
 * edge_canon_string:
 * @out: the text so far
 * @value: well-formed UTF-8
 * @length: its bytes, or -1 when it ends with a NUL
 *
 * Writes a string.
 */
void
edge_canon_string (GString    *out,
                   const char *value,
                   gssize      length)
{
  begin_value (out);
  append_quoted (out, value, length < 0 ? strlen (value) : (gsize) length);
}

/**
 * edge_canon_integer:
 * @out: the text so far
 * @value: a number up to 2^53 - 1
 *
 * Writes a number.
 */
void
edge_canon_integer (GString *out,
                    guint64  value)
{
  begin_value (out);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, value);
}

/**
 * edge_canon_amount:
 * @out: the text so far
 * @value: any number
 *
 * Writes a number as a decimal string, for those that may pass 2^53.
 */
void
edge_canon_amount (GString *out,
                   guint64  value)
{
  begin_value (out);
  g_string_append_printf (out, "\"%" G_GUINT64_FORMAT "\"", value);
}

/**
 * edge_canon_id:
 * @out: the text so far
 * @value: (nullable): an id, or %NULL for none
 *
 * Writes an id, or an empty string for none.
 */
void
edge_canon_id (GString      *out,
               const EdgeId *value)
{
  char text[EDGE_ID_TEXT_SIZE] = "";

  if (value != NULL)
    edge_id_write (value, text);
  edge_canon_string (out, text, -1);
}

/**
 * edge_canon_raw:
 * @out: the text so far
 * @text: a value in its RFC 8785 form
 *
 * Writes a value that is a text already.
 */
void
edge_canon_raw (GString    *out,
                const char *text)
{
  begin_value (out);
  g_string_append (out, text);
}
