/* edge-ledger-page-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-book-words.h"
#include "app/edge-ledger-page.h"

G_BEGIN_DECLS

struct _EdgeLedgerPage
{
  AdwNavigationPage   parent_instance;

  GtkWidget          *banner;
  GtkWidget          *verify_button;
  GtkWidget          *drawing_button;
  GtkWidget          *search_bar;
  GtkWidget          *search_entry;
  GtkWidget          *content_box;
  GtkWidget          *head_box;
  GtkWidget          *figures_box;
  GtkWidget          *headline;
  GtkWidget          *spinner;
  GtkWidget          *sentence;
  GtkWidget          *status_button;
  GtkWidget          *status_label;
  GtkWidget          *step_label;
  GtkWidget          *last_label;
  GtkWidget          *rate_label;
  GtkWidget          *progress;
  GtkWidget          *drawing_box;
  GtkWidget          *dag_view;
  GtkWidget          *legend_box;
  GtkWidget          *legend_final;
  GtkWidget          *filter_box;
  GtkWidget          *group_toggles;
  GtkWidget          *rows_stack;
  GtkWidget          *rows;

  GSimpleActionGroup *actions;
  GSignalGroup       *node_signals;
  GObject            *books;
  GListModel         *peers;
  GtkFilterListModel *found;
  GListStore         *slots;
  GtkNoSelection     *selection;
  GtkFilter          *filter;
  char               *own_id;
  char               *search;
  gint64              now;
  guint               n_connected;
  guint               confirms;
  guint               tick;
  guint               follow_source;
  guint               figures_source;
  gboolean            follows;
  gboolean            flooded;
  EdgeBookGroup       group;
  gboolean            narrow;
  gboolean            low;
};

GListModel *_edge_ledger_page_dup_entries    (EdgeLedgerPage *self) G_GNUC_WARN_UNUSED_RESULT;
void        _edge_ledger_page_add_actions    (EdgeLedgerPage *self);
void        _edge_ledger_page_update_two_books (EdgeLedgerPage *self);
void        _edge_ledger_page_update_rows    (EdgeLedgerPage *self);
void        _edge_ledger_page_update_age     (EdgeLedgerPage *self);
void        _edge_ledger_page_update_figures (EdgeLedgerPage *self);
void        _edge_ledger_page_update_shown   (EdgeLedgerPage *self);
void        _edge_ledger_page_make_rows      (EdgeLedgerPage *self);
void        _edge_ledger_page_offer_last     (EdgeLedgerPage *self);

G_END_DECLS
