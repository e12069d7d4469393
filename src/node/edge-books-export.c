/* edge-books-export.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-books-private.h"

#include "base/edge-clock.h"
#include "ledger/edge-amount.h"

static void
add_csv_line (GString               *csv,
              const EdgeLedgerEntry *entry)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) (entry->time / 1000));
  g_autofree char *when = NULL;
  g_autofree char *id = edge_id_to_text (&entry->id);
  g_autofree char *author = edge_id_to_text (&entry->author);
  g_autofree char *other = entry->has_other ? edge_id_to_text (&entry->other) : g_strdup ("");
  g_autofree char *amount = entry->amount > 0 ? edge_amount_to_text (entry->amount) : g_strdup ("");

  when = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
  g_string_append_printf (csv, "%s,%s,%s,%s,%s,%s,%s,%s\r\n", when,
                          edge_event_type_to_string (entry->type), amount, author, other,
                          edge_book_state_to_string (edge_book_state_of (entry)),
                          entry->reason != EDGE_REASON_NONE ? edge_reason_to_string (entry->reason) : "",
                          id);
}

/**
 * edge_books_export_csv:
 * @self: books
 *
 * Writes all events that concern this node's key, the oldest first, as RFC 4180
 * wants it. Amounts are credits, times UTC.
 *
 * Returns: (transfer full): the table, with a line of titles
 */
char *
edge_books_export_csv (EdgeBooks *self)
{
  GString *csv = g_string_new ("time,type,credits,author,other,state,reason,id\r\n");
  g_autoptr(GArray) entries = NULL;

  g_return_val_if_fail (EDGE_IS_BOOKS (self), g_string_free_and_steal (csv));

  if (self->ledger != NULL)
    entries = edge_ledger_list (self->ledger, &self->key, 0, G_MAXUINT);
  for (guint i = entries != NULL ? entries->len : 0; i > 0; i--)
    add_csv_line (csv, &g_array_index (entries, EdgeLedgerEntry, i - 1));
  return g_string_free_and_steal (csv);
}

/**
 * edge_books_dup_history:
 * @self: books
 * @slot_ms: length of a slot in milliseconds
 * @n_slots: how many
 *
 * Slots begin at multiples of @slot_ms since the epoch; the last is the one of now.
 *
 * Returns: (transfer full) (element-type guint64): nano-credits earned in each, the oldest first
 */
GArray *
edge_books_dup_history (EdgeBooks *self,
                        guint64    slot_ms,
                        guint      n_slots)
{
  GArray *slots = g_array_sized_new (FALSE, TRUE, sizeof (guint64), n_slots);
  guint64 now = edge_clock_now ();
  guint64 before = 0;
  guint64 last;

  g_return_val_if_fail (EDGE_IS_BOOKS (self), slots);
  g_return_val_if_fail (slot_ms > 0, slots);

  g_array_set_size (slots, n_slots);
  if (self->view == NULL)
    return slots;

  last = MAX (now, self->view->figures.time) / slot_ms;
  for (guint i = 0; i < self->view->earnings->len; i++)
    {
      const EdgeEarning *earning = &g_array_index (self->view->earnings, EdgeEarning, i);
      guint64 slot = earning->time / slot_ms;

      if (slot <= last && last - slot < n_slots)
        g_array_index (slots, guint64, n_slots - 1 - (last - slot)) += earning->total - before;
      before = earning->total;
    }
  return slots;
}
