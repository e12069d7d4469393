/* edge-earnings-page-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-earned-history.h"
#include "app/edge-earnings-page.h"

G_BEGIN_DECLS

struct _EdgeEarningsPage
{
  AdwNavigationPage   parent_instance;

  GtkWidget          *banner;
  GtkWidget          *content_box;
  GtkWidget          *head_box;
  GtkWidget          *balance_label;
  GtkWidget          *spinner;
  GtkWidget          *sentence;
  GtkWidget          *bar;
  GtkWidget          *free_label;
  GtkWidget          *free_note;
  GtkWidget          *locked_label;
  GtkWidget          *locked_note;
  GtkWidget          *escrowed_label;
  GtkWidget          *escrowed_note;
  GtkWidget          *staked_label;
  GtkWidget          *staked_note;
  GtkWidget          *columns_box;
  GtkWidget          *span_group;
  GtkWidget          *table_button;
  GtkWidget          *plot_stack;
  GtkWidget          *plot;
  GtkWidget          *table_page;
  GtkWidget          *table;
  GtkWidget          *multiplier_label;
  GtkWidget          *multiplier_sentence;
  GtkWidget          *curve;
  GtkWidget          *side_box;
  GtkWidget          *unlock_list;
  GtkWidget          *unlock_empty;
  GtkWidget          *today_label;
  GtkWidget          *earned_label;
  GtkWidget          *member_row;
  GtkWidget          *presence_row;
  GtkWidget          *presence_label;

  GSimpleActionGroup *actions;
  GSignalGroup       *node_signals;
  GSignalGroup       *unlock_signals;
  GObject            *books;
  GListModel         *peers;
  GListModel         *unlocks;
  char               *own_id;
  GArray             *history;
  gint64              history_read;
  guint64             earned;
  guint               n_connected;
  guint               tick;
  EdgeEarnedSpan      span;
  gboolean            narrow;
};

void _edge_earnings_page_update_history (EdgeEarningsPage *self);
void _edge_earnings_page_update         (EdgeEarningsPage *self);

G_END_DECLS
