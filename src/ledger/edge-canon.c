/* edge-canon.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-canon.h"

#include <string.h>

#include "ledger/edge-ledger-error.h"

typedef struct
{
  const char *at;
  const char *end;
  GArray     *nodes;
  gboolean    loose;
  const char *fault;
} Reader;

static gboolean read_value (Reader *reader,
                            guint   depth);

static gboolean
fail (Reader     *reader,
      const char *fault)
{
  if (reader->fault == NULL)
    reader->fault = fault;
  return FALSE;
}

static void
skip_space (Reader *reader)
{
  if (!reader->loose)
    return;
  while (reader->at < reader->end && strchr (" \t\r\n", *reader->at) != NULL && *reader->at != '\0')
    reader->at++;
}

static gboolean
take (Reader *reader,
      char    c)
{
  skip_space (reader);
  if (reader->at >= reader->end || *reader->at != c)
    return FALSE;
  reader->at++;
  return TRUE;
}

static EdgeCanonNode *
node_at (Reader *reader,
         gsize   index)
{
  return &g_array_index (reader->nodes, EdgeCanonNode, index);
}

/* Reads a string past its quotes and says where its raw text lies. */
static gboolean
read_string (Reader      *reader,
             const char **text,
             gsize       *length,
             guint8      *escaped)
{
  const char *start;

  if (!take (reader, '"'))
    return fail (reader, "a string is expected");

  start = reader->at;
  *escaped = FALSE;
  while (reader->at < reader->end && *reader->at != '"')
    {
      guchar c = (guchar) *reader->at++;

      if (c < 0x20 || (c == 0x7f && !reader->loose))
        return fail (reader, "a control character in a string");
      if (c != '\\')
        continue;

      *escaped = TRUE;
      if (reader->at >= reader->end)
        break;
      c = (guchar) *reader->at++;
      if (c != '"' && c != '\\' && (!reader->loose || c == '\0' || strchr ("/bfnrtu", c) == NULL))
        return fail (reader, "an escape that is not needed");
      if (c == 'u')
        {
          for (guint i = 0; i < 4; i++, reader->at++)
            {
              if (reader->at >= reader->end || !g_ascii_isxdigit (*reader->at))
                return fail (reader, "an escape is cut short");
            }
        }
    }

  if (reader->at >= reader->end)
    return fail (reader, "a string does not end");

  *text = start;
  *length = (gsize) (reader->at - start);
  reader->at++;
  if (!g_utf8_validate_len (start, *length, NULL))
    return fail (reader, "a string is not UTF-8");
  return TRUE;
}

/* RFC 8785 sorts names by UTF-16 code units. That is the order of UTF-8 bytes,
 * but that U+E000 to U+FFFF come after what lies beyond them. */
static int
compare_names (const EdgeCanonNode *a,
               const EdgeCanonNode *b)
{
  const guchar *p = (const guchar *) a->name;
  const guchar *q = (const guchar *) b->name;
  const guchar *p_end = p + a->name_length;
  const guchar *q_end = q + b->name_length;

  for (;; p++, q++)
    {
      if (p < p_end && *p == '\\')
        p++;
      if (q < q_end && *q == '\\')
        q++;
      if (p == p_end || q == q_end)
        return (p != p_end) - (q != q_end);
      if (*p == *q)
        continue;
      if (*p >= 0xee && *q >= 0xee && (*p >= 0xf0) != (*q >= 0xf0))
        return *p >= 0xf0 ? -1 : 1;
      return *p < *q ? -1 : 1;
    }
}

static gboolean
read_object (Reader *reader,
             gsize   self,
             guint   depth)
{
  gsize previous = 0;
  gsize count = 0;

  if (take (reader, '}'))
    return TRUE;

  do
    {
      gsize child = reader->nodes->len;
      EdgeCanonNode name = { 0 };

      if (!read_string (reader, &name.name, &name.name_length, &name.name_escaped))
        return FALSE;
      if (!take (reader, ':'))
        return fail (reader, "a colon is expected");
      if (!read_value (reader, depth + 1))
        return FALSE;

      node_at (reader, child)->name = name.name;
      node_at (reader, child)->name_length = name.name_length;
      node_at (reader, child)->name_escaped = name.name_escaped;
      if (!reader->loose && count > 0 &&
          compare_names (node_at (reader, previous), node_at (reader, child)) >= 0)
        return fail (reader, "members are not sorted, or named twice");
      previous = child;
      count++;
    }
  while (take (reader, ','));

  node_at (reader, self)->count = count;
  return take (reader, '}') || fail (reader, "an object does not end");
}

static gboolean
read_array (Reader *reader,
            gsize   self,
            guint   depth)
{
  gsize count = 0;

  if (take (reader, ']'))
    return TRUE;

  do
    {
      if (!read_value (reader, depth + 1))
        return FALSE;
      count++;
    }
  while (take (reader, ','));

  node_at (reader, self)->count = count;
  return take (reader, ']') || fail (reader, "a list does not end");
}

static gboolean
read_integer (Reader *reader,
              gsize   self)
{
  const char *start = reader->at;
  guint64 value = 0;

  while (reader->at < reader->end && g_ascii_isdigit (*reader->at) && reader->at - start < 17)
    value = value * 10 + (guint64) (*reader->at++ - '0');

  if (reader->at == start)
    return fail (reader, "a value of no known kind");
  if ((*start == '0' && reader->at - start > 1) || value > EDGE_CANON_MAX_INTEGER)
    return fail (reader, "a number that is no integer from 0 to 2^53 - 1");

  node_at (reader, self)->kind = EDGE_CANON_INTEGER;
  node_at (reader, self)->integer = value;
  return TRUE;
}

/* Numbers and words of JSON at large; what they are worth does not matter here. */
static gboolean
read_loose_word (Reader *reader,
                 gsize   self)
{
  const char *start = reader->at;
  g_autofree char *word = NULL;
  char *end;

  while (reader->at < reader->end && (g_ascii_isalnum (*reader->at) || strchr ("+-.", *reader->at)) &&
         *reader->at != '\0' && reader->at - start < 400)
    reader->at++;

  word = g_strndup (start, (gsize) (reader->at - start));
  if (strspn (word, "0123456789") == strlen (word))
    {
      reader->at = start;
      if (read_integer (reader, self))
        return TRUE;
      reader->fault = NULL;
      reader->at = start + strlen (word);
    }

  node_at (reader, self)->kind = EDGE_CANON_OTHER;
  if (g_str_equal (word, "true") || g_str_equal (word, "false") || g_str_equal (word, "null") ||
      g_str_equal (word, "NaN") || g_str_equal (word, "Infinity") || g_str_equal (word, "-Infinity"))
    return TRUE;
  if (word[0] != '-' && !g_ascii_isdigit (word[0]))
    return fail (reader, "a value of no known kind");
  g_ascii_strtod (word, &end);
  return *end == '\0' || fail (reader, "a number is misspelt");
}

static gboolean
read_value (Reader *reader,
            guint   depth)
{
  gsize self = reader->nodes->len;
  EdgeCanonNode blank = { .span = 1 };
  const char *start;
  gboolean good;

  if (depth > (reader->loose ? EDGE_CANON_LOOSE_MAX_DEPTH : EDGE_CANON_MAX_DEPTH))
    return fail (reader, "nested too deep");

  skip_space (reader);
  g_array_append_val (reader->nodes, blank);
  if (reader->at >= reader->end)
    return fail (reader, "the text ends early");

  start = reader->at;
  if (*reader->at == '{')
    {
      reader->at++;
      node_at (reader, self)->kind = EDGE_CANON_OBJECT;
      good = read_object (reader, self, depth);
    }
  else if (*reader->at == '[')
    {
      reader->at++;
      node_at (reader, self)->kind = EDGE_CANON_ARRAY;
      good = read_array (reader, self, depth);
    }
  else if (*reader->at == '"')
    {
      EdgeCanonNode *node = node_at (reader, self);

      node->kind = EDGE_CANON_STRING;
      good = read_string (reader, &node->text, &node->text_length, &node->escaped);
    }
  else
    {
      good = reader->loose ? read_loose_word (reader, self) : read_integer (reader, self);
    }

  node_at (reader, self)->span = reader->nodes->len - self;
  if (node_at (reader, self)->kind != EDGE_CANON_STRING)
    {
      node_at (reader, self)->text = start;
      node_at (reader, self)->text_length = (gsize) (reader->at - start);
    }
  return good;
}

static EdgeCanonNode *
read_all (const char  *text,
          gsize        length,
          gboolean     loose,
          GError     **error)
{
  g_autoptr(GArray) nodes = g_array_sized_new (FALSE, FALSE, sizeof (EdgeCanonNode), 32);
  Reader reader = { text, text + length, nodes, loose, NULL };
  gboolean good = read_value (&reader, 0);

  skip_space (&reader);
  if (good && reader.at != reader.end)
    good = fail (&reader, "more follows the value");
  if (good)
    return (EdgeCanonNode *) (void *) g_array_free (g_steal_pointer (&nodes), FALSE);

  g_set_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED,
               "%s at byte %" G_GSIZE_FORMAT, reader.fault, (gsize) (reader.at - text));
  return NULL;
}

/**
 * edge_canon_read:
 * @text: (array length=length): not yet trusted; must outlive what is returned
 * @length: its bytes, bounded by the caller
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads JSON that is its own RFC 8785 form and made of objects, lists, strings
 * without control characters and integers from 0 to 2^53 - 1. There is one
 * spelling for each value, so what was read needs no second look at its bytes.
 *
 * Returns: (transfer full) (nullable): the values, the outermost first; free with g_free()
 */
EdgeCanonNode *
edge_canon_read (const char  *text,
                 gsize        length,
                 GError     **error)
{
  return read_all (text, length, FALSE, error);
}

/**
 * edge_canon_read_loose:
 * @text: (array length=length): not yet trusted; must outlive what is returned
 * @length: its bytes, bounded by the caller
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads any JSON, for files that people and other programs write.
 *
 * Returns: (transfer full) (nullable): the values, the outermost first; free with g_free()
 */
EdgeCanonNode *
edge_canon_read_loose (const char  *text,
                       gsize        length,
                       GError     **error)
{
  return read_all (text, length, TRUE, error);
}

/**
 * edge_canon_first:
 * @node: an object or list
 *
 * Returns: (transfer none) (nullable): its first value
 */
const EdgeCanonNode *
edge_canon_first (const EdgeCanonNode *node)
{
  return node->count > 0 ? node + 1 : NULL;
}

/**
 * edge_canon_next:
 * @node: a value that is not the last of its parent
 *
 * Returns: (transfer none): the one after it
 */
const EdgeCanonNode *
edge_canon_next (const EdgeCanonNode *node)
{
  return node + node->span;
}

/**
 * edge_canon_member:
 * @object: any value
 * @name: a name without characters that need an escape
 *
 * Returns: (transfer none) (nullable): the last member of that name
 */
const EdgeCanonNode *
edge_canon_member (const EdgeCanonNode *object,
                   const char          *name)
{
  gsize length = strlen (name);
  const EdgeCanonNode *child;
  const EdgeCanonNode *found = NULL;

  if (object->kind != EDGE_CANON_OBJECT)
    return NULL;

  child = object + 1;
  for (gsize i = 0; i < object->count; i++, child += child->span)
    {
      if (child->name_length == length && memcmp (child->name, name, length) == 0)
        found = child;
    }
  return found;
}

/**
 * edge_canon_has_exactly:
 * @object: any value
 * @names: (array zero-terminated=1): names; one that ends in "?" may be absent
 *
 * Returns: whether @object is an object of these members and no others
 */
gboolean
edge_canon_has_exactly (const EdgeCanonNode *object,
                        const char *const   *names)
{
  gsize present = 0;

  if (object->kind != EDGE_CANON_OBJECT)
    return FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      char name[32];
      gsize length = g_strlcpy (name, names[i], sizeof name);
      gboolean optional = name[length - 1] == '?';

      if (optional)
        name[length - 1] = '\0';
      if (edge_canon_member (object, name) != NULL)
        present++;
      else if (!optional)
        return FALSE;
    }
  return present == object->count;
}

static guint
read_hex (const char *p)
{
  guint v = 0;

  for (guint i = 0; i < 4; i++)
    v = v << 4 | (guint) g_ascii_xdigit_value (p[i]);
  return v;
}

/**
 * edge_canon_dup_string:
 * @node: (nullable): any value
 * @length: (out) (optional): bytes of the string
 *
 * Returns: (transfer full) (nullable): the string without escapes, with a NUL after
 *   it, or %NULL when @node is no string
 */
char *
edge_canon_dup_string (const EdgeCanonNode *node,
                       gsize               *length)
{
  g_autoptr(GString) out = NULL;
  const char *p;
  const char *end;

  if (node == NULL || node->kind != EDGE_CANON_STRING)
    return NULL;

  out = g_string_sized_new (node->text_length + 1);
  p = node->text;
  end = p + node->text_length;
  while (p < end)
    {
      guint unit;

      if (*p != '\\')
        {
          g_string_append_c (out, *p++);
          continue;
        }

      p += 2;
      if (p[-1] != 'u')
        {
          static const char from[] = "bfnrt";
          static const char to[] = "\b\f\n\r\t";
          const char *found = strchr (from, p[-1]);

          g_string_append_c (out, found != NULL ? to[found - from] : p[-1]);
          continue;
        }

      unit = read_hex (p);
      p += 4;
      if (unit >= 0xd800 && unit < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u' &&
          read_hex (p + 2) >= 0xdc00 && read_hex (p + 2) < 0xe000)
        {
          unit = 0x10000 + ((unit - 0xd800) << 10) + (read_hex (p + 2) - 0xdc00);
          p += 6;
        }
      if (unit >= 0xd800 && unit < 0xe000)
        unit = 0xfffd;
      g_string_append_unichar (out, unit);
    }

  if (length != NULL)
    *length = out->len;
  return g_string_free_and_steal (g_steal_pointer (&out));
}

/**
 * edge_canon_get_integer:
 * @node: (nullable): any value
 * @min: the least allowed
 * @max: the most allowed
 * @value: (out): the number
 *
 * Returns: whether @node is a number within bounds
 */
gboolean
edge_canon_get_integer (const EdgeCanonNode *node,
                        guint64              min,
                        guint64              max,
                        guint64             *value)
{
  if (node == NULL || node->kind != EDGE_CANON_INTEGER ||
      node->integer < min || node->integer > max)
    return FALSE;
  *value = node->integer;
  return TRUE;
}

/**
 * edge_canon_get_id:
 * @node: (nullable): any value
 * @value: (out): the id
 *
 * Returns: whether @node is a string of 43 characters that spell 32 bytes
 */
gboolean
edge_canon_get_id (const EdgeCanonNode *node,
                   EdgeId              *value)
{
  g_autofree char *plain = NULL;
  gsize length;

  if (node == NULL || node->kind != EDGE_CANON_STRING)
    return FALSE;
  if (!node->escaped)
    return edge_id_parse (value, node->text, (gssize) node->text_length);

  plain = edge_canon_dup_string (node, &length);
  return edge_id_parse (value, plain, (gssize) length);
}

/**
 * edge_canon_is_string:
 * @node: (nullable): any value
 * @value: a text that needs no escape
 *
 * Returns: whether @node is that string
 */
gboolean
edge_canon_is_string (const EdgeCanonNode *node,
                      const char          *value)
{
  return node != NULL && node->kind == EDGE_CANON_STRING &&
         node->text_length == strlen (value) &&
         memcmp (node->text, value, node->text_length) == 0;
}
