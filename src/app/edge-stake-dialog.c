/* edge-stake-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-stake-dialog.h"

#include "app/edge-credits.h"
#include "app/edge-format.h"
#include "node/edge-books.h"

#include <glib/gi18n.h>

/**
 * EdgeStakeDialog:
 *
 * Puts credits into the stake or takes them out, and says what either means.
 */

struct _EdgeStakeDialog
{
  AdwDialog     parent_instance;

  GtkWidget    *do_button;
  GtkWidget    *form_box;
  GtkWidget    *direction_group;
  GtkWidget    *stake_label;
  GtkWidget    *free_label;
  GtkWidget    *amount_row;
  GtkWidget    *fault_label;
  GtkWidget    *note_label;

  GObject      *books;
  GCancellable *cancellable;
  guint64       least_stake;
  guint64       unstake_delay;
};

G_DEFINE_FINAL_TYPE (EdgeStakeDialog, edge_stake_dialog, ADW_TYPE_DIALOG)

static gboolean
takes_out (EdgeStakeDialog *self)
{
  return adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->direction_group)) == 1;
}

static void
show_fault (EdgeStakeDialog *self,
            const char      *fault)
{
  gboolean any = fault != NULL && *fault != '\0';

  if (any)
    gtk_label_set_label (GTK_LABEL (self->fault_label), fault);
  gtk_widget_set_visible (self->fault_label, any);
}

static void
changed_cb (EdgeStakeDialog *self)
{
  EdgeCreditsFault fault;
  g_autofree char *note = NULL;
  g_autofree char *free_text = NULL;
  g_autofree char *stake_text = NULL;
  guint64 amount, there, free_amount, own_stake;

  if (self->books == NULL)
    return;

  g_object_get (self->books, "free", &free_amount, "own-stake", &own_stake, NULL);
  free_text = edge_credits_format_exact (free_amount);
  stake_text = edge_credits_format_exact (own_stake);
  gtk_label_set_label (GTK_LABEL (self->free_label), free_text);
  gtk_label_set_label (GTK_LABEL (self->stake_label), stake_text);
  there = takes_out (self) ? own_stake : free_amount;
  fault = edge_credits_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount_row)), &amount);
  if (fault == EDGE_CREDITS_FAULT_NONE && amount > there)
    show_fault (self, takes_out (self) ? _("Your own stake is less than that")
                                       : _("You have less than that available"));
  else
    show_fault (self, edge_credits_fault_describe (fault));
  gtk_widget_set_sensitive (self->do_button,
                            fault == EDGE_CREDITS_FAULT_NONE && amount <= there);

  if (takes_out (self))
    {
      g_autofree char *delay = edge_format_duration ((gint64) self->unstake_delay);

      gtk_button_set_label (GTK_BUTTON (self->do_button), _("_Take Out"));
      note = g_strdup_printf (_("Free after %s. Until then it can still be lost, and does not "
                                "count for less."), delay);
    }
  else
    {
      g_autofree char *least = edge_credits_format (self->least_stake);

      gtk_button_set_label (GTK_BUTTON (self->do_button), _("_Put In"));
      note = g_strdup_printf (_("With a stake of %s or more, paid work earns the bonus. "
                                "A part of it burns if you sign two events at one place, or "
                                "deliver a result that is proved wrong."), least);
    }
  gtk_label_set_label (GTK_LABEL (self->note_label), note);
}

static void
cancel_cb (EdgeStakeDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(EdgeStakeDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (self->form_box, TRUE);
  if (id == NULL)
    {
      changed_cb (self);
      show_fault (self, error->message);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s",
                              _("Signed and handed on. It shows as pending until others build on it."));
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
do_cb (EdgeStakeDialog *self)
{
  guint64 amount;

  if (!EDGE_IS_BOOKS (self->books)
      || edge_credits_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount_row)), &amount)
         != EDGE_CREDITS_FAULT_NONE)
    return;

  /* A field that loses the keyboard by becoming insensitive would go on blinking. */
  gtk_widget_grab_focus (self->do_button);
  gtk_widget_set_sensitive (self->form_box, FALSE);
  gtk_widget_set_sensitive (self->do_button, FALSE);
  if (takes_out (self))
    edge_books_unstake_async (EDGE_BOOKS (self->books), amount, self->cancellable, done_cb,
                              g_object_ref (self));
  else
    edge_books_stake_async (EDGE_BOOKS (self->books), amount, self->cancellable, done_cb,
                            g_object_ref (self));
}

static void
edge_stake_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (EDGE_STAKE_DIALOG (dialog)->cancellable);
}

static void
edge_stake_dialog_dispose (GObject *object)
{
  EdgeStakeDialog *self = EDGE_STAKE_DIALOG (object);

  g_clear_object (&self->books);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_STAKE_DIALOG);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (edge_stake_dialog_parent_class)->dispose (object);
}

static void
edge_stake_dialog_class_init (EdgeStakeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_stake_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = edge_stake_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-stake-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeStakeDialog, child)
  BIND (do_button);
  BIND (form_box);
  BIND (direction_group);
  BIND (stake_label);
  BIND (free_label);
  BIND (amount_row);
  BIND (fault_label);
  BIND (note_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, do_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
edge_stake_dialog_init (EdgeStakeDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_stake_dialog_new:
 * @books: the ledger
 * @least_stake: from which on work earns a bonus, nano-credits
 * @unstake_delay: for how long stake leaves, in ms
 *
 * Returns: (transfer floating): a dialog
 */
GtkWidget *
edge_stake_dialog_new (GObject *books,
                       guint64  least_stake,
                       guint64  unstake_delay)
{
  EdgeStakeDialog *self = g_object_new (EDGE_TYPE_STAKE_DIALOG, NULL);

  self->least_stake = least_stake;
  self->unstake_delay = unstake_delay;
  g_set_object (&self->books, books);
  changed_cb (self);
  return GTK_WIDGET (self);
}
