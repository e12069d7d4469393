/* test-base.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger-book.h"
#include "ledger/edge-ledger-private.h"
#include "ledger/edge-ledger-serve.h"

#define N_KEYS 8
#define PAGE   3000

typedef struct
{
  LedgerWorld *world;
  LedgerBook  *book;
  guint64      n;
  GPtrArray   *parts[EDGE_LEDGER_N_PARTS];
} Fixture;

/* All pages of a part in one. */
static GPtrArray *
read_part (Fixture        *self,
           EdgeLedgerPart  part)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *from = g_strdup ("");
  guint n_pages = 0;

  while (from != NULL)
    {
      char *next;
      GPtrArray *items = edge_ledger_dup_part (self->book->ledger, self->n, part, from, PAGE, &next);

      g_assert_cmpuint (items->len, >, 0);
      g_ptr_array_extend_and_steal (all, items);
      g_free (from);
      from = next;
      n_pages++;
    }
  g_assert_cmpuint (n_pages, >, part > EDGE_LEDGER_PART_CHECKPOINTS ? 1 : 0);
  return all;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  guint known = 1;

  self->world = ledger_world_new (9, N_KEYS, 3, FALSE);
  self->book = ledger_book_new ();
  ledger_book_open (self->book, ledger_world_event (self->world, 0)->text);
  for (guint round = 0; round < 4; round++)
    {
      ledger_world_grow (self->world, 60);
      ledger_book_take (self->book, self->world, known, ledger_world_n_events (self->world));
      known = ledger_world_n_events (self->world);
      if (round < 3)
        g_free (ledger_book_close (self->book, self->world, N_KEYS));
    }
  self->n = edge_ledger_pin_state (self->book->ledger, 0);
  g_assert_cmpuint (self->n, ==, 3);
  for (guint part = 0; part < EDGE_LEDGER_N_PARTS; part++)
    self->parts[part] = read_part (self, part);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  for (guint part = 0; part < EDGE_LEDGER_N_PARTS; part++)
    g_ptr_array_unref (self->parts[part]);
  ledger_book_free (self->book);
  ledger_world_free (self->world);
}

/* Gives a base all parts; returns it only if each was taken. */
static EdgeLedgerBase *
feed (Fixture  *self,
      GError  **error)
{
  g_autoptr(EdgeLedgerBase) base = edge_ledger_begin_base (self->book->ledger);

  for (guint part = 0; part < EDGE_LEDGER_N_PARTS; part++)
    {
      if (!edge_ledger_base_take_part (base, part, self->parts[part], TRUE, error))
        return NULL;
    }
  return g_steal_pointer (&base);
}

static gboolean
finishes (Fixture  *self,
          GError  **error)
{
  g_autoptr(EdgeLedgerBase) base = feed (self, error);
  g_autoptr(EdgeDag) dag = NULL;
  EdgeFold *fold = NULL;
  gboolean good = base != NULL && edge_ledger_base_finish (base, &dag, &fold, error);

  g_clear_pointer (&fold, edge_fold_free);
  return good;
}

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* A newcomer that takes over the state ends where the other is, now and after a restart,
 * and its own events that are not final stay. */
static void
test_adopt (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(LedgerBook) newcomer = ledger_book_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint n_events = ledger_world_n_events (self->world);
  EdgeLedgerBase *base;
  EdgeId roots[2];

  ledger_book_open (newcomer, ledger_world_event (self->world, 0)->text);
  base = feed (self, &error);
  g_assert_no_error (error);
  edge_ledger_adopt_async (newcomer->ledger, base, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  edge_ledger_adopt_finish (newcomer->ledger, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  /* What is open comes as it always does. */
  ledger_book_take (newcomer, self->world, 1, n_events);
  ledger_book_root (self->book, &roots[0]);
  ledger_book_root (newcomer, &roots[1]);
  g_assert_true (edge_id_equal (&roots[0], &roots[1]));
  g_assert_true (edge_ledger_verify (newcomer->ledger, NULL, &error));
  g_assert_no_error (error);

  ledger_book_shut (newcomer);
  ledger_book_open (newcomer, NULL);
  ledger_book_root (newcomer, &roots[1]);
  g_assert_true (edge_id_equal (&roots[0], &roots[1]));
  g_assert_cmpuint (edge_ledger_get_n_pruned (newcomer->ledger), ==, 3);

  /* It goes no way back. */
  base = feed (self, &error);
  edge_ledger_adopt_async (newcomer->ledger, base, NULL, keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (edge_ledger_adopt_finish (newcomer->ledger, result, &error));
  g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED);
}

static void
assert_refused (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (finishes (self, &error));
  g_assert_nonnull (error);
}

/* A change of any character of what certificates cover is found. */
static void
test_changed (Fixture       *self,
              gconstpointer  data)
{
  g_assert_true (finishes (self, NULL));
  for (guint part = 0; part < EDGE_LEDGER_PART_EVENTS; part++)
    {
      for (guint i = 0; i < self->parts[part]->len; i++)
        {
          char *text = g_ptr_array_index (self->parts[part], i);
          gsize length = strlen (text);

          for (gsize at = i % 7; at < length; at += 1 + length / 5)
            {
              char before = text[at];

              text[at] = before == 'A' ? 'B' : 'A';
              assert_refused (self);
              text[at] = before;
            }
        }
    }
  g_assert_true (finishes (self, NULL));
}

/* So is what is missing, comes twice, or stands in another order. */
static void
test_moved (Fixture       *self,
            gconstpointer  data)
{
  for (guint part = 0; part < EDGE_LEDGER_N_PARTS; part++)
    {
      guint width = part == EDGE_LEDGER_PART_ENTRIES ? 2 : 1;
      guint n = self->parts[part]->len;

      for (guint i = 0; i < n; i += width * (1 + n / (width * 8)))
        {
          GPtrArray *good = self->parts[part];
          GPtrArray *bad = g_ptr_array_new_with_free_func (g_free);

          /* The genesis can be left out of nothing: all know it. */
          for (guint j = 0; j < n; j++)
            {
              if (j / width != i / width)
                g_ptr_array_add (bad, g_strdup (g_ptr_array_index (good, j)));
            }
          self->parts[part] = bad;
          assert_refused (self);
          for (guint j = i; j < i + width; j++)
            {
              g_ptr_array_insert (bad, 0, g_strdup (g_ptr_array_index (good, i + width - 1 - (j - i))));
              g_ptr_array_add (bad, g_strdup (g_ptr_array_index (good, j)));
            }
          assert_refused (self);
          self->parts[part] = good;
          g_ptr_array_unref (bad);
        }
    }
}

/* More entries than the events could make are not even looked at. */
static void
test_too_many (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(EdgeLedgerBase) base = edge_ledger_begin_base (self->book->ledger);
  g_autoptr(GError) error = NULL;
  const char *text = g_ptr_array_index (self->parts[EDGE_LEDGER_PART_ENTRIES], 1);
  gboolean good = TRUE;
  guint64 i;

  for (guint part = 0; part < EDGE_LEDGER_PART_ENTRIES; part++)
    g_assert_true (edge_ledger_base_take_part (base, part, self->parts[part], TRUE, NULL));
  for (i = 0; good; i++)
    {
      char name[1 + EDGE_ID_TEXT_SIZE] = "a";
      EdgeId key = { { (guint8) (i >> 8), (guint8) i } };

      edge_id_write (&key, name + 1);
      good = edge_ledger_base_add_entry (base, name, text, strlen (text), &error);
    }
  g_assert_cmpuint (i, <, edge_ledger_base_get_count (base) + EDGE_GENESIS_MAX_VALIDATORS + 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/base/adopt", Fixture, NULL, set_up, test_adopt, tear_down);
  g_test_add ("/ledger/base/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/ledger/base/moved", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/ledger/base/too-many", Fixture, NULL, set_up, test_too_many, tear_down);
  return g_test_run ();
}
