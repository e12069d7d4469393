/* edge-book-figures.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EdgeBookFigures:
 *
 * The properties of [class@Books] at one time. Amounts are nano-credits.
 */
typedef struct
{
  gboolean ready;
  guint64  n_events;
  guint64  n_final;
  guint64  n_expected;
  double   rate;
  gint64   remaining;
  guint    n_in_step;
  guint64  time;
  double   multiplier;
  double   cpu_hours;
  guint64  decay_cpu_hours;
  guint64  max_bonus;
  guint64  free;
  guint64  locked;
  guint64  own_stake;
  guint64  leaving;
  guint64  welcome;
  guint64  escrowed;
  guint64  earned;
  guint64  earned_today;
  gboolean member;
  gboolean joined;
  double   join_progress;
  guint    uptime_hours;
  guint    uptime_waiting;
  guint64  uptime_day;
} EdgeBookFigures;

gboolean  edge_book_figures_read         (EdgeBookFigures       *self,
                                          GObject               *books);

double    edge_book_figures_get_progress (const EdgeBookFigures *self);
gboolean  edge_book_figures_is_in_step   (const EdgeBookFigures *self);
guint64   edge_book_figures_get_staked   (const EdgeBookFigures *self);
char     *edge_book_figures_dup_headline (const EdgeBookFigures *self,
                                          guint                  n_connected) G_GNUC_WARN_UNUSED_RESULT;
char     *edge_book_figures_dup_sentence (const EdgeBookFigures *self,
                                          guint                  n_connected) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
