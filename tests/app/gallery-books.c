/* gallery-books.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gallery-books.h"

#include "node/edge-book-entry.h"
#include "node/edge-unlock.h"

#include <math.h>
#include <string.h>

#define MOST_ENTRIES 500

/* How far the book of the sample is closed. */
#define GALLERY_TYPE_FINALITY (gallery_finality_get_type ())
G_DECLARE_FINAL_TYPE (GalleryFinality, gallery_finality, GALLERY, FINALITY, GObject)

struct _GalleryFinality
{
  GObject   parent_instance;

  char     *by;
  gboolean  open;
};

G_DEFINE_FINAL_TYPE (GalleryFinality, gallery_finality, G_TYPE_OBJECT)

static void
gallery_finality_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  GalleryFinality *self = GALLERY_FINALITY (object);
  static const guint counts[] = { 41, 1204, 4, 4, 3 };

  if (property_id == 7)
    g_value_set_string (value, self->open ? NULL : self->by);
  else if (property_id == 8)
    g_value_set_uint64 (value, (guint64) (g_get_real_time () / 1000) - 12000);
  else if (property_id == 9)
    g_value_set_uint64 (value, 36);
  else if (property_id == 10)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_uint (value, self->open && property_id != 2 ? 0 : counts[property_id - 1]);
}

static void
gallery_finality_class_init (GalleryFinalityClass *klass)
{
  static const char *const names[] = { "n", "n-members", "n-validators", "n-awake", "n-needed" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gallery_finality_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_class_install_property (object_class, i + 1,
      g_param_spec_uint (names[i], NULL, NULL, 0, G_MAXUINT, 0, r));
  g_object_class_install_property (object_class, 7,
    g_param_spec_string ("by", NULL, NULL, NULL, r));
  g_object_class_install_property (object_class, 8,
    g_param_spec_uint64 ("time", NULL, NULL, 0, G_MAXUINT64, 0, r));
  g_object_class_install_property (object_class, 9,
    g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, r));
  g_object_class_install_property (object_class, 10,
    g_param_spec_boolean ("validating", NULL, NULL, FALSE, r));
}

static void
gallery_finality_init (GalleryFinality *self)
{
}

struct _GalleryBooks
{
  GObject             parent_instance;

  GalleryBooksState   state;
  GListStore         *entries;
  GListStore         *unlocks;
  GObject            *finality;
  GArray             *tips;    /* EdgeLedgerEntry that the next ones build on */
  GArray             *coming;  /* those that build on them */
  guint               width;   /* how many there will be */
  GRand              *rand;
  EdgeId              own;
  EdgeId              authors[16];
  guint               n_authors;
  guint               n_events;
};

G_DEFINE_FINAL_TYPE (GalleryBooks, gallery_books, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  GType       type;
  double      values[4]; /* by state */
} numbers[] = {
  { "n-events", G_TYPE_UINT64, { 46812, 48211, 212, 0 } },
  { "n-final", G_TYPE_UINT64, { 46812, 48192, 0, 0 } },
  { "n-expected", G_TYPE_UINT64, { 48211, 48211, 212, 0 } },
  { "rate", G_TYPE_DOUBLE, { 320, 1.4, .1, 0 } },
  { "remaining", G_TYPE_INT64, { 4400, 0, 0, -1 } },
  { "n-in-step", G_TYPE_UINT, { 9, 12, 12, 0 } },
  { "multiplier", G_TYPE_DOUBLE, { 6.96, 6.96, 1, 1 } },
  { "cpu-hours", G_TYPE_DOUBLE, { 412880, 412880, 0, 0 } },
  { "decay-cpu-hours", G_TYPE_UINT64, { 1000000, 1000000, 1000000, 1000000 } },
  { "max-bonus", G_TYPE_UINT64, { 10, 10, 1, 1 } },
  { "free", G_TYPE_UINT64, { 1284.60e9, 1284.60e9, 12.1e9, 0 } },
  { "locked", G_TYPE_UINT64, { 231.30e9, 231.30e9, .4e9, 0 } },
  { "own-stake", G_TYPE_UINT64, { 180e9, 180e9, 0, 0 } },
  { "leaving", G_TYPE_UINT64, { 0, 0, 0, 0 } },
  { "welcome", G_TYPE_UINT64, { 100e9, 100e9, 100e9, 0 } },
  { "escrowed", G_TYPE_UINT64, { 150e9, 150e9, 0, 0 } },
  { "earned", G_TYPE_UINT64, { 48914e9, 48914e9, 12.5e9, 0 } },
  { "earned-today", G_TYPE_UINT64, { 1842.31e9, 1842.31e9, 1.5e9, 0 } },
  { "uptime-hours", G_TYPE_UINT, { 9, 9, 3, 0 } },
  { "uptime-waiting", G_TYPE_UINT, { 1, 0, 0, 0 } },
  { "uptime-day", G_TYPE_UINT64, { 0, 1795651200000, 0, 0 } },
};

static void
gallery_books_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  GalleryBooks *self = GALLERY_BOOKS (object);
  const char *name = g_param_spec_get_name (pspec);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_auto(GValue) number = G_VALUE_INIT;
      double x = numbers[i].values[self->state];

      if (!g_str_equal (name, numbers[i].name))
        continue;
      if (numbers[i].type == G_TYPE_UINT64)
        g_value_set_uint64 (value, (guint64) x);
      else if (numbers[i].type == G_TYPE_INT64)
        g_value_set_int64 (value, (gint64) x);
      else if (numbers[i].type == G_TYPE_UINT)
        g_value_set_uint (value, (guint) x);
      else
        g_value_set_double (value, x);
      return;
    }

  if (g_str_equal (name, "finality"))
    g_value_set_object (value, self->finality);
  else if (g_str_equal (name, "entries"))
    g_value_set_object (value, self->entries);
  else if (g_str_equal (name, "unlocks"))
    g_value_set_object (value, self->unlocks);
  else if (g_str_equal (name, "two-books"))
    g_value_set_string (value, g_object_get_data (object, "two-books"));
  else if (g_str_equal (name, "time"))
    g_value_set_uint64 (value, (guint64) (g_get_real_time () / 1000));
  else if (g_str_equal (name, "join-progress"))
    g_value_set_double (value, self->state == GALLERY_BOOKS_EMPTY ? .4 : NAN);
  else
    g_value_set_boolean (value, g_str_equal (name, "ready") || self->state != GALLERY_BOOKS_EMPTY);
}

static void
gallery_books_class_init (GalleryBooksClass *klass)
{
  static const char * const flags[] = { "ready", "member", "joined" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  guint id = 1;

  object_class->get_property = gallery_books_get_property;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *name = numbers[i].name;

      g_object_class_install_property (object_class, id++,
        numbers[i].type == G_TYPE_UINT64 ? g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, 0, r)
        : numbers[i].type == G_TYPE_INT64
        ? g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, r)
        : numbers[i].type == G_TYPE_UINT ? g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, r)
        : g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, r));
    }
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_object_class_install_property (object_class, id++,
      g_param_spec_boolean (flags[i], NULL, NULL, FALSE, r));
  g_object_class_install_property (object_class, id++,
    g_param_spec_uint64 ("time", NULL, NULL, 0, G_MAXUINT64, 0, r));
  g_object_class_install_property (object_class, id++,
    g_param_spec_double ("join-progress", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, r));
  g_object_class_install_property (object_class, id++,
    g_param_spec_string ("two-books", NULL, NULL, NULL, r));
  g_object_class_install_property (object_class, id++,
    g_param_spec_object ("entries", NULL, NULL, G_TYPE_LIST_MODEL, r));
  g_object_class_install_property (object_class, id++,
    g_param_spec_object ("finality", NULL, NULL, G_TYPE_OBJECT, r));
  g_object_class_install_property (object_class, id++,
    g_param_spec_object ("unlocks", NULL, NULL, G_TYPE_LIST_MODEL, r));
}

static void
gallery_books_init (GalleryBooks *self)
{
  self->entries = g_list_store_new (EDGE_TYPE_BOOK_ENTRY);
  self->unlocks = g_list_store_new (EDGE_TYPE_UNLOCK);
  self->tips = g_array_new (FALSE, TRUE, sizeof (EdgeLedgerEntry));
  self->coming = g_array_new (FALSE, TRUE, sizeof (EdgeLedgerEntry));
  self->width = 2;
  self->rand = g_rand_new_with_seed (5);
}

static void
choose_type (GalleryBooks    *self,
             EdgeLedgerEntry *entry)
{
  static const EdgeEventType types[] = {
    EDGE_EVENT_RECEIPT, EDGE_EVENT_UPTIME, EDGE_EVENT_ESCROW, EDGE_EVENT_TRANSFER,
    EDGE_EVENT_TRANSFER, EDGE_EVENT_UPTIME, EDGE_EVENT_STAKE, EDGE_EVENT_JOIN,
  };

  entry->type = types[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (types))];
  if (entry->type == EDGE_EVENT_TRANSFER || entry->type == EDGE_EVENT_JOIN)
    {
      entry->other = self->authors[g_rand_int_range (self->rand, 0, (int) self->n_authors)];
      entry->has_other = TRUE;
    }
  if (entry->type != EDGE_EVENT_UPTIME && entry->type != EDGE_EVENT_JOIN)
    entry->amount = (guint64) g_rand_int_range (self->rand, 1, 9000) * 10000000;
}

static void
add_event (GalleryBooks *self)
{
  guint n_tips = self->tips->len;
  guint wanted = (guint) g_rand_int_range (self->rand, 1, 5);
  guint first = n_tips > 0 ? (guint) g_rand_int_range (self->rand, 0, (int) n_tips) : 0;
  g_autofree char *name = g_strdup_printf ("event %u", self->n_events);
  g_autoptr(EdgeBookEntry) object = NULL;
  EdgeLedgerEntry entry = { 0 };
  gboolean mine = self->n_events % 23 == 9;
  gboolean broken = self->n_events % 61 == 52;

  edge_id_of_data (&entry.id, name, strlen (name));
  entry.author = mine ? self->own
                      : self->authors[g_rand_int_range (self->rand, 0, (int) self->n_authors)];
  entry.place = 100000 + self->n_events;
  entry.height = 18700;
  entry.seq = self->n_events;
  entry.time = (guint64) (g_get_real_time () / 1000 - 2000);
  entry.verdict = broken ? EDGE_VERDICT_VOID : EDGE_VERDICT_OK;
  entry.reason = broken ? EDGE_REASON_FUNDS : EDGE_REASON_NONE;
  if (broken)
    entry.type = EDGE_EVENT_TRANSFER;
  else
    choose_type (self, &entry);
  for (guint k = 0; k < 2 && k < n_tips && (k == 0 || wanted > 1); k++)
    {
      const EdgeLedgerEntry *tip = &g_array_index (self->tips, EdgeLedgerEntry,
                                                   (first + k) % n_tips);

      entry.parents[k] = tip->id;
      entry.height = MAX (entry.height, tip->height + 1);
      entry.n_parents++;
    }
  if (!broken)
    g_array_append_val (self->coming, entry);
  if (self->coming->len >= self->width)
    {
      g_array_set_size (self->tips, 0);
      g_array_append_vals (self->tips, self->coming->data, self->coming->len);
      g_array_set_size (self->coming, 0);
      self->width = (guint) g_rand_int_range (self->rand, 1, 5);
    }

  object = edge_book_entry_new (&entry, mine);
  g_list_store_insert (self->entries, 0, object);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > MOST_ENTRIES)
    g_list_store_remove (self->entries, MOST_ENTRIES);
  self->n_events++;
}

/* Older ones are built upon, confirmed, final, by how many came after. */
static void
settle (GalleryBooks *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeBookEntry) object = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      EdgeLedgerEntry entry = *edge_book_entry_get_entry (object);

      entry.time = (guint64) (now - 2000 - i * 3100);
      entry.builders = MIN (i / 4, 5);
      entry.confirmed = i >= 14;
      /* Books are closed many events at a time. */
      entry.checkpoint = self->state != GALLERY_BOOKS_OPEN && self->n_events >= 42
                         && entry.place < 100000 + (self->n_events - 42) / 40 * 40 ? 7 : 0;
      edge_book_entry_update (object, &entry);
    }
}

void
gallery_books_add_events (GalleryBooks *self,
                          guint         n_events)
{
  for (guint i = 0; i < n_events; i++)
    add_event (self);
  settle (self);
  g_object_notify (G_OBJECT (self), "n-events");
}

GObject *
gallery_books_new (GalleryBooksState  state,
                   const char        *own_id,
                   const char *const *authors,
                   guint              n_authors)
{
  GalleryBooks *self = g_object_new (GALLERY_TYPE_BOOKS, NULL);
  gint64 now = g_get_real_time () / 1000;
  const struct { double minutes, amount; gboolean leaving; } locked[] = {
    { 4, 94.2, FALSE }, { 22, 88.4, FALSE }, { 57, 48.7, FALSE }, { 3000, 20, TRUE },
  };

  self->state = state;
  self->finality = g_object_new (GALLERY_TYPE_FINALITY, NULL);
  GALLERY_FINALITY (self->finality)->open = state == GALLERY_BOOKS_OPEN;
  GALLERY_FINALITY (self->finality)->by = g_strdup (n_authors > 0 ? authors[3] : own_id);
  edge_id_parse (&self->own, own_id, -1);
  self->n_authors = MIN (n_authors, G_N_ELEMENTS (self->authors));
  for (guint i = 0; i < self->n_authors; i++)
    edge_id_parse (&self->authors[i], authors[i], -1);
  if (state == GALLERY_BOOKS_EMPTY)
    return G_OBJECT (self);

  for (guint i = 0; i < G_N_ELEMENTS (locked); i++)
    {
      g_autoptr(EdgeUnlock) unlock =
        edge_unlock_new ((guint64) (now + (gint64) (locked[i].minutes * 60000)),
                         (guint64) (locked[i].amount * 1e9), locked[i].leaving);

      g_list_store_append (self->unlocks, unlock);
    }
  gallery_books_add_events (self, state == GALLERY_BOOKS_OPEN ? 12 : 160);
  return G_OBJECT (self);
}

GArray *
gallery_books_dup_history (guint n_slots)
{
  GArray *slots = g_array_sized_new (FALSE, TRUE, sizeof (guint64), n_slots);
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < n_slots; i++)
    {
      double part = fabs (sin (i * .37)) * .8 + g_rand_double (rand) * .2;
      guint64 value = i % 9 == 6 ? 0 : (guint64) (part * 2400e9);

      g_array_append_val (slots, value);
    }
  return slots;
}
