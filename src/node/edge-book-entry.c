/* edge-book-entry.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-book-entry.h"

/**
 * EdgeBookEntry:
 *
 * An event of the ledger, for lists. What it is never changes; what became of it does.
 */

struct _EdgeBookEntry
{
  GObject         parent_instance;

  EdgeLedgerEntry entry;
  gboolean        mine;
};

typedef enum
{
  PROP_ID = 1,
  PROP_AUTHOR,
  PROP_OTHER,
  PROP_TYPE,
  PROP_TIME,
  PROP_AMOUNT,
  PROP_SEQ,
  PROP_HEIGHT,
  PROP_BUILDERS,
  PROP_STATE,
  PROP_REASON,
  PROP_MINE,
  PROP_PLACE,
  PROP_PARENTS,
  PROP_CHECKPOINT,
} EdgeBookEntryProperty;

static GParamSpec *properties[PROP_CHECKPOINT + 1];

G_DEFINE_FINAL_TYPE (EdgeBookEntry, edge_book_entry, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (EdgeBookState, edge_book_state,
                    G_DEFINE_ENUM_VALUE (EDGE_BOOK_STATE_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (EDGE_BOOK_STATE_CONFIRMED, "confirmed"),
                    G_DEFINE_ENUM_VALUE (EDGE_BOOK_STATE_FINAL, "final"),
                    G_DEFINE_ENUM_VALUE (EDGE_BOOK_STATE_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (EDGE_BOOK_STATE_VOID, "void"))

/**
 * edge_book_state_of:
 * @entry: an event
 *
 * Returns: what became of it so far
 */
EdgeBookState
edge_book_state_of (const EdgeLedgerEntry *entry)
{
  if (entry->verdict == EDGE_VERDICT_OFF)
    return EDGE_BOOK_STATE_OFF;
  if (entry->verdict == EDGE_VERDICT_VOID)
    return EDGE_BOOK_STATE_VOID;
  if (entry->verdict == EDGE_VERDICT_OK && entry->checkpoint != 0)
    return EDGE_BOOK_STATE_FINAL;
  return entry->confirmed ? EDGE_BOOK_STATE_CONFIRMED : EDGE_BOOK_STATE_PENDING;
}

/**
 * edge_book_state_to_string:
 * @state: a state
 *
 * Returns: the word for it in JSON
 */
const char *
edge_book_state_to_string (EdgeBookState state)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_BOOK_STATE);
  GEnumValue *value = g_enum_get_value (klass, (int) state);

  return value != NULL ? value->value_nick : "unknown";
}

static const char *
reason_of (const EdgeLedgerEntry *entry)
{
  return entry->reason != EDGE_REASON_NONE ? edge_reason_to_string (entry->reason) : NULL;
}

static GStrv
dup_parents (EdgeBookEntry *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->entry.n_parents; i++)
    g_strv_builder_take (builder, edge_id_to_text (&self->entry.parents[i]));
  return g_strv_builder_end (builder);
}

static void
edge_book_entry_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeBookEntry *self = EDGE_BOOK_ENTRY (object);

  switch ((EdgeBookEntryProperty) property_id)
    {
    case PROP_ID:
      g_value_take_string (value, edge_id_to_text (&self->entry.id));
      break;
    case PROP_AUTHOR:
      g_value_take_string (value, edge_id_to_text (&self->entry.author));
      break;
    case PROP_OTHER:
      g_value_take_string (value, self->entry.has_other ? edge_id_to_text (&self->entry.other)
                                                        : NULL);
      break;
    case PROP_TYPE:
      g_value_set_static_string (value, edge_event_type_to_string (self->entry.type));
      break;
    case PROP_TIME:
      g_value_set_uint64 (value, self->entry.time);
      break;
    case PROP_AMOUNT:
      g_value_set_uint64 (value, self->entry.amount);
      break;
    case PROP_SEQ:
      g_value_set_uint64 (value, self->entry.seq);
      break;
    case PROP_HEIGHT:
      g_value_set_uint64 (value, self->entry.height);
      break;
    case PROP_BUILDERS:
      g_value_set_uint (value, self->entry.builders);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) edge_book_state_of (&self->entry));
      break;
    case PROP_REASON:
      g_value_set_static_string (value, reason_of (&self->entry));
      break;
    case PROP_MINE:
      g_value_set_boolean (value, self->mine);
      break;
    case PROP_PLACE:
      g_value_set_uint64 (value, self->entry.place);
      break;
    case PROP_PARENTS:
      g_value_take_boxed (value, dup_parents (self));
      break;
    case PROP_CHECKPOINT:
      g_value_set_uint (value, self->entry.checkpoint);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_book_entry_class_init (EdgeBookEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_book_entry_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_AUTHOR] = g_param_spec_string ("author", NULL, NULL, NULL, flags);
  properties[PROP_OTHER] = g_param_spec_string ("other", NULL, NULL, NULL, flags);
  properties[PROP_TYPE] = g_param_spec_string ("type", NULL, NULL, NULL, flags);
  properties[PROP_TIME] = g_param_spec_uint64 ("time", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_AMOUNT] = g_param_spec_uint64 ("amount", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_SEQ] = g_param_spec_uint64 ("seq", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_HEIGHT] = g_param_spec_uint64 ("height", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_BUILDERS] = g_param_spec_uint ("builders", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, EDGE_TYPE_BOOK_STATE,
                                              EDGE_BOOK_STATE_PENDING, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  properties[PROP_MINE] = g_param_spec_boolean ("mine", NULL, NULL, FALSE, flags);
  properties[PROP_PLACE] = g_param_spec_uint64 ("place", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_PARENTS] = g_param_spec_boxed ("parents", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_CHECKPOINT] = g_param_spec_uint ("checkpoint", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_book_entry_init (EdgeBookEntry *self)
{
}

/**
 * edge_book_entry_new:
 * @entry: an event as the ledger tells of it
 * @mine: whether this node made it
 *
 * Returns: (transfer full): an entry
 */
EdgeBookEntry *
edge_book_entry_new (const EdgeLedgerEntry *entry,
                     gboolean               mine)
{
  EdgeBookEntry *self = g_object_new (EDGE_TYPE_BOOK_ENTRY, NULL);

  self->entry = *entry;
  self->mine = mine;
  return self;
}

/**
 * edge_book_entry_get_entry:
 * @self: an entry
 *
 * Returns: (transfer none): the event as the ledger told of it last
 */
const EdgeLedgerEntry *
edge_book_entry_get_entry (EdgeBookEntry *self)
{
  g_return_val_if_fail (EDGE_IS_BOOK_ENTRY (self), NULL);

  return &self->entry;
}

/**
 * edge_book_entry_update:
 * @self: an entry
 * @entry: the same event, as the ledger tells of it now
 *
 * Takes over what became of the event.
 */
void
edge_book_entry_update (EdgeBookEntry         *self,
                        const EdgeLedgerEntry *entry)
{
  EdgeLedgerEntry before;

  g_return_if_fail (EDGE_IS_BOOK_ENTRY (self));
  g_return_if_fail (edge_id_equal (&self->entry.id, &entry->id));

  before = self->entry;
  self->entry = *entry;
  g_object_freeze_notify (G_OBJECT (self));
  if (before.builders != entry->builders)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUILDERS]);
  if (edge_book_state_of (&before) != edge_book_state_of (entry))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (before.reason != entry->reason)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
  if (before.checkpoint != entry->checkpoint)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKPOINT]);
  if (before.place != entry->place)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
  g_object_thaw_notify (G_OBJECT (self));
}
