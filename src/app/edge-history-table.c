/* edge-history-table.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-history-table.h"

#include "app/edge-format.h"
#include "app/edge-reason.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeHistoryTable:
 *
 * The same as the plot in figures: twelve rows over its span, newest first.
 */

#define ROWS      12
#define N_COLUMNS 5

struct _EdgeHistoryTable
{
  AdwBin           parent_instance;

  GtkWidget       *grid;
  GtkWidget       *cells[ROWS][N_COLUMNS];
  EdgeHistory     *history;
  EdgeHistorySpan  span;
};

typedef enum
{
  PROP_HISTORY = 1,
  PROP_SPAN,
} EdgeHistoryTableProperty;

static GParamSpec *properties[PROP_SPAN + 1];

G_DEFINE_FINAL_TYPE (EdgeHistoryTable, edge_history_table, ADW_TYPE_BIN)

static void
set_row (EdgeHistoryTable        *self,
         guint                    row,
         const EdgeHistorySample *sample)
{
  g_autoptr(GDateTime) time = NULL;
  g_autofree char *texts[N_COLUMNS] = { NULL };

  if (sample != NULL)
    {
      time = g_date_time_new_from_unix_local (sample->time / 1000);
      texts[0] = g_date_time_format (time, "%H:%M:%S");
      texts[1] = edge_format_ms (sample->latency);
      texts[2] = g_strdup_printf ("%.0f", sample->peers);
      texts[3] = edge_format_share (sample->share);
      texts[4] = g_strdup (edge_reason_describe (sample->reason));
    }

  for (guint column = 0; column < N_COLUMNS; column++)
    {
      gtk_label_set_label (GTK_LABEL (self->cells[row][column]),
                           texts[column] ? texts[column] : "");
      g_free (g_steal_pointer (&texts[column]));
    }
}

static void
update (EdgeHistoryTable *self)
{
  const EdgeHistorySample *samples;
  guint n_samples, step;

  if (self->history == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  samples = edge_history_get_samples (self->history, self->span, &n_samples);
  step = MAX (1, n_samples / ROWS);
  for (guint row = 0; row < ROWS; row++)
    set_row (self, row,
             row * step < n_samples ? &samples[n_samples - 1 - row * step] : NULL);
}

static void
set_history (EdgeHistoryTable *self,
             EdgeHistory      *history)
{
  if (self->history == history)
    return;

  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  if (history != NULL)
    g_signal_connect_swapped (history, "changed", G_CALLBACK (update), self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY]);
}

static void
edge_history_table_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeHistoryTable *self = EDGE_HISTORY_TABLE (object);

  switch ((EdgeHistoryTableProperty) property_id)
    {
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    case PROP_SPAN:
      g_value_set_uint (value, self->span);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_history_table_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeHistoryTable *self = EDGE_HISTORY_TABLE (object);

  switch ((EdgeHistoryTableProperty) property_id)
    {
    case PROP_HISTORY:
      set_history (self, g_value_get_object (value));
      break;
    case PROP_SPAN:
      if (self->span == g_value_get_uint (value))
        return;
      self->span = g_value_get_uint (value);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_history_table_dispose (GObject *object)
{
  set_history (EDGE_HISTORY_TABLE (object), NULL);

  G_OBJECT_CLASS (edge_history_table_parent_class)->dispose (object);
}

static void
edge_history_table_class_init (EdgeHistoryTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_history_table_dispose;
  object_class->get_property = edge_history_table_get_property;
  object_class->set_property = edge_history_table_set_property;

  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, EDGE_TYPE_HISTORY, flags);
  properties[PROP_SPAN] = g_param_spec_uint ("span", NULL, NULL, 0, EDGE_HISTORY_N_SPANS - 1,
                                             EDGE_HISTORY_TEN_MINUTES, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static GtkWidget *
add_cell (EdgeHistoryTable *self,
          const char       *text,
          guint             column,
          guint             row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column >= 1 && column <= 3 ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == N_COLUMNS - 1 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, column == N_COLUMNS - 1);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);

  return label;
}

static void
edge_history_table_init (EdgeHistoryTable *self)
{
  const char *titles[N_COLUMNS] = {
    _("Time"), _("Round trip"), _("Peers"), _("CPU allowed"), _("Why"),
  };

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 5);
  adw_bin_set_child (ADW_BIN (self), self->grid);

  for (guint column = 0; column < N_COLUMNS; column++)
    {
      gtk_widget_add_css_class (add_cell (self, titles[column], column, 0), "dim-label");
      for (guint row = 0; row < ROWS; row++)
        self->cells[row][column] = add_cell (self, NULL, column, row + 1);
    }

  g_signal_connect (self, "map", G_CALLBACK (update), NULL);
}
