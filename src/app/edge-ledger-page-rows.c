/* edge-ledger-page-rows.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-ledger-page-private.h"

#include "app/edge-event-row.h"
#include "app/edge-event-slot.h"

/* The list of events. GTK makes widgets anew for what is new in a list, and some two hundred
 * of them, seen or not. While events flood in, the list is therefore one of few places that
 * stay, through which the newest events move. */

#define FOLLOW_BELOW 24.0

/* Events a second from which it is so, until they are fewer than these. */
#define FLOOD_FROM   20
#define FLOOD_UNTIL  5
#define FLOOD_ROWS   40

static void
fill_slots (EdgeLedgerPage *self)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->found)), FLOOD_ROWS);
  guint there = g_list_model_get_n_items (G_LIST_MODEL (self->slots));

  if (there > n)
    g_list_store_splice (self->slots, n, there - n, NULL, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (G_LIST_MODEL (self->found), i);
      g_autoptr(EdgeEventSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), i);

      if (slot == NULL)
        {
          slot = edge_event_slot_new ();
          edge_event_slot_set_entry (slot, entry);
          g_list_store_append (self->slots, slot);
        }
      else
        {
          edge_event_slot_set_entry (slot, entry);
        }
    }
}

/* _edge_ledger_page_update_shown: goes over to places that stay, and back. Who scrolls
 * gets the whole list. */
void
_edge_ledger_page_update_shown (EdgeLedgerPage *self)
{
  double rate = 0;
  gboolean flooded;

  if (self->books != NULL)
    g_object_get (self->books, "rate", &rate, NULL);
  flooded = self->follows && rate > (self->flooded ? FLOOD_UNTIL : FLOOD_FROM);
  if (self->flooded == flooded)
    return;
  self->flooded = flooded;
  if (flooded)
    fill_slots (self);
  gtk_no_selection_set_model (self->selection, flooded ? G_LIST_MODEL (self->slots)
                                                       : G_LIST_MODEL (self->found));
  if (!flooded)
    g_list_store_remove_all (self->slots);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->slots)) > 0)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* At the top the list stays there while new events come; elsewhere it stays with what is read. */
static gboolean
follow_cb (gpointer user_data)
{
  EdgeLedgerPage *self = user_data;

  self->follow_source = 0;
  if (self->flooded)
    fill_slots (self);
  else if (self->follows && g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), 0, GTK_LIST_SCROLL_NONE, NULL);
  return G_SOURCE_REMOVE;
}

static void
found_changed_cb (EdgeLedgerPage *self)
{
  _edge_ledger_page_update_rows (self);
  if (self->follow_source == 0)
    self->follow_source = g_idle_add_full (self->flooded ? G_PRIORITY_HIGH_IDLE
                                                         : G_PRIORITY_DEFAULT_IDLE, follow_cb, self, NULL);
}

static void
scrolled_cb (EdgeLedgerPage *self,
             GtkAdjustment  *adjustment)
{
  if (self->follow_source != 0)
    return;
  self->follows = gtk_adjustment_get_value (adjustment) < FOLLOW_BELOW;
  _edge_ledger_page_update_shown (self);
}

static void
setup_row_cb (EdgeLedgerPage     *self,
              GtkListItem        *item,
              GtkListItemFactory *factory)
{
  GtkWidget *row = edge_event_row_new ();

  g_object_bind_property (self, "narrow", row, "narrow", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "now", row, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "confirms", row, "confirms", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "spoken", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (EdgeLedgerPage     *self,
             GtkListItem        *item,
             GtkListItemFactory *factory)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GObject *entry = gtk_list_item_get_item (item);
  GBinding *binding;

  edge_event_row_set_people (EDGE_EVENT_ROW (row), self->peers, self->own_id);
  if (!EDGE_IS_EVENT_SLOT (entry))
    {
      edge_event_row_set_entry (EDGE_EVENT_ROW (row), entry);
      return;
    }
  binding = g_object_bind_property (entry, "entry", row, "entry", G_BINDING_SYNC_CREATE);
  g_object_set_data (G_OBJECT (row), "binding", binding);
}

static void
unbind_row_cb (EdgeLedgerPage     *self,
               GtkListItem        *item,
               GtkListItemFactory *factory)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GBinding *binding = g_object_steal_data (G_OBJECT (row), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
}

/* _edge_ledger_page_make_rows: has the list show what is found. */
void
_edge_ledger_page_make_rows (EdgeLedgerPage *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->follows = TRUE;
  self->slots = g_list_store_new (EDGE_TYPE_EVENT_SLOT);
  self->selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->rows), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->rows), GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (found_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->rows)),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}
