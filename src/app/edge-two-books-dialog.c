/* edge-two-books-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-two-books-dialog.h"

#include "app/edge-book-words.h"
#include "ledger/edge-note.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* Two different closed books, side by side: what each says and who signed it. What they are
 * made of was checked before it was kept. */

/**
 * edge_two_books_dup:
 * @books: (nullable): an object with the properties of [class@Books]
 *
 * Returns: (transfer full) (nullable): both books as JSON, %NULL as it should be
 */
char *
edge_two_books_dup (GObject *books)
{
  char *json = NULL;

  if (books != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (books), "two-books") != NULL)
    g_object_get (books, "two-books", &json, NULL);
  return json;
}

static JsonObject *
read_object (const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/**
 * edge_two_books_describe:
 * @json: as edge_two_books_dup() gives it
 *
 * Returns: (transfer full) (nullable): what happened and what follows, in two sentences
 */
char *
edge_two_books_describe (const char *json)
{
  g_autoptr(JsonObject) object = read_object (json);
  gint64 n;

  if (object == NULL)
    return NULL;
  n = json_object_get_int_member_with_default (object, "n", 0);
  if (g_strcmp0 (json_object_get_string_member_with_default (object, "why", NULL), "state") == 0)
    return g_strdup_printf (_("Checkpoint %" PRIi64 " says other balances than its events give. "
                              "Nothing becomes final any more; what was first stays."), n);
  return g_strdup_printf (_("Validators closed two different books at checkpoint %" PRIi64 ". "
                            "Nothing becomes final any more; what was first stays."), n);
}

static void
add_row (GtkWidget  *group,
         const char *title,
         const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* Who said so, each once. */
static char *
dup_signers (JsonArray  *notes,
             GListModel *peers,
             const char *own_id)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    {
      JsonNode *node = json_array_get_element (notes, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autoptr(EdgeNote) note = text != NULL ? edge_note_read (text, strlen (text), NULL) : NULL;
      g_autofree char *key = note != NULL ? edge_id_to_text (&note->signer) : NULL;
      char *name;

      if (key == NULL)
        continue;
      name = edge_book_dup_name (peers, own_id, key);
      if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_free (name);
      else
        g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
add_side (AdwPreferencesPage *page,
          JsonObject         *object,
          const char         *member,
          const char         *title,
          GListModel         *peers,
          const char         *own_id)
{
  GtkWidget *group = adw_preferences_group_new ();
  JsonObject *side = NULL;
  JsonObject *checkpoint = NULL;
  JsonArray *notes = NULL;
  g_autofree char *signers = NULL;

  if (!json_object_has_member (object, member))
    return;
  side = json_object_get_object_member (object, member);
  if (side == NULL)
    return;
  if (json_object_has_member (side, "checkpoint"))
    checkpoint = json_object_get_object_member (side, "checkpoint");
  if (json_object_has_member (side, "notes"))
    notes = json_object_get_array_member (side, "notes");

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  if (checkpoint != NULL)
    {
      g_autofree char *count =
        g_strdup_printf ("%'" PRIi64, json_object_get_int_member_with_default (checkpoint, "count", 0));

      add_row (group, _("Events in it"), count);
      add_row (group, _("State of all accounts after it"),
               json_object_get_string_member_with_default (checkpoint, "state", ""));
    }
  signers = dup_signers (notes, peers, own_id);
  add_row (group, _("Signed by"), *signers != '\0' ? signers : _("nobody: this computer worked it out"));
}

static void
copy_cb (GtkWidget *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                          g_object_get_data (G_OBJECT (button), "edge-text"));
}

/**
 * edge_two_books_dialog_new:
 * @json: as edge_two_books_dup() gives it
 * @peers: (nullable): a list of [class@Peer], for names
 * @own_id: (nullable): our key
 *
 * Returns: (transfer floating): a dialog that shows both books
 */
AdwDialog *
edge_two_books_dialog_new (const char *json,
                           GListModel *peers,
                           const char *own_id)
{
  g_autoptr(JsonObject) object = read_object (json);
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *description = edge_two_books_describe (json);

  adw_dialog_set_title (dialog, _("Two Books"));
  adw_dialog_set_content_width (dialog, 520);
  gtk_widget_set_tooltip_text (copy, _("Copy Both as Proof"));
  g_object_set_data_full (G_OBJECT (copy), "edge-text", g_strdup (json), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), NULL);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (dialog, view);

  adw_preferences_page_set_description (ADW_PREFERENCES_PAGE (page),
                                        description != NULL ? description : "");
  if (object != NULL)
    {
      add_side (ADW_PREFERENCES_PAGE (page), object, "ours", _("The Book You Keep"), peers, own_id);
      add_side (ADW_PREFERENCES_PAGE (page), object, "theirs", _("The Book That Contradicts It"), peers,
                own_id);
    }
  return dialog;
}
