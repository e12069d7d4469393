/* edge-json-scanner.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-json-scanner.h"

#include <string.h>

#include "base/edge-json.h"

/* The greatest whole number that every JSON reader keeps exactly (2^53 - 1). */
#define MAX_COUNT G_GINT64_CONSTANT (9007199254740991)

void
edge_json_scanner_init (EdgeJsonScanner *self,
                        const char      *text,
                        gsize            length)
{
  *self = (EdgeJsonScanner) { .at = text, .end = text + length };
}

static void
skip_space (EdgeJsonScanner *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;
}

static gboolean
fail (EdgeJsonScanner *self)
{
  self->failed = TRUE;
  return FALSE;
}

static gboolean
take (EdgeJsonScanner *self,
      char             c)
{
  if (self->at >= self->end || *self->at != c)
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
skip_escape (EdgeJsonScanner *self)
{
  if (self->at >= self->end)
    return FALSE;

  if (*self->at == 'u')
    {
      if (self->end - self->at < 5)
        return FALSE;
      for (guint i = 1; i <= 4; i++)
        if (!g_ascii_isxdigit (self->at[i]))
          return FALSE;
      self->at += 5;
      return TRUE;
    }

  if (*self->at == '\0' || strchr ("\"\\/bfnrt", *self->at) == NULL)
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
scan_string (EdgeJsonScanner *self,
             EdgeJsonToken   *token)
{
  token->type = EDGE_JSON_TOKEN_STRING;
  token->escaped = FALSE;
  token->text = self->at;

  if (!take (self, '"'))
    return fail (self);

  while (self->at < self->end)
    {
      char c = *self->at++;

      if (c == '"')
        {
          token->length = self->at - token->text;
          return TRUE;
        }
      if ((guint8) c < ' ')
        return fail (self);
      if (c == '\\')
        {
          token->escaped = TRUE;
          if (!skip_escape (self))
            return fail (self);
        }
    }

  return fail (self);
}

static gboolean
skip_digits (EdgeJsonScanner *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

static gboolean
scan_number (EdgeJsonScanner *self)
{
  take (self, '-');
  if (!take (self, '0') && !skip_digits (self))
    return fail (self);
  if (take (self, '.') && !skip_digits (self))
    return fail (self);
  if (take (self, 'e') || take (self, 'E'))
    {
      if (!take (self, '+'))
        take (self, '-');
      if (!skip_digits (self))
        return fail (self);
    }
  return TRUE;
}

static gboolean
scan_word (EdgeJsonScanner *self,
           const char      *word)
{
  gsize n = strlen (word);

  if ((gsize) (self->end - self->at) < n || memcmp (self->at, word, n) != 0)
    return fail (self);

  self->at += n;
  return TRUE;
}

static gboolean
scan_scalar (EdgeJsonScanner *self,
             EdgeJsonToken   *token)
{
  gboolean ok;

  token->text = self->at;
  token->escaped = FALSE;
  switch (self->at < self->end ? *self->at : '\0')
    {
    case '"':
      return scan_string (self, token);
    case 't':
      token->type = EDGE_JSON_TOKEN_TRUE;
      ok = scan_word (self, "true");
      break;
    case 'f':
      token->type = EDGE_JSON_TOKEN_FALSE;
      ok = scan_word (self, "false");
      break;
    case 'n':
      token->type = EDGE_JSON_TOKEN_NULL;
      ok = scan_word (self, "null");
      break;
    default:
      token->type = EDGE_JSON_TOKEN_NUMBER;
      ok = scan_number (self);
      break;
    }

  token->length = self->at - token->text;
  return ok;
}

static gboolean
scan_key (EdgeJsonScanner *self,
          EdgeJsonToken   *key)
{
  skip_space (self);
  if (!scan_string (self, key))
    return FALSE;
  skip_space (self);
  return take (self, ':') || fail (self);
}

/* Walks without recursion over a value of any depth: `closers` holds what ends
 * each level that is open. */
static gboolean
scan_value (EdgeJsonScanner *self,
            EdgeJsonToken   *token)
{
  char closers[EDGE_JSON_MAX_DEPTH];
  guint depth = 0;
  EdgeJsonToken inner;
  const char *start;

  skip_space (self);
  start = self->at;
  if (self->at < self->end && *self->at != '{' && *self->at != '[')
    return scan_scalar (self, token);

  do
    {
      skip_space (self);
      if (self->at < self->end && (*self->at == '{' || *self->at == '['))
        {
          /* The object that holds this value is a level of its own. */
          if (depth + 1 >= EDGE_JSON_MAX_DEPTH)
            return fail (self);
          closers[depth] = *self->at++ == '{' ? '}' : ']';
          depth++;
          skip_space (self);
          if (self->at >= self->end)
            return fail (self);
          if (*self->at != closers[depth - 1])
            {
              if (closers[depth - 1] == '}' && !scan_key (self, &inner))
                return FALSE;
              continue;
            }
        }
      else if (!scan_scalar (self, &inner))
        return FALSE;

      /* A value has ended: close what it closes, or go on after a comma. */
      while (depth > 0)
        {
          skip_space (self);
          if (take (self, closers[depth - 1]))
            {
              depth--;
              continue;
            }
          if (!take (self, ','))
            return fail (self);
          if (closers[depth - 1] == '}' && !scan_key (self, &inner))
            return FALSE;
          break;
        }
    }
  while (depth > 0);

  token->type = *start == '{' ? EDGE_JSON_TOKEN_OBJECT : EDGE_JSON_TOKEN_ARRAY;
  token->escaped = FALSE;
  token->text = start;
  token->length = self->at - start;
  return TRUE;
}

gboolean
edge_json_scanner_begin_object (EdgeJsonScanner *self)
{
  skip_space (self);
  return take (self, '{') || fail (self);
}

gboolean
edge_json_scanner_begin_array (EdgeJsonScanner *self)
{
  skip_space (self);
  return take (self, '[') || fail (self);
}

static gboolean
step (EdgeJsonScanner *self,
      char             closer)
{
  if (self->failed || self->closed)
    return FALSE;

  skip_space (self);
  if (take (self, closer))
    {
      self->closed = TRUE;
      return FALSE;
    }
  if (self->begun && !take (self, ','))
    return fail (self);

  self->begun = TRUE;
  return TRUE;
}

/**
 * edge_json_scanner_next_member:
 * @self: a scanner after edge_json_scanner_begin_object()
 * @key: (out caller-allocates): the member's name
 * @value: (out caller-allocates): its value
 *
 * Returns: whether there was another member; ask edge_json_scanner_at_end() why not
 */
gboolean
edge_json_scanner_next_member (EdgeJsonScanner *self,
                               EdgeJsonToken   *key,
                               EdgeJsonToken   *value)
{
  return step (self, '}') && scan_key (self, key) && scan_value (self, value);
}

/**
 * edge_json_scanner_next_item:
 * @self: a scanner after edge_json_scanner_begin_array()
 * @item: (out caller-allocates): the item
 *
 * Returns: whether there was another item; ask edge_json_scanner_at_end() why not
 */
gboolean
edge_json_scanner_next_item (EdgeJsonScanner *self,
                             EdgeJsonToken   *item)
{
  return step (self, ']') && scan_value (self, item);
}

/**
 * edge_json_scanner_at_end:
 * @self: a scanner
 *
 * Returns: whether the object or array was whole and nothing but space follows it
 */
gboolean
edge_json_scanner_at_end (EdgeJsonScanner *self)
{
  if (self->failed || !self->closed)
    return FALSE;

  skip_space (self);
  return self->at == self->end;
}

/**
 * edge_json_token_read_count:
 * @token: a token
 * @value: (out): its value
 *
 * Returns: whether @token is a whole number from 0 to 2^53 - 1
 */
gboolean
edge_json_token_read_count (const EdgeJsonToken *token,
                            gint64              *value)
{
  gint64 v = 0;

  if (token->type != EDGE_JSON_TOKEN_NUMBER || token->length > 16)
    return FALSE;

  for (gsize i = 0; i < token->length; i++)
    {
      if (!g_ascii_isdigit (token->text[i]))
        return FALSE;
      v = v * 10 + (token->text[i] - '0');
    }

  if (v > MAX_COUNT)
    return FALSE;

  *value = v;
  return TRUE;
}
