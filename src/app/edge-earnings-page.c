/* edge-earnings-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-earnings-page.h"

#include "app/edge-balance-bar.h"
#include "app/edge-book-export.h"
#include "app/edge-book-figures.h"
#include "app/edge-credits.h"
#include "app/edge-curve.h"
#include "app/edge-earned-plot.h"
#include "app/edge-format.h"
#include "app/edge-stake-dialog.h"
#include "app/edge-transfer-dialog.h"
#include "app/edge-unlock-row.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeEarningsPage:
 *
 * What we have and what it is bound to, what came in, and what the multiplier is.
 */

#define MOST_UNLOCKS  6
#define HISTORY_EVERY (10 * G_TIME_SPAN_SECOND)

/* What the rules begin with; those of the network once they are known. */
#define PAYOUT_LOCK   (60 * 60 * G_GUINT64_CONSTANT (1000))
#define UNSTAKE_DELAY (7 * 24 * PAYOUT_LOCK)

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

typedef enum
{
  PROP_NODE = 1,
  PROP_HISTORY,
  PROP_NARROW,
} EdgeEarningsPageProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (EdgeEarningsPage, edge_earnings_page, ADW_TYPE_NAVIGATION_PAGE)

static guint64
get_param (EdgeEarningsPage *self,
           EdgeGenesisParam  param,
           guint64           initial)
{
  EdgeLedger *ledger = EDGE_IS_BOOKS (self->books)
                       ? edge_books_get_ledger (EDGE_BOOKS (self->books)) : NULL;
  const EdgeGenesis *genesis = ledger != NULL ? edge_ledger_get_genesis (ledger) : NULL;

  return genesis != NULL ? genesis->params[param] : initial;
}

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

static void
update_history (EdgeEarningsPage *self)
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

static void
update (EdgeEarningsPage *self)
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
      update_history (self);
    }
}

static guint64
get_time (EdgeEarningsPage *self)
{
  guint64 time = 0;

  if (self->books != NULL)
    g_object_get (self->books, "time", &time, NULL);
  /* T stands still between events; what an event signed now would find is the clock. */
  return MAX (time, (guint64) (g_get_real_time () / 1000));
}

static void
unlocks_changed_cb (EdgeEarningsPage *self)
{
  guint n = self->unlocks != NULL ? g_list_model_get_n_items (self->unlocks) : 0;
  guint64 lock = get_param (self, EDGE_GENESIS_PAYOUT_LOCK, PAYOUT_LOCK);
  guint64 delay = get_param (self, EDGE_GENESIS_UNSTAKE_DELAY, UNSTAKE_DELAY);

  gtk_widget_set_visible (self->unlock_list, n > 0);
  gtk_widget_set_visible (self->unlock_empty, n == 0);
  gtk_list_box_remove_all (GTK_LIST_BOX (self->unlock_list));
  for (guint i = 0; i < MIN (n, MOST_UNLOCKS); i++)
    {
      g_autoptr(GObject) unlock = g_list_model_get_item (self->unlocks, i);

      gtk_list_box_append (GTK_LIST_BOX (self->unlock_list),
                           edge_unlock_row_new (unlock, get_time (self), lock, delay));
    }
  if (n > MOST_UNLOCKS)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more",
                                                         n - MOST_UNLOCKS), n - MOST_UNLOCKS);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      gtk_widget_set_sensitive (row, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (self->unlock_list), row);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeEarningsPage *self = user_data;
  guint n = self->unlocks != NULL ? g_list_model_get_n_items (self->unlocks) : 0;

  for (guint i = 0; i < MIN (n, MOST_UNLOCKS); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->unlock_list), (int) i);

      if (row != NULL)
        edge_unlock_row_update (GTK_WIDGET (row), get_time (self));
    }
  return G_SOURCE_CONTINUE;
}

static void
books_notify_cb (EdgeEarningsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
set_books (EdgeEarningsPage *self,
           GObject          *books)
{
  if (self->books == books)
    return;
  if (self->books != NULL)
    g_signal_handlers_disconnect_by_func (self->books, books_notify_cb, self);
  g_set_object (&self->books, books);
  g_clear_object (&self->unlocks);
  if (books != NULL)
    {
      g_object_get (books, "unlocks", &self->unlocks, NULL);
      g_signal_connect_object (books, "notify", G_CALLBACK (books_notify_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_group_set_target (self->unlock_signals, self->unlocks);
  adw_banner_set_revealed (ADW_BANNER (self->banner), FALSE);
  unlocks_changed_cb (self);
  update (self);
  update_history (self);
}

static void
node_notify_cb (EdgeEarningsPage *self,
                GParamSpec       *pspec,
                GObject          *node)
{
  g_autoptr(GObject) books = NULL;
  g_autoptr(GListModel) peers = NULL;
  g_autofree char *id = NULL;

  g_object_get (node, "books", &books, "peers", &peers, "id", &id,
                "n-connected", &self->n_connected, NULL);
  g_set_object (&self->peers, peers);
  g_set_str (&self->own_id, id);
  set_books (self, books);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
problem_cb (EdgeEarningsPage *self,
            const char       *code,
            const char       *message,
            const char       *remedy)
{
  g_autofree char *title = NULL;

  if (code == NULL || !g_str_has_prefix (code, "ledger"))
    return;

  title = g_strdup_printf ("%s %s", message, remedy != NULL ? remedy : "");
  adw_banner_set_title (ADW_BANNER (self->banner), title);
  adw_banner_set_revealed (ADW_BANNER (self->banner), TRUE);
}

static void
node_bind_cb (EdgeEarningsPage *self,
              GObject          *node,
              GSignalGroup     *group)
{
  if (g_signal_lookup ("problem", G_OBJECT_TYPE (node)) != 0)
    g_signal_connect_object (node, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  node_notify_cb (self, NULL, node);
}

static void
span_changed_cb (EdgeEarningsPage *self)
{
  guint active = adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->span_group));

  if (active > EDGE_EARNED_BY_MONTH || self->span == active)
    return;
  self->span = active;
  update_history (self);
}

static void
table_toggled_cb (EdgeEarningsPage *self)
{
  gboolean table = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->table_button));

  gtk_stack_set_visible_child (GTK_STACK (self->plot_stack),
                               table ? self->table_page : self->plot);
  update_history (self);
}

static void
transfer_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EdgeEarningsPage *self = user_data;
  GtkWidget *dialog = edge_transfer_dialog_new (self->books, self->peers, self->own_id,
                                                get_param (self, EDGE_GENESIS_FEE,
                                                           EDGE_CREDIT / 1000));

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
stake_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EdgeEarningsPage *self = user_data;
  GtkWidget *dialog = edge_stake_dialog_new (self->books,
                                             get_param (self, EDGE_GENESIS_STAKE, 50 * EDGE_CREDIT),
                                             get_param (self, EDGE_GENESIS_UNSTAKE_DELAY,
                                                        UNSTAKE_DELAY));

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeEarningsPage *self = user_data;

  if (EDGE_IS_BOOKS (self->books))
    edge_book_export (EDGE_BOOKS (self->books), GTK_WIDGET (self));
}

static const GActionEntry entries[] = {
  { "transfer", transfer_cb },
  { "stake", stake_cb },
  { "export", export_cb },
};

static void
set_narrow (EdgeEarningsPage *self,
            gboolean          narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
  int margin = narrow ? 12 : 24;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns_box), orientation);
  gtk_widget_set_margin_start (self->content_box, margin);
  gtk_widget_set_margin_end (self->content_box, margin);
  gtk_widget_set_size_request (self->side_box, narrow ? -1 : 284, -1);
}

static void
edge_earnings_page_map (GtkWidget *widget)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (widget);

  GTK_WIDGET_CLASS (edge_earnings_page_parent_class)->map (widget);

  update (self);
  update_history (self);
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

static void
edge_earnings_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&EDGE_EARNINGS_PAGE (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (edge_earnings_page_parent_class)->unmap (widget);
}

static void
edge_earnings_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  switch ((EdgeEarningsPageProperty) property_id)
    {
    case PROP_NODE:
      g_value_take_object (value, g_signal_group_dup_target (self->node_signals));
      break;
    case PROP_HISTORY:
      g_value_set_boxed (value, self->history);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_earnings_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  switch ((EdgeEarningsPageProperty) property_id)
    {
    case PROP_NODE:
      g_signal_group_set_target (self->node_signals, g_value_get_object (value));
      break;
    case PROP_HISTORY:
      g_clear_pointer (&self->history, g_array_unref);
      self->history = g_value_dup_boxed (value);
      update_history (self);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
edge_earnings_page_dispose (GObject *object)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->node_signals);
  g_clear_object (&self->unlock_signals);
  g_clear_object (&self->books);
  g_clear_object (&self->peers);
  g_clear_object (&self->unlocks);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_EARNINGS_PAGE);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (edge_earnings_page_parent_class)->dispose (object);
}

static void
edge_earnings_page_finalize (GObject *object)
{
  EdgeEarningsPage *self = EDGE_EARNINGS_PAGE (object);

  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->history, g_array_unref);

  G_OBJECT_CLASS (edge_earnings_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeEarningsPage, child)
  BIND (banner);
  BIND (content_box);
  BIND (head_box);
  BIND (balance_label);
  BIND (spinner);
  BIND (sentence);
  BIND (bar);
  BIND (free_label);
  BIND (free_note);
  BIND (locked_label);
  BIND (locked_note);
  BIND (escrowed_label);
  BIND (escrowed_note);
  BIND (staked_label);
  BIND (staked_note);
  BIND (columns_box);
  BIND (span_group);
  BIND (table_button);
  BIND (plot_stack);
  BIND (plot);
  BIND (table_page);
  BIND (table);
  BIND (multiplier_label);
  BIND (multiplier_sentence);
  BIND (curve);
  BIND (side_box);
  BIND (unlock_list);
  BIND (unlock_empty);
  BIND (today_label);
  BIND (earned_label);
  BIND (member_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
}

static void
edge_earnings_page_class_init (EdgeEarningsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_earnings_page_get_property;
  object_class->set_property = edge_earnings_page_set_property;
  object_class->dispose = edge_earnings_page_dispose;
  object_class->finalize = edge_earnings_page_finalize;
  widget_class->map = edge_earnings_page_map;
  widget_class->unmap = edge_earnings_page_unmap;

  /**
   * EdgeEarningsPage:node:
   *
   * An object with the properties of [class@Node].
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, G_TYPE_OBJECT, flags);
  /**
   * EdgeEarningsPage:history: (element-type guint64)
   *
   * What was earned, for books that can't be asked.
   */
  properties[PROP_HISTORY] = g_param_spec_boxed ("history", NULL, NULL, G_TYPE_ARRAY, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_BALANCE_BAR);
  g_type_ensure (EDGE_TYPE_CURVE);
  g_type_ensure (EDGE_TYPE_EARNED_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-earnings-page.ui");
  bind_template (widget_class);
}

static void
edge_earnings_page_init (EdgeEarningsPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "earnings", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (self->span_group), EDGE_EARNED_BY_DAY);

  self->unlock_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->unlock_signals, "items-changed",
                                  G_CALLBACK (unlocks_changed_cb), self);
  self->node_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->node_signals, "notify", G_CALLBACK (node_notify_cb), self);
  g_signal_connect_swapped (self->node_signals, "bind", G_CALLBACK (node_bind_cb), self);
  update (self);
}
