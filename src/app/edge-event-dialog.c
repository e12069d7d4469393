/* edge-event-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-event-dialog.h"

#include "app/edge-book-words.h"
#include "app/edge-event-sign.h"
#include "app/edge-event-steps.h"
#include "app/edge-event-text.h"
#include "app/edge-format.h"
#include "app/edge-seal.h"
#include "app/edge-toast.h"
#include "app/edge-transfer-dialog.h"
#include "node/edge-books.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/**
 * EdgeEventDialog:
 *
 * All of an event: what it says, what it builds on, what builds on it, and the text that was signed.
 * Leads on to the events around it.
 */

/* Those that build on an event may be many in a list that is forged to be so. */
#define MOST_CHILDREN 20

struct _EdgeEventDialog
{
  AdwDialog   parent_instance;

  GtkWidget  *toasts;
  GtkWidget  *navigation;

  GObject    *books;
  GListModel *peers;
  char       *own_id;
};

G_DEFINE_FINAL_TYPE (EdgeEventDialog, edge_event_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
add_group (AdwPreferencesPage *page,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return group;
}

static GtkWidget *
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
  return row;
}

static void
copy_cb (EdgeEventDialog *self,
         GtkWidget       *button)
{
  const char *text = g_object_get_data (G_OBJECT (button), "edge-text");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), edge_toast_new (_("Copied")));
}

static GtkWidget *
make_copy_button (EdgeEventDialog *self,
                  const char      *text,
                  const char      *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "edge-text", g_strdup (text), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GListModel *
dup_entries (EdgeEventDialog *self)
{
  GListModel *entries = NULL;

  if (self->books != NULL)
    g_object_get (self->books, "entries", &entries, NULL);
  return entries;
}

static char *
dup_jws (EdgeEventDialog *self,
         const char      *id)
{
  EdgeId event;

  if (!EDGE_IS_BOOKS (self->books) || !edge_id_parse (&event, id, -1))
    return NULL;

  return edge_ledger_dup_event (edge_books_get_ledger (EDGE_BOOKS (self->books)), &event);
}

static void
open_cb (EdgeEventDialog *self,
         GtkWidget       *row)
{
  GObject *entry = g_object_get_data (G_OBJECT (row), "edge-entry");

  edge_event_dialog_show_entry (self, entry);
}

static void
add_entry_row (EdgeEventDialog *self,
               GtkWidget       *group,
               GObject         *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto(EdgeBookInfo) info = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  edge_book_info_read (&info, entry);
  name = edge_book_dup_name (self->peers, self->own_id, info.author);
  text = edge_book_info_dup_text (&info, self->peers, self->own_id);
  /* Translators: the type of an event and who signed it. */
  title = g_strdup_printf (_("%s by %s"), edge_book_type_describe (info.type), name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), edge_event_sign_new (info.state, info.mine));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "edge-entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* What an event builds on; those that are not in the list any more by their id alone. */
static void
add_parents (EdgeEventDialog    *self,
             AdwPreferencesPage *page,
             const EdgeBookInfo *info,
             GListModel         *entries)
{
  GtkWidget *group = NULL;
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;

  for (guint k = 0; info->parents != NULL && info->parents[k] != NULL; k++)
    {
      gboolean found = FALSE;

      if (group == NULL)
        group = add_group (page, _("Builds On"));
      for (guint i = 0; i < n && !found; i++)
        {
          g_autoptr(GObject) entry = g_list_model_get_item (entries, i);
          g_autofree char *id = NULL;

          g_object_get (entry, "id", &id, NULL);
          found = g_strcmp0 (id, info->parents[k]) == 0;
          if (found)
            add_entry_row (self, group, entry);
        }
      if (!found)
        add_row (group, _("An earlier event"), info->parents[k]);
    }
}

static void
add_children (EdgeEventDialog    *self,
              AdwPreferencesPage *page,
              const EdgeBookInfo *info,
              GListModel         *entries)
{
  GtkWidget *group = add_group (page, _("Members That Built on It"));
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;
  g_autofree char *text = NULL;
  guint found = 0;

  for (guint i = 0; i < n && found < MOST_CHILDREN; i++)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (entries, i);
      g_auto(GStrv) parents = NULL;

      g_object_get (entry, "parents", &parents, NULL);
      if (parents == NULL || !g_strv_contains ((const char *const *) parents, info->id))
        continue;
      found++;
      add_entry_row (self, group, entry);
    }

  if (info->state == EDGE_BOOK_STATE_OFF || info->state == EDGE_BOOK_STATE_VOID)
    text = g_strdup (_("It has no effect, whoever builds on it."));
  else if (info->state == EDGE_BOOK_STATE_FINAL)
    text = g_strdup (_("It is final: nobody needs to build on it any more."));
  else
    text = g_strdup_printf (ngettext ("%u member, directly or through others. Counted up to %u.",
                                      "%u members, directly or through others. Counted up to %u.",
                                      info->builders), info->builders, EDGE_LEDGER_CONFIRMED);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
}

typedef struct
{
  EdgeEventDialog *self;
  GtkWidget       *group;
} BodyRows;

static void
add_body_row_cb (const char *name,
                 const char *value,
                 gpointer    user_data)
{
  BodyRows *rows = user_data;
  gboolean key = g_str_equal (name, "to") || g_str_equal (name, "inviter")
                 || g_str_equal (name, "key");
  g_autofree char *who = key ? edge_book_dup_name (rows->self->peers, rows->self->own_id, value)
                             : NULL;
  g_autofree char *text = key ? g_strdup_printf ("%s\n%s", who, value) : g_strdup (value);
  GtkWidget *row = add_row (rows->group, edge_event_text_member_name (name), text);

  if (key)
    {
      GtkWidget *seal = edge_seal_new (value, 30);

      gtk_widget_set_valign (seal, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), seal);
    }
}

static void
add_signed_text (EdgeEventDialog    *self,
                 AdwPreferencesPage *page,
                 const char         *jws)
{
  GtkWidget *group = add_group (page, _("As It Was Signed"));
  const struct
  {
    const char *title;
    char       *text;
    const char *copy;
  } texts[] = {
    { _("Decoded"), edge_event_text_decode (jws), _("Copy the Decoded Text") },
    { _("Compact JWS"), g_strdup (jws), _("Copy the JWS") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *row = adw_expander_row_new ();
      GtkWidget *label = gtk_label_new (texts[i].text);
      g_autofree char *text = texts[i].text;

      if (text == NULL)
        {
          g_object_ref_sink (row);
          g_object_unref (row);
          g_object_ref_sink (label);
          g_object_unref (label);
          continue;
        }
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), texts[i].title);
      adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row),
                                   make_copy_button (self, text, texts[i].copy));
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "mono");
      gtk_widget_add_css_class (label, "padded");
      gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), label);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static void
find_memo_cb (const char *name,
              const char *value,
              gpointer    user_data)
{
  if (g_str_equal (name, "memo"))
    g_set_str ((char **) user_data, value);
}

static void
send_anew_cb (EdgeEventDialog *self,
              GtkWidget       *row)
{
  GObject *entry = g_object_get_data (G_OBJECT (row), "edge-entry");
  GtkWidget *dialog = edge_transfer_dialog_new (self->books, self->peers, self->own_id);
  g_auto(EdgeBookInfo) info = { 0 };
  g_autofree char *jws = NULL;
  g_autofree char *memo = NULL;

  edge_book_info_read (&info, entry);
  jws = dup_jws (self, info.id);
  if (jws != NULL)
    edge_event_text_foreach (jws, find_memo_cb, &memo);
  edge_transfer_dialog_fill (EDGE_TRANSFER_DIALOG (dialog), info.other, info.amount, memo);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* For a payment of ours that has no effect, as the chain went on from another one or there was
 * too little. */
static void
add_send_anew (EdgeEventDialog    *self,
               AdwPreferencesPage *page,
               GObject            *entry,
               const EdgeBookInfo *info)
{
  GtkWidget *group, *row;

  if (g_strcmp0 (info->author, self->own_id) != 0 || g_strcmp0 (info->type, "transfer") != 0
      || (info->state != EDGE_BOOK_STATE_OFF && info->state != EDGE_BOOK_STATE_VOID))
    return;

  group = add_group (page, NULL);
  row = adw_button_row_new ();
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("This payment has no effect: nothing left your account for it."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Send Anew…"));
  g_object_set_data_full (G_OBJECT (row), "edge-entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (send_anew_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_head (EdgeEventDialog    *self,
          AdwPreferencesPage *page,
          GObject            *entry,
          const EdgeBookInfo *info)
{
  GtkWidget *group = add_group (page, NULL);
  g_autofree char *name = edge_book_dup_name (self->peers, self->own_id, info->author);
  g_autofree char *time = edge_format_exact_time ((gint64) info->time);
  g_autofree char *place = NULL;
  GtkWidget *row, *seal;

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             edge_event_steps_new (entry, self->books));
  if (info->reason != NULL && *info->reason != '\0')
    add_row (group, _("Why it has no effect"), info->reason);

  row = add_row (group, _("Signed by"), name);
  seal = edge_seal_new (info->author, 30);
  gtk_widget_set_valign (seal, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), seal);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_copy_button (self, info->author, _("Copy the Key")));
  add_row (group, _("Time, by the author’s clock"), time);
  /* Translators: where an event is: in the total order, above others, in its author's chain. */
  place = g_strdup_printf (_("%'" PRIu64 " in the order, height %'" PRIu64
                             ", number %'" PRIu64 " of its author"),
                           info->place, info->height, info->seq);
  add_row (group, _("Place"), place);
  row = add_row (group, _("Id"), info->id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_copy_button (self, info->id, _("Copy the Id")));
}

static void
edge_event_dialog_dispose (GObject *object)
{
  EdgeEventDialog *self = EDGE_EVENT_DIALOG (object);

  g_clear_object (&self->books);
  g_clear_object (&self->peers);

  G_OBJECT_CLASS (edge_event_dialog_parent_class)->dispose (object);
}

static void
edge_event_dialog_finalize (GObject *object)
{
  g_clear_pointer (&EDGE_EVENT_DIALOG (object)->own_id, g_free);

  G_OBJECT_CLASS (edge_event_dialog_parent_class)->finalize (object);
}

static void
edge_event_dialog_class_init (EdgeEventDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_event_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = edge_event_dialog_finalize;
}

static void
edge_event_dialog_init (EdgeEventDialog *self)
{
  self->toasts = adw_toast_overlay_new ();
  self->navigation = adw_navigation_view_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->navigation);
  adw_dialog_set_child (ADW_DIALOG (self), self->toasts);
  adw_dialog_set_title (ADW_DIALOG (self), _("Event"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 680);
}

/**
 * edge_event_dialog_new:
 * @books: (nullable): an object with the properties of [class@Books]
 * @peers: (nullable): a list of [class@Peer], for names
 * @own_id: (nullable): our key
 *
 * Returns: (transfer floating): a dialog that shows nothing yet
 */
GtkWidget *
edge_event_dialog_new (GObject    *books,
                       GListModel *peers,
                       const char *own_id)
{
  EdgeEventDialog *self = g_object_new (EDGE_TYPE_EVENT_DIALOG, NULL);

  g_set_object (&self->books, books);
  g_set_object (&self->peers, peers);
  g_set_str (&self->own_id, own_id);
  return GTK_WIDGET (self);
}

/**
 * edge_event_dialog_show_entry:
 * @self: a dialog
 * @entry: an object with the properties of [class@BookEntry]
 */
void
edge_event_dialog_show_entry (EdgeEventDialog *self,
                              GObject         *entry)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  g_autoptr(GListModel) entries = NULL;
  g_auto(EdgeBookInfo) info = { 0 };
  g_autofree char *title = NULL;
  g_autofree char *jws = NULL;

  g_return_if_fail (EDGE_IS_EVENT_DIALOG (self));

  entries = dup_entries (self);
  edge_book_info_read (&info, entry);
  jws = dup_jws (self, info.id);

  add_head (self, ADW_PREFERENCES_PAGE (page), entry, &info);
  add_send_anew (self, ADW_PREFERENCES_PAGE (page), entry, &info);
  if (jws != NULL)
    {
      BodyRows rows = { self, add_group (ADW_PREFERENCES_PAGE (page), _("What It Says")) };

      edge_event_text_foreach (jws, add_body_row_cb, &rows);
    }
  add_parents (self, ADW_PREFERENCES_PAGE (page), &info, entries);
  add_children (self, ADW_PREFERENCES_PAGE (page), &info, entries);
  if (jws != NULL)
    add_signed_text (self, ADW_PREFERENCES_PAGE (page), jws);

  title = g_strdup (edge_book_type_describe (info.type));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (self->navigation),
                            adw_navigation_page_new (view, title));
}
