/* edge-canon.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

/** EDGE_CANON_MAX_DEPTH: Nesting allowed in what is signed. */
#define EDGE_CANON_MAX_DEPTH 8

/** EDGE_CANON_LOOSE_MAX_DEPTH: Nesting allowed in files people pass around. */
#define EDGE_CANON_LOOSE_MAX_DEPTH 32

/** EDGE_CANON_MAX_INTEGER: The greatest number, 2^53 - 1. */
#define EDGE_CANON_MAX_INTEGER G_GUINT64_CONSTANT (9007199254740991)

/**
 * EdgeCanonKind:
 * @EDGE_CANON_OTHER: what only a loose text can hold: true, false, null, and
 *   numbers that are no integers from 0 to 2^53 - 1
 */
typedef enum
{
  EDGE_CANON_OBJECT,
  EDGE_CANON_ARRAY,
  EDGE_CANON_STRING,
  EDGE_CANON_INTEGER,
  EDGE_CANON_OTHER,
} EdgeCanonKind;

/**
 * EdgeCanonNode:
 *
 * A value in a text that was read. Values lie in the order of the text: the
 * first child follows its parent, the next one @span further on. @text is where
 * the value stands; of a string, what is between the quotes.
 */
typedef struct
{
  const char *name;
  const char *text;
  guint64     integer;
  gsize       name_length;
  gsize       text_length;
  gsize       span;
  gsize       count;
  guint8      kind;
  guint8      escaped;
  guint8      name_escaped;
} EdgeCanonNode;

EdgeCanonNode       *edge_canon_read        (const char           *text,
                                             gsize                 length,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeCanonNode       *edge_canon_read_loose  (const char           *text,
                                             gsize                 length,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

const EdgeCanonNode *edge_canon_first       (const EdgeCanonNode  *node);
const EdgeCanonNode *edge_canon_next        (const EdgeCanonNode  *node);
const EdgeCanonNode *edge_canon_member      (const EdgeCanonNode  *object,
                                             const char           *name);
gboolean             edge_canon_has_exactly (const EdgeCanonNode  *object,
                                             const char *const    *names);

char                *edge_canon_dup_string  (const EdgeCanonNode  *node,
                                             gsize                *length) G_GNUC_WARN_UNUSED_RESULT;
gboolean             edge_canon_get_integer (const EdgeCanonNode  *node,
                                             guint64               min,
                                             guint64               max,
                                             guint64              *value);
gboolean             edge_canon_get_id      (const EdgeCanonNode  *node,
                                             EdgeId               *value);
gboolean             edge_canon_is_string   (const EdgeCanonNode  *node,
                                             const char           *value);

G_END_DECLS
