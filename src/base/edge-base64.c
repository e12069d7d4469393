/* edge-base64.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-base64.h"

#include <string.h>

static const char alphabet[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* What a character stands for, or -1. A ledger is mostly this: hence a table. */
static const gint8 *
get_values (void)
{
  static gint8 values[256];
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      memset (values, -1, sizeof values);
      for (gint8 i = 0; i < 64; i++)
        values[(guint8) alphabet[i]] = i;
      g_once_init_leave (&filled, TRUE);
    }
  return values;
}

/**
 * edge_base64url_encode:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Writes base64url without padding (RFC 4648, section 5).
 *
 * Returns: (transfer full): the text
 */
char *
edge_base64url_encode (const guint8 *data,
                       gsize         size)
{
  GString *text = g_string_sized_new (size * 4 / 3 + 4);
  gsize i;

  for (i = 0; i + 2 < size; i += 3)
    {
      guint32 v = data[i] << 16 | data[i + 1] << 8 | data[i + 2];

      g_string_append_c (text, alphabet[v >> 18]);
      g_string_append_c (text, alphabet[v >> 12 & 63]);
      g_string_append_c (text, alphabet[v >> 6 & 63]);
      g_string_append_c (text, alphabet[v & 63]);
    }

  if (size - i == 1)
    {
      g_string_append_c (text, alphabet[data[i] >> 2]);
      g_string_append_c (text, alphabet[(data[i] & 3) << 4]);
    }
  else if (size - i == 2)
    {
      guint32 v = data[i] << 8 | data[i + 1];

      g_string_append_c (text, alphabet[v >> 10]);
      g_string_append_c (text, alphabet[v >> 4 & 63]);
      g_string_append_c (text, alphabet[(v & 15) << 2]);
    }

  return g_string_free_and_steal (text);
}

static gboolean
decode_into (const char *text,
             gsize       length,
             guint8     *out)
{
  const gint8 *values = get_values ();
  const guint8 *in = (const guint8 *) text;
  gint32 v = 0;
  guint bits = 0;

  for (; length >= 4; length -= 4, in += 4)
    {
      v = values[in[0]] * (1 << 18) | values[in[1]] * (1 << 12) | values[in[2]] * (1 << 6) | values[in[3]];
      if (v < 0)
        return FALSE;
      *out++ = (guint8) (v >> 16);
      *out++ = (guint8) (v >> 8);
      *out++ = (guint8) v;
    }

  for (v = 0; length > 0; length--, in++)
    {
      if (values[*in] < 0)
        return FALSE;
      v = v << 6 | values[*in];
      bits += 6;
      if (bits >= 8)
        {
          bits -= 8;
          *out++ = (guint8) (v >> bits);
          v &= (1 << bits) - 1;
        }
    }

  /* One spelling for each value: spare bits are zero. */
  return v == 0;
}

/**
 * edge_base64url_decode:
 * @text: base64url without padding
 * @length: its length, or -1 when it ends with a NUL
 * @size: (out): how many bytes came out
 *
 * Reads the one spelling that edge_base64url_encode() writes: no padding, no
 * white space, spare bits zero.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL when @text is spelt otherwise
 */
guint8 *
edge_base64url_decode (const char *text,
                       gssize      length,
                       gsize      *size)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree guint8 *out = NULL;

  if (n % 4 == 1)
    return NULL;

  out = g_malloc (n * 3 / 4 + 1);
  if (!decode_into (text, n, out))
    return NULL;

  *size = n * 3 / 4;
  return g_steal_pointer (&out);
}

/**
 * edge_base64url_decode_fixed:
 * @text: base64url without padding
 * @length: its length, or -1 when it ends with a NUL
 * @out: (array length=size): room for @size bytes
 * @size: how many bytes @text must hold
 *
 * Reads a value of known size, as edge_base64url_decode() does.
 *
 * Returns: whether @text held exactly @size bytes
 */
gboolean
edge_base64url_decode_fixed (const char *text,
                             gssize      length,
                             guint8     *out,
                             gsize       size)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  return n == (size * 4 + 2) / 3 && decode_into (text, n, out);
}

/**
 * edge_base64url_is_key:
 * @text: (nullable): any text
 *
 * Returns: whether @text spells 32 bytes
 */
gboolean
edge_base64url_is_key (const char *text)
{
  guint8 out[32];

  return text != NULL && edge_base64url_decode_fixed (text, -1, out, sizeof out);
}
