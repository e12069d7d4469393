/* edge-ledger-page-figures.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-ledger-page-private.h"

#include "app/edge-book-figures.h"
#include "app/edge-dag-view.h"
#include "app/edge-format.h"
#include "app/edge-network-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* What the page says of the ledger as a whole. */

GListModel *
_edge_ledger_page_dup_entries (EdgeLedgerPage *self)
{
  GListModel *entries = NULL;

  if (self->books != NULL)
    g_object_get (self->books, "entries", &entries, NULL);
  return entries;
}

void
_edge_ledger_page_update_rows (EdgeLedgerPage *self)
{
  g_autoptr(GListModel) entries = _edge_ledger_page_dup_entries (self);
  const char *page = "rows";

  if (self->books == NULL)
    page = "loading";
  else if (entries == NULL || g_list_model_get_n_items (entries) == 0)
    page = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    page = "nothing";
  gtk_stack_set_visible_child_name (GTK_STACK (self->rows_stack), page);
}

/* A figure has room for one unit. */
static char *
dup_age (gint64 age)
{
  gint64 days = age / (G_TIME_SPAN_DAY / G_TIME_SPAN_MILLISECOND);

  if (days < 1)
    return edge_format_duration (age);

  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), (int) days);
}

/* Who closed the book last and when; the way to all that is known of the network. */
static void
update_status (EdgeLedgerPage *self)
{
  g_autoptr(GObject) node = g_signal_group_dup_target (self->node_signals);
  g_auto(EdgeNetworkFacts) facts = { 0 };
  g_autofree char *by = NULL;
  g_autofree char *text = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *final = NULL;
  gboolean asleep;

  if (node == NULL)
    return;

  edge_network_facts_read (&facts, node);
  asleep = facts.known && !facts.open && facts.n_awake < facts.n_needed;
  if (facts.by != NULL)
    by = edge_book_dup_name (self->peers, self->own_id, facts.by);
  if (asleep || (!facts.open && facts.n == 0))
    text = edge_network_words_closing (&facts);
  else
    text = edge_network_words_checkpoint (&facts, by, self->now);
  exact = edge_format_exact_time ((gint64) facts.time);
  if (facts.n > 0)
    final = g_strdup_printf (ngettext ("checkpoint %u · %'" PRIu64 " event",
                                       "checkpoint %u · %'" PRIu64 " events", (gulong) facts.count),
                             facts.n, facts.count);

  gtk_label_set_label (GTK_LABEL (self->status_label), text);
  gtk_widget_set_tooltip_text (self->status_button, facts.n > 0 ? exact : NULL);
  gtk_widget_set_visible (self->status_button, facts.known);
  if (asleep)
    gtk_widget_add_css_class (self->status_button, "warning");
  else
    gtk_widget_remove_css_class (self->status_button, "warning");
  edge_dag_view_set_final_text (EDGE_DAG_VIEW (self->dag_view), final);
  gtk_widget_set_visible (self->legend_final, !facts.open);
  g_object_set (self, "confirms", edge_book_confirms (facts.n_members), NULL);
}

void
_edge_ledger_page_update_age (EdgeLedgerPage *self)
{
  g_autoptr(GListModel) entries = _edge_ledger_page_dup_entries (self);
  g_autoptr(GObject) newest = entries != NULL ? g_list_model_get_item (entries, 0) : NULL;
  g_autofree char *age = NULL;
  guint64 time = 0;

  if (newest != NULL)
    g_object_get (newest, "time", &time, NULL);
  age = dup_age (time > 0 ? MAX (0, self->now - (gint64) time) : -1);
  gtk_label_set_label (GTK_LABEL (self->last_label), age);
  update_status (self);
}

static gboolean
query_last_cb (EdgeLedgerPage *self,
               int             x,
               int             y,
               gboolean        by_keyboard,
               GtkTooltip     *tooltip)
{
  g_autoptr(GListModel) entries = _edge_ledger_page_dup_entries (self);
  g_autoptr(GObject) newest = entries != NULL ? g_list_model_get_item (entries, 0) : NULL;
  g_autofree char *exact = NULL;
  guint64 time = 0;

  if (newest == NULL)
    return FALSE;
  g_object_get (newest, "time", &time, NULL);
  exact = edge_format_exact_time ((gint64) time);
  gtk_tooltip_set_text (tooltip, exact);
  return TRUE;
}

/* _edge_ledger_page_offer_last: says when the newest event came where the pointer rests. */
void
_edge_ledger_page_offer_last (EdgeLedgerPage *self)
{
  gtk_widget_set_has_tooltip (self->last_label, TRUE);
  g_signal_connect_object (self->last_label, "query-tooltip", G_CALLBACK (query_last_cb), self,
                           G_CONNECT_SWAPPED);
}

void
_edge_ledger_page_update_figures (EdgeLedgerPage *self)
{
  EdgeBookFigures figures;
  gboolean ready = edge_book_figures_read (&figures, self->books);
  g_autofree char *headline = edge_book_figures_dup_headline (&figures, self->n_connected);
  g_autofree char *sentence = edge_book_figures_dup_sentence (&figures, self->n_connected);
  g_autofree char *in_step = NULL;
  g_autofree char *rate = NULL;
  gboolean behind = ready && !edge_book_figures_is_in_step (&figures);

  _edge_ledger_page_update_shown (self);
  gtk_label_set_label (GTK_LABEL (self->headline), headline);
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  gtk_widget_set_visible (self->spinner, !ready);
  gtk_widget_set_visible (self->progress, behind);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 edge_book_figures_get_progress (&figures));

  /* Translators: so many of the linked peers. */
  in_step = ready && self->n_connected > 0
            ? g_strdup_printf (_("%u of %u"), figures.n_in_step, self->n_connected)
            : g_strdup (EDGE_FORMAT_UNKNOWN);
  rate = ready ? edge_format_number (figures.rate) : g_strdup (EDGE_FORMAT_UNKNOWN);
  gtk_label_set_label (GTK_LABEL (self->step_label), in_step);
  gtk_label_set_label (GTK_LABEL (self->rate_label), rate);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (
                                 G_ACTION_MAP (self->actions), "verify")), ready);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (
                                 G_ACTION_MAP (self->actions), "export")), ready);
  _edge_ledger_page_update_age (self);
  _edge_ledger_page_update_two_books (self);
}
