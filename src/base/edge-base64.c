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

static int
value_of (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '-')
    return 62;
  if (c == '_')
    return 63;
  return -1;
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
  guint32 v = 0;
  guint bits = 0;

  for (gsize i = 0; i < length; i++)
    {
      int d = value_of (text[i]);

      if (d < 0)
        return FALSE;
      v = v << 6 | (guint32) d;
      bits += 6;
      if (bits >= 8)
        {
          bits -= 8;
          *out++ = v >> bits & 255;
          v &= (1u << bits) - 1;
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
