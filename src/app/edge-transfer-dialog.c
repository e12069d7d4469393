/* edge-transfer-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-transfer-dialog.h"

#include "app/edge-book-words.h"
#include "app/edge-credits.h"
#include "app/edge-format.h"
#include "app/edge-seal.h"
#include "base/edge-base64.h"
#include "mesh/edge-peer.h"
#include "node/edge-books.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * EdgeTransferDialog:
 *
 * Asks whom to pay and how much, says what it costs and what is wrong, and asks once more.
 */

#define MAX_MEMO  256                /* bytes, as the ledger has it */
#define USUAL_FEE (EDGE_CREDIT / 1000) /* while the network's own is not known */

struct _EdgeTransferDialog
{
  AdwDialog     parent_instance;

  GtkWidget    *send_button;
  GtkWidget    *form_box;
  GtkWidget    *peer_row;
  GtkWidget    *key_row;
  GtkWidget    *seal;
  GtkWidget    *amount_row;
  GtkWidget    *memo_row;
  GtkWidget    *fee_label;
  GtkWidget    *left_label;
  GtkWidget    *fault_label;

  GObject      *books;
  GListModel   *peers;
  GCancellable *cancellable;
  GPtrArray    *keys; /* of the peers in the list, after the first row */
  char         *own_id;
  guint64       fee;
};

G_DEFINE_FINAL_TYPE (EdgeTransferDialog, edge_transfer_dialog, ADW_TYPE_DIALOG)

static guint64
get_free (EdgeTransferDialog *self)
{
  guint64 amount = 0;

  g_object_get (self->books, "free", &amount, NULL);
  return amount;
}

static char *
dup_key (EdgeTransferDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key_row))));
}

static void
show_fault (EdgeTransferDialog *self,
            const char         *fault)
{
  gboolean any = fault != NULL && *fault != '\0';

  if (any)
    gtk_label_set_label (GTK_LABEL (self->fault_label), fault);
  gtk_widget_set_visible (self->fault_label, any);
}

/* The first thing that is wrong; what was not typed yet is not held against anybody. */
static char *
dup_fault (EdgeTransferDialog *self,
           const char         *key,
           guint64            *amount,
           gboolean           *complete)
{
  const char *memo = gtk_editable_get_text (GTK_EDITABLE (self->memo_row));
  EdgeCreditsFault fault =
    edge_credits_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount_row)), amount);

  *complete = FALSE;
  if (*key != '\0' && !edge_base64url_is_key (key))
    return g_strdup (_("A key has 43 characters: letters, digits, - and _"));
  if (*key != '\0' && g_strcmp0 (key, self->own_id) == 0)
    return g_strdup (_("This is your own key"));
  if (fault != EDGE_CREDITS_FAULT_NONE && fault != EDGE_CREDITS_FAULT_EMPTY)
    return g_strdup (edge_credits_fault_describe (fault));
  if (*amount + self->fee > get_free (self) && *amount > 0)
    {
      g_autofree char *there = edge_credits_format_exact (get_free (self));

      return g_strdup_printf (_("You have %s credits available, and the fee is paid from them too"),
                              there);
    }
  if (strlen (memo) > MAX_MEMO)
    return g_strdup (_("The memo is too long: shorten it to 256 bytes"));

  *complete = *key != '\0' && *amount > 0;
  return NULL;
}

static void
changed_cb (EdgeTransferDialog *self)
{
  g_autofree char *key = dup_key (self);
  g_autofree char *fault = NULL;
  g_autofree char *left = NULL;
  guint64 amount;
  gboolean complete;

  if (self->books == NULL)
    return;

  fault = dup_fault (self, key, &amount, &complete);
  show_fault (self, fault);
  gtk_widget_set_sensitive (self->send_button, complete);
  gtk_widget_set_visible (self->seal, edge_base64url_is_key (key));
  if (edge_base64url_is_key (key))
    edge_seal_set_key (EDGE_SEAL (self->seal), key);
  left = edge_credits_format_exact (complete ? get_free (self) - amount - self->fee
                                             : EDGE_CREDITS_UNKNOWN);
  gtk_label_set_label (GTK_LABEL (self->left_label), left);
}

static void
peer_selected_cb (EdgeTransferDialog *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->peer_row));

  if (self->keys == NULL || selected == 0 || selected > self->keys->len)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->key_row), "");
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->key_row), self->keys->pdata[selected - 1]);
}

static void
cancel_cb (EdgeTransferDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(EdgeTransferDialog) self = user_data;
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
confirmed_cb (EdgeTransferDialog *self,
              const char         *response,
              AdwAlertDialog     *dialog)
{
  g_autofree char *key = dup_key (self);
  const char *memo = gtk_editable_get_text (GTK_EDITABLE (self->memo_row));
  guint64 amount;

  if (!g_str_equal (response, "send") || !EDGE_IS_BOOKS (self->books)
      || edge_credits_parse (gtk_editable_get_text (GTK_EDITABLE (self->amount_row)), &amount)
         != EDGE_CREDITS_FAULT_NONE)
    return;

  gtk_widget_set_sensitive (self->form_box, FALSE);
  gtk_widget_set_sensitive (self->send_button, FALSE);
  edge_books_transfer_async (EDGE_BOOKS (self->books), key, amount, *memo != '\0' ? memo : NULL,
                             self->cancellable, sent_cb, g_object_ref (self));
}

static void
continue_cb (EdgeTransferDialog *self)
{
  g_autofree char *key = dup_key (self);
  g_autofree char *fault = NULL;
  g_autofree char *name = NULL;
  g_autofree char *figure = NULL;
  g_autofree char *fee = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwDialog *dialog;
  guint64 amount;
  gboolean complete;

  fault = dup_fault (self, key, &amount, &complete);
  if (!complete)
    return;

  name = edge_book_dup_name (self->peers, self->own_id, key);
  figure = edge_credits_format_exact (amount);
  fee = edge_credits_format_exact (self->fee);
  /* Translators: an amount of credits and who gets it. */
  heading = g_strdup_printf (_("Send %s Credits to %s?"), figure, name);
  body = g_strdup_printf (_("To the key %s. The fee of %s comes on top. This can’t be taken back."),
                          key, fee);
  dialog = adw_alert_dialog_new (heading, body);
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), TRUE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"),
                                  "send", _("_Send"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "send",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  /* The keyboard comes back to where it was, and a field that can't be typed in by then, or is
   * gone, would go on blinking. */
  gtk_widget_grab_focus (self->send_button);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
edge_transfer_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (EDGE_TRANSFER_DIALOG (dialog)->cancellable);
}

static void
edge_transfer_dialog_dispose (GObject *object)
{
  EdgeTransferDialog *self = EDGE_TRANSFER_DIALOG (object);

  g_clear_object (&self->books);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_TRANSFER_DIALOG);
  g_clear_object (&self->peers);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->keys, g_ptr_array_unref);

  G_OBJECT_CLASS (edge_transfer_dialog_parent_class)->dispose (object);
}

static void
edge_transfer_dialog_finalize (GObject *object)
{
  g_clear_pointer (&EDGE_TRANSFER_DIALOG (object)->own_id, g_free);

  G_OBJECT_CLASS (edge_transfer_dialog_parent_class)->finalize (object);
}

static void
edge_transfer_dialog_class_init (EdgeTransferDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_transfer_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = edge_transfer_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = edge_transfer_dialog_closed;

  g_type_ensure (EDGE_TYPE_SEAL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-transfer-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeTransferDialog, child)
  BIND (send_button);
  BIND (form_box);
  BIND (peer_row);
  BIND (key_row);
  BIND (seal);
  BIND (amount_row);
  BIND (memo_row);
  BIND (fee_label);
  BIND (left_label);
  BIND (fault_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, peer_selected_cb);
}

static void
edge_transfer_dialog_init (EdgeTransferDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->seal, FALSE);
}

static void
fill_peers (EdgeTransferDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n = self->peers != NULL ? g_list_model_get_n_items (self->peers) : 0;

  self->keys = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, _("Somebody by key"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (self->peers, i);
      g_autofree char *name = NULL;

      if (edge_peer_get_state (peer) != EDGE_PEER_STATE_CONNECTED)
        continue;
      name = edge_format_peer_name (edge_peer_get_name (peer), edge_peer_get_id (peer));
      gtk_string_list_append (names, name);
      g_ptr_array_add (self->keys, g_strdup (edge_peer_get_id (peer)));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->peer_row), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->peer_row, self->keys->len > 0);
}

/**
 * edge_transfer_dialog_new:
 * @books: the ledger
 * @peers: (nullable): a list of [class@Peer] to choose from
 * @own_id: (nullable): our key
 *
 * Returns: (transfer floating): a dialog
 */
GtkWidget *
edge_transfer_dialog_new (GObject    *books,
                          GListModel *peers,
                          const char *own_id)
{
  EdgeTransferDialog *self = g_object_new (EDGE_TYPE_TRANSFER_DIALOG, NULL);
  EdgeLedger *ledger = EDGE_IS_BOOKS (books) ? edge_books_get_ledger (EDGE_BOOKS (books)) : NULL;
  const EdgeGenesis *genesis = ledger != NULL ? edge_ledger_get_genesis (ledger) : NULL;
  g_autofree char *text = NULL;

  g_set_object (&self->books, books);
  g_set_object (&self->peers, peers);
  g_set_str (&self->own_id, own_id);
  self->fee = genesis != NULL ? genesis->params[EDGE_GENESIS_FEE] : USUAL_FEE;
  text = edge_credits_format_exact (self->fee);
  gtk_label_set_label (GTK_LABEL (self->fee_label), text);
  fill_peers (self);
  return GTK_WIDGET (self);
}

/**
 * edge_transfer_dialog_fill:
 * @self: a dialog
 * @to: a key
 * @amount: nano-credits
 * @memo: (nullable): a memo
 *
 * Fills the form in; the person still has to look at it and to confirm.
 */
void
edge_transfer_dialog_fill (EdgeTransferDialog *self,
                           const char         *to,
                           guint64             amount,
                           const char         *memo)
{
  g_autofree char *figure = edge_credits_format_exact (amount);

  g_return_if_fail (EDGE_IS_TRANSFER_DIALOG (self));

  gtk_editable_set_text (GTK_EDITABLE (self->key_row), to);
  gtk_editable_set_text (GTK_EDITABLE (self->amount_row), figure);
  gtk_editable_set_text (GTK_EDITABLE (self->memo_row), memo != NULL ? memo : "");
}
