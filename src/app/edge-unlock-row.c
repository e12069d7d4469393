/* edge-unlock-row.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-unlock-row.h"

#include "app/edge-countdown-ring.h"
#include "app/edge-credits.h"
#include "app/edge-format.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* An amount that becomes free, in a list: how much, from what, in what time. */

typedef struct
{
  GtkWidget *ring;
  GtkWidget *label;
  guint64    time;
  guint64    length;
} Unlocking;

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("edge-unlocking");
}

/**
 * edge_unlock_row_update:
 * @row: made by [func@unlock_row_new]
 * @now: T of the ledger in ms
 */
void
edge_unlock_row_update (GtkWidget *row,
                        guint64    now)
{
  Unlocking *unlocking = g_object_get_qdata (G_OBJECT (row), get_quark ());
  gint64 left;
  g_autofree char *duration = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (unlocking != NULL);

  left = MAX (0, (gint64) (unlocking->time - now));
  duration = edge_format_duration (left);
  /* Translators: %s is a duration such as "4 min". */
  text = left > 0 ? g_strdup_printf (_("in %s"), duration) : g_strdup (_("now"));
  gtk_label_set_label (GTK_LABEL (unlocking->label), text);
  edge_countdown_ring_set_part (EDGE_COUNTDOWN_RING (unlocking->ring),
                                unlocking->length > 0
                                ? 1 - (double) left / (double) unlocking->length : 0);
}

/**
 * edge_unlock_row_new:
 * @unlock: an object with the properties of [class@Unlock]
 * @now: T of the ledger in ms
 * @payout_lock: for how long earnings are locked, in ms
 * @unstake_delay: for how long stake leaves, in ms
 *
 * Returns: (transfer floating): a row for a boxed list
 */
GtkWidget *
edge_unlock_row_new (gpointer unlock,
                     guint64  now,
                     guint64  payout_lock,
                     guint64  unstake_delay)
{
  GtkWidget *row = adw_action_row_new ();
  Unlocking *unlocking = g_new0 (Unlocking, 1);
  guint64 amount = 0;
  gboolean leaving = FALSE;
  g_autofree char *figure = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *title = NULL;

  g_object_get (unlock, "time", &unlocking->time, "amount", &amount, "leaving", &leaving, NULL);
  unlocking->length = leaving ? unstake_delay : payout_lock;
  unlocking->ring = edge_countdown_ring_new ();
  unlocking->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (unlocking->label, "dim-label");
  gtk_widget_add_css_class (unlocking->label, "numeric");

  figure = edge_credits_format (amount);
  exact = edge_format_exact_time ((gint64) unlocking->time);
  title = g_strdup_printf (_("%s credits"), figure);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), leaving ? _("out of your stake")
                                                             : _("earned"));
  gtk_widget_set_tooltip_text (row, exact);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), unlocking->ring);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), unlocking->label);
  g_object_set_qdata_full (G_OBJECT (row), get_quark (), unlocking, g_free);
  edge_unlock_row_update (row, now);
  return row;
}
