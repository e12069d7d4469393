/* edge-earnings-page-figures.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-earnings-page-private.h"

#include "app/edge-balance-bar.h"
#include "app/edge-book-figures.h"
#include "app/edge-credits.h"
#include "app/edge-curve.h"
#include "app/edge-earned-plot.h"
#include "app/edge-format.h"
#include "app/edge-network-words.h"
#include "node/edge-books.h"

#include <glib/gi18n.h>
#include <math.h>

/* The figures of the page. */

#define HISTORY_EVERY (10 * G_TIME_SPAN_SECOND)

static void
set_amount (GtkWidget *label,
            guint64    amount)
{
  g_autofree char *text = edge_credits_format (amount);
  g_autofree char *exact = edge_credits_format_exact (amount);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, amount != EDGE_CREDITS_UNKNOWN ? exact : NULL);
}

static char *
dup_sentence (EdgeEarningsPage      *self,
              const EdgeBookFigures *figures)
{
  if (self->books == NULL || !figures->ready)
    return g_strdup (_("Opening the ledger"));
  if (isfinite (figures->join_progress))
    {
      g_autofree char *share = edge_format_share (figures->join_progress);

      /* Translators: %s is how far that is, in per cent. */
      return g_strdup_printf (_("Proving to the network that your key took work to make: %s. "
                                "You can earn once that is done."), share);
    }
  if (!figures->joined)
    return g_strdup (_("Your key has no account in this network yet."));
  if (!figures->member && figures->max_bonus != 1)
    return edge_network_words_waiting (NULL);
  if (!edge_book_figures_is_in_step (figures))
    return g_strdup (_("As far as the ledger has caught up. Credits are not money."));
  if (self->n_connected == 0)
    return g_strdup (_("As of your last link to a peer. Credits are not money."));
  if (figures->max_bonus == 1)
    return g_strdup (_("In an open network payments never become final. Credits are not money."));

  return g_strdup (_("Credits buy work from the network. They are not money."));
}

static void
update_notes (EdgeEarningsPage      *self,
              const EdgeBookFigures *figures)
{
  g_autoptr(GObject) last = NULL;
  g_autofree char *locked = NULL;
  g_autofree char *staked = NULL;
  g_autofree char *leaving = edge_credits_format (figures->leaving);
  g_autofree char *welcome = edge_credits_format (figures->welcome);
  guint n = self->unlocks != NULL ? g_list_model_get_n_items (self->unlocks) : 0;
  guint64 end = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GObject) unlock = g_list_model_get_item (self->unlocks, i);
      gboolean is_leaving;
      guint64 time;

      g_object_get (unlock, "time", &time, "leaving", &is_leaving, NULL);
      if (!is_leaving)
        end = MAX (end, time);
    }
  if (figures->locked > 0 && end > 0)
    {
      g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) (end / 1000));
      g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
      g_autofree char *time = local != NULL ? g_date_time_format (local, "%H:%M") : NULL;

      /* Translators: %s is a time of the day. */
      locked = g_strdup_printf (_("all free by %s"), time != NULL ? time : EDGE_FORMAT_UNKNOWN);
    }

  if (figures->leaving > 0)
    staked = g_strdup_printf (_("%s of it leaving"), leaving);
  else if (figures->welcome > 0)
    staked = g_strdup_printf (_("%s of it always stays"), welcome);
  gtk_label_set_label (GTK_LABEL (self->locked_note), locked ? locked : _("of what you earn"));
  gtk_label_set_label (GTK_LABEL (self->staked_note), staked ? staked : _("stands for your word"));
  gtk_widget_set_tooltip_text (self->staked_note, staked);
}

static void
update_multiplier (EdgeEarningsPage      *self,
                   const EdgeBookFigures *figures)
{
  g_autofree char *value = edge_curve_format_value (figures->ready ? figures->multiplier : NAN);
  g_autofree char *title = NULL;
  gboolean curve = figures->ready && figures->max_bonus > 1;

  if (figures->ready && figures->max_bonus <= 1)
    {
      gtk_label_set_label (GTK_LABEL (self->multiplier_label), _("Multiplier: always ×1"));
      gtk_label_set_label (GTK_LABEL (self->multiplier_sentence),
                           _("An open network mints no bonus: credits come from presence alone, "
                             "and from others for work."));
    }
  else
    {
      /* Translators: %s is a multiplier such as ×6.96. */
      title = g_strdup_printf (_("Multiplier %s"), value);
      gtk_label_set_label (GTK_LABEL (self->multiplier_label), title);
      gtk_label_set_label (GTK_LABEL (self->multiplier_sentence),
                           _("Bonus on new work, by CPU-hours the whole network has given"));
    }
  gtk_widget_set_visible (self->curve, curve);
  if (curve)
    edge_curve_set_figures (EDGE_CURVE (self->curve), figures->multiplier, figures->cpu_hours,
                            figures->decay_cpu_hours, figures->max_bonus);
}

/* What being there brings is known when the day is over and two members were asked. */
static char *
dup_presence (const EdgeBookFigures *figures)
{
  g_autoptr(GDateTime) day = NULL;
  g_autofree char *date = NULL;

  if (figures->uptime_waiting > 0)
    return g_strdup_printf (ngettext ("%u day before waits for two members to confirm it",
                                      "%u days before wait for two members to confirm them",
                                      figures->uptime_waiting), figures->uptime_waiting);
  if (figures->uptime_day == 0)
    return g_strdup (_("paid the day after, for hours two members confirm"));
  day = g_date_time_new_from_unix_utc ((gint64) (figures->uptime_day / 1000));
  date = day != NULL ? g_date_time_format (day, _("%-e %b")) : NULL;
  /* Translators: %s is a day, such as 3 May. */
  return g_strdup_printf (_("last paid for %s"), date != NULL ? date : EDGE_FORMAT_UNKNOWN);
}

static void
update_presence (EdgeEarningsPage      *self,
                 const EdgeBookFigures *figures,
                 gboolean               known)
{
  g_autofree char *note = NULL;
  g_autofree char *hours = NULL;

  gtk_widget_set_visible (self->presence_row, known && figures->member);
  if (!known || !figures->member)
    return;
  note = dup_presence (figures);
  /* Translators: %u is a number of hours. */
  hours = g_strdup_printf (C_("presence", "%u h"), figures->uptime_hours);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->presence_row), note);
  gtk_label_set_label (GTK_LABEL (self->presence_label), hours);
}

static void
enable (EdgeEarningsPage *self,
        const char       *action,
        gboolean          enabled)
{
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), action)), enabled);
}

static void
fill_table (EdgeEarningsPage *self,
            GArray           *slots)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->table));
  for (guint i = slots->len; i-- > 0;)
    {
      const EdgeEarnedSlot *slot = &g_array_index (slots, EdgeEarnedSlot, i);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      g_autofree char *when = edge_earned_slot_label (self->span, slot, i + 1 == slots->len);
      g_autofree char *amount = edge_credits_format (slot->amount);
      GtkWidget *when_label = gtk_label_new (when);
      GtkWidget *amount_label = gtk_label_new (amount);

      gtk_label_set_xalign (GTK_LABEL (when_label), 0);
      gtk_widget_set_hexpand (when_label, TRUE);
      gtk_widget_add_css_class (when_label, "numeric");
      gtk_widget_add_css_class (amount_label, "numeric");
      gtk_box_append (GTK_BOX (box), when_label);
      gtk_box_append (GTK_BOX (box), amount_label);
      gtk_list_box_append (GTK_LIST_BOX (self->table), box);
    }
}

void
_edge_earnings_page_update_history (EdgeEarningsPage *self)
{
  g_autoptr(GArray) raw = NULL;
  g_autoptr(GArray) slots = NULL;

  if (EDGE_IS_BOOKS (self->books))
    raw = edge_books_dup_history (EDGE_BOOKS (self->books), edge_earned_span_slot_ms (self->span),
                                  edge_earned_span_n_raw (self->span));
  else if (self->history != NULL)
    raw = g_array_ref (self->history);
  else
    raw = g_array_new (FALSE, TRUE, sizeof (guint64));

  self->history_read = g_get_monotonic_time ();
  slots = edge_earned_slots (self->span, (const guint64 *) (gpointer) raw->data, raw->len,
                             g_get_real_time () / 1000);
  edge_earned_plot_set_slots (EDGE_EARNED_PLOT (self->plot), self->span, slots);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->table_button)))
    fill_table (self, slots);
}

void
_edge_earnings_page_update (EdgeEarningsPage *self)
{
  EdgeBookFigures figures;
  gboolean ready = edge_book_figures_read (&figures, self->books);
  gboolean known = ready && figures.joined;
  g_autofree char *sentence = dup_sentence (self, &figures);
  g_autofree char *today = NULL;
  guint64 parts[EDGE_BALANCE_N_PARTS] = { 0 };

  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  gtk_widget_set_visible (self->spinner, !ready || isfinite (figures.join_progress));
  set_amount (self->balance_label, known ? figures.free : EDGE_CREDITS_UNKNOWN);
  set_amount (self->free_label, known ? figures.free : EDGE_CREDITS_UNKNOWN);
  set_amount (self->locked_label, known ? figures.locked : EDGE_CREDITS_UNKNOWN);
  set_amount (self->escrowed_label, known ? figures.escrowed : EDGE_CREDITS_UNKNOWN);
  set_amount (self->staked_label,
              known ? edge_book_figures_get_staked (&figures) : EDGE_CREDITS_UNKNOWN);
  set_amount (self->earned_label, known ? figures.earned : EDGE_CREDITS_UNKNOWN);
  today = edge_credits_format (known ? figures.earned_today : EDGE_CREDITS_UNKNOWN);
  if (known && figures.earned_today > 0)
    {
      g_autofree char *gain = g_strdup_printf ("\u200e+%s", today);

      gtk_label_set_label (GTK_LABEL (self->today_label), gain);
    }
  else
    {
      gtk_label_set_label (GTK_LABEL (self->today_label), today);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->member_row),
                                 !known ? _("No account yet") : figures.member ? _("Member")
                                                                              : _("Not a member"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->member_row),
                               !known ? _("made while you join")
                               : figures.member ? _("earns for presence and a bonus on work")
                               : _("earns what others pay; a member can vouch for you"));

  update_presence (self, &figures, known);
  if (known)
    {
      parts[EDGE_BALANCE_AVAILABLE] = figures.free;
      parts[EDGE_BALANCE_LOCKED] = figures.locked;
      parts[EDGE_BALANCE_ESCROWED] = figures.escrowed;
      parts[EDGE_BALANCE_STAKED] = edge_book_figures_get_staked (&figures);
    }
  edge_balance_bar_set_amounts (EDGE_BALANCE_BAR (self->bar), parts);
  update_notes (self, &figures);
  update_multiplier (self, &figures);
  enable (self, "transfer", known);
  enable (self, "stake", known);
  enable (self, "export", known);
  if (self->earned != figures.earned
      && g_get_monotonic_time () - self->history_read > HISTORY_EVERY)
    {
      self->earned = figures.earned;
      _edge_earnings_page_update_history (self);
    }
}
