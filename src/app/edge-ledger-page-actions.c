/* edge-ledger-page-actions.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-ledger-page-private.h"

#include "app/edge-book-export.h"
#include "app/edge-two-books-dialog.h"
#include "app/edge-verify-dialog.h"
#include "node/edge-books.h"

#include <glib/gi18n.h>

/* What can be done with the ledger as a whole. */

static void
verify_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeLedgerPage *self = user_data;

  if (EDGE_IS_BOOKS (self->books))
    edge_verify_dialog_present (EDGE_BOOKS (self->books), GTK_WIDGET (self));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeLedgerPage *self = user_data;

  if (EDGE_IS_BOOKS (self->books))
    edge_book_export (EDGE_BOOKS (self->books), GTK_WIDGET (self));
}

static void
two_books_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  EdgeLedgerPage *self = user_data;
  g_autofree char *json = edge_two_books_dup (self->books);

  if (json != NULL)
    adw_dialog_present (edge_two_books_dialog_new (json, self->peers, self->own_id),
                        GTK_WIDGET (self));
}

static const GActionEntry entries[] = {
  { "verify", verify_cb },
  { "export", export_cb },
  { "two-books", two_books_cb },
};

void
_edge_ledger_page_add_actions (EdgeLedgerPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "ledger", G_ACTION_GROUP (self->actions));
}

/* Two different closed books are the worst that can be told of a ledger: it stays in sight. */
void
_edge_ledger_page_update_two_books (EdgeLedgerPage *self)
{
  g_autofree char *json = edge_two_books_dup (self->books);
  g_autofree char *title = json != NULL ? edge_two_books_describe (json) : NULL;

  if (title == NULL)
    return;
  adw_banner_set_title (ADW_BANNER (self->banner), title);
  adw_banner_set_button_label (ADW_BANNER (self->banner), _("_Show Both"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), "ledger.two-books");
  adw_banner_set_revealed (ADW_BANNER (self->banner), TRUE);
}
