/* edge-validators-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-validators-dialog.h"

#include "app/edge-book-words.h"
#include "app/edge-network-words.h"
#include "app/edge-seal.h"
#include "identity/edge-words.h"
#include "ledger/edge-ledger-members.h"
#include "node/edge-books.h"

#include <glib/gi18n.h>

/**
 * EdgeValidatorsDialog:
 *
 * A validator chooses who shall close the book from now on, and sees what that means and who
 * must agree before it is proposed.
 */

#define SEAL_SIZE   32
#define SHOWN_WORDS 4

/* Members that are listed; others can be named by their keys. */
#define MAX_MEMBERS 100

struct _EdgeValidatorsDialog
{
  AdwDialog     parent_instance;

  GtkWidget    *propose_button;
  GtkWidget    *form_box;
  GtkWidget    *list;
  GtkWidget    *key_row;
  GtkWidget    *fault_label;
  GtkWidget    *meaning_label;

  EdgeNode     *node;
  EdgeBooks    *books;
  GCancellable *cancellable;
};

/*
 * EdgeValidatorsDialog::proposed:
 *
 * It is signed, and others can answer.
 */
static guint proposed_signal;

G_DEFINE_FINAL_TYPE (EdgeValidatorsDialog, edge_validators_dialog, ADW_TYPE_DIALOG)

/* What is chosen, against what is so today. */
typedef struct
{
  GStrv    keys;
  char    *added;
  char    *removed;
  guint    n_keys;
  guint    n_today;
  gboolean here;
  gboolean leaves;
} Choice;

static void
choice_clear (Choice *choice)
{
  g_clear_pointer (&choice->keys, g_strfreev);
  g_clear_pointer (&choice->added, g_free);
  g_clear_pointer (&choice->removed, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

static const char *
get_key (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "edge-key");
}

static void
add_name (GString    *names,
          const char *name)
{
  if (names->len > 0)
    /* Translators: between names in a list. */
    g_string_append (names, _(", "));
  g_string_append (names, name);
}

static void
read_choice (EdgeValidatorsDialog *self,
             Choice               *choice)
{
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();
  GString *added = g_string_new (NULL);
  GString *removed = g_string_new (NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      gboolean chosen = adw_switch_row_get_active (ADW_SWITCH_ROW (row));
      gboolean today = g_object_get_data (G_OBJECT (row), "edge-validator") != NULL;
      gboolean own = g_strcmp0 (get_key (row), edge_node_get_id (self->node)) == 0;
      const char *name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

      choice->n_today += today;
      choice->n_keys += chosen;
      choice->here |= own && chosen;
      choice->leaves |= own && today && !chosen;
      if (chosen)
        g_strv_builder_add (keys, get_key (row));
      if (chosen && !today)
        add_name (added, name);
      if (today && !chosen)
        add_name (removed, name);
    }
  choice->keys = g_strv_builder_end (keys);
  choice->added = g_string_free_and_steal (added);
  choice->removed = g_string_free_and_steal (removed);
}

static void
show_fault (EdgeValidatorsDialog *self,
            const char           *fault)
{
  if (fault != NULL)
    gtk_label_set_label (GTK_LABEL (self->fault_label), fault);
  gtk_widget_set_visible (self->fault_label, fault != NULL);
}

static char *
dup_meaning (const Choice *choice)
{
  g_autofree char *change = edge_network_words_ballot (choice->added, choice->removed);
  g_autofree char *deciding = edge_network_words_deciding (choice->n_today, choice->leaves);
  g_autofree char *after = edge_network_words_choice (choice->n_keys, choice->here);

  return g_strjoin ("\n\n", change, deciding, after, NULL);
}

static void
update (EdgeValidatorsDialog *self)
{
  g_auto(Choice) choice = { 0 };
  g_autofree char *meaning = NULL;
  gboolean changes;

  read_choice (self, &choice);
  changes = *choice.added != '\0' || *choice.removed != '\0';
  gtk_widget_set_sensitive (self->propose_button, changes && choice.n_keys > 0 &&
                            choice.n_keys <= EDGE_GENESIS_MAX_VALIDATORS);
  if (choice.n_keys > EDGE_GENESIS_MAX_VALIDATORS)
    show_fault (self, _("A network has at most 15 validators"));
  else
    show_fault (self, choice.n_keys == 0 && choice.n_today > 0 ? _("A network needs a validator") : NULL);

  if (changes && choice.n_keys > 0)
    meaning = dup_meaning (&choice);
  gtk_label_set_label (GTK_LABEL (self->meaning_label), meaning != NULL ? meaning : "");
  gtk_widget_set_visible (self->meaning_label, meaning != NULL);
}

static char *
dup_words (const char *key)
{
  g_auto(GStrv) words = edge_words_for_key (key);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) first = NULL;

  for (guint i = 0; words != NULL && words[i] != NULL && i < SHOWN_WORDS; i++)
    g_strv_builder_add (builder, words[i]);
  first = g_strv_builder_end (builder);
  return g_strjoinv (" ", first);
}

static GtkWidget *
add_row (EdgeValidatorsDialog *self,
         const char           *key,
         gboolean              validator)
{
  GtkWidget *row = adw_switch_row_new ();
  GtkWidget *seal = edge_seal_new (key, SEAL_SIZE);
  g_autoptr(GListModel) peers = NULL;
  g_autofree char *name = NULL;
  g_autofree char *words = dup_words (key);
  g_autofree char *subtitle = NULL;

  g_object_get (self->node, "peers", &peers, NULL);
  name = edge_book_dup_name (peers, edge_node_get_id (self->node), key);
  if (validator)
    /* Translators: the words of somebody's key, who is a validator. */
    subtitle = g_strdup_printf (_("Closes the book today · %s …"), words);
  else
    /* Translators: the words of somebody's key. */
    subtitle = g_strdup_printf (_("%s …"), words);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (row, key);
  gtk_widget_set_valign (seal, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), seal);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), validator);
  g_object_set_data_full (G_OBJECT (row), "edge-key", g_strdup (key), g_free);
  g_object_set_data (G_OBJECT (row), "edge-validator", GINT_TO_POINTER (validator));
  g_signal_connect_object (row, "notify::active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeValidatorsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) members = edge_books_list_members_finish (EDGE_BOOKS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (members == NULL)
    {
      show_fault (self, error->message);
      return;
    }
  for (guint i = 0; i < members->len; i++)
    {
      const EdgeLedgerMember *member = &g_array_index (members, EdgeLedgerMember, i);
      g_autofree char *key = edge_id_to_text (&member->key);

      add_row (self, key, member->validator);
    }
  gtk_widget_set_visible (self->list, members->len > 0);
  update (self);
}

/* Whether the key belongs to a member is for the ledger to say, when it is proposed. */
static void
key_applied_cb (EdgeValidatorsDialog *self)
{
  g_autofree char *key = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key_row))));
  GtkWidget *row = gtk_widget_get_first_child (self->list);
  EdgeId id;

  if (!edge_id_parse (&id, key, -1))
    {
      show_fault (self, _("A key is 43 letters, digits, - and _"));
      return;
    }
  while (row != NULL && !g_str_equal (get_key (row), key))
    row = gtk_widget_get_next_sibling (row);
  if (row == NULL)
    row = add_row (self, key, FALSE);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->key_row), "");
}

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(EdgeValidatorsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->form_box, TRUE);
  if (id == NULL)
    {
      update (self);
      show_fault (self, error->message);
      return;
    }
  g_signal_emit (self, proposed_signal, 0);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
asked_cb (AdwAlertDialog       *alert,
          const char           *response,
          EdgeValidatorsDialog *self)
{
  g_auto(Choice) choice = { 0 };

  if (!g_str_equal (response, "propose"))
    return;
  read_choice (self, &choice);
  gtk_widget_set_sensitive (self->form_box, FALSE);
  gtk_widget_set_sensitive (self->propose_button, FALSE);
  edge_books_propose_validators_async (self->books, (const char * const *) choice.keys,
                                       self->cancellable, proposed_cb, g_object_ref (self));
}

static void
propose_cb (EdgeValidatorsDialog *self)
{
  g_auto(Choice) choice = { 0 };
  g_autofree char *meaning = NULL;
  AdwDialog *alert;

  /* Where the keyboard comes back to: a field of text that is insensitive by then would go on
   * blinking. */
  gtk_widget_grab_focus (self->propose_button);
  read_choice (self, &choice);
  meaning = dup_meaning (&choice);
  alert = adw_alert_dialog_new (_("Propose This?"), meaning);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert),
                                  "cancel", _("_Cancel"),
                                  "propose", _("_Propose"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "propose",
                                            choice.leaves ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (asked_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static void
cancel_cb (EdgeValidatorsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
edge_validators_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (EDGE_VALIDATORS_DIALOG (dialog)->cancellable);
}

static void
edge_validators_dialog_dispose (GObject *object)
{
  EdgeValidatorsDialog *self = EDGE_VALIDATORS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_VALIDATORS_DIALOG);
  g_clear_object (&self->node);
  g_clear_object (&self->books);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (edge_validators_dialog_parent_class)->dispose (object);
}

static void
edge_validators_dialog_class_init (EdgeValidatorsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_validators_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = edge_validators_dialog_closed;

  proposed_signal = g_signal_new ("proposed", EDGE_TYPE_VALIDATORS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-validators-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeValidatorsDialog, child)
  BIND (propose_button);
  BIND (form_box);
  BIND (list);
  BIND (key_row);
  BIND (fault_label);
  BIND (meaning_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, propose_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_applied_cb);
}

static void
edge_validators_dialog_init (EdgeValidatorsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_validators_dialog_new:
 * @node: a node that is in a network with a ledger
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
edge_validators_dialog_new (EdgeNode *node)
{
  EdgeValidatorsDialog *self = g_object_new (EDGE_TYPE_VALIDATORS_DIALOG, NULL);

  self->node = g_object_ref (node);
  self->books = g_object_ref (edge_node_get_books (node));
  update (self);
  gtk_widget_set_visible (self->list, FALSE);
  edge_books_list_members_async (self->books, MAX_MEMBERS, self->cancellable, listed_cb,
                                 g_object_ref (self));
  return ADW_DIALOG (self);
}
