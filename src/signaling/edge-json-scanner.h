/* edge-json-scanner.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EDGE_JSON_TOKEN_NULL,
  EDGE_JSON_TOKEN_TRUE,
  EDGE_JSON_TOKEN_FALSE,
  EDGE_JSON_TOKEN_NUMBER,
  EDGE_JSON_TOKEN_STRING,
  EDGE_JSON_TOKEN_ARRAY,
  EDGE_JSON_TOKEN_OBJECT,
} EdgeJsonTokenType;

/**
 * EdgeJsonToken:
 * @type: what it is
 * @escaped: of a string: whether it holds a backslash
 * @text: where it begins; of a string, at the quote
 * @length: its bytes; of a string, with both quotes
 */
typedef struct
{
  EdgeJsonTokenType  type;
  gboolean           escaped;
  const char        *text;
  gsize              length;
} EdgeJsonToken;

/**
 * EdgeJsonScanner:
 *
 * Walks over the outermost members or items of JSON text (RFC 8259) without
 * building a tree: what lies deeper is checked and skipped. Strict, bounded in
 * depth, allocates nothing. The text must be valid UTF-8.
 */
typedef struct
{
  const char *at;
  const char *end;
  gboolean    failed;
  gboolean    closed;
  gboolean    begun;
} EdgeJsonScanner;

void     edge_json_scanner_init         (EdgeJsonScanner     *self,
                                         const char          *text,
                                         gsize                length);
gboolean edge_json_scanner_begin_object (EdgeJsonScanner     *self);
gboolean edge_json_scanner_next_member  (EdgeJsonScanner     *self,
                                         EdgeJsonToken       *key,
                                         EdgeJsonToken       *value);
gboolean edge_json_scanner_begin_array  (EdgeJsonScanner     *self);
gboolean edge_json_scanner_next_item    (EdgeJsonScanner     *self,
                                         EdgeJsonToken       *item);
gboolean edge_json_scanner_at_end       (EdgeJsonScanner     *self);

gboolean edge_json_token_read_count     (const EdgeJsonToken *token,
                                         gint64              *value);

G_END_DECLS
