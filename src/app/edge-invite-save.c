/* edge-invite-save.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-invite-save.h"

#include "invite/edge-qr-render.h"

#include <glib/gi18n.h>
#include <string.h>

/* Saves the QR code of an invitation as a picture, PNG or SVG by the file's name. */

/* Pixels a module: a picture of about 700 pixels, which prints well at any size. */
#define MODULE_SIZE 10

static gboolean
is_svg (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  return lower != NULL && g_str_has_suffix (lower, ".svg");
}

static GBytes *
draw (const char  *link,
      gboolean     svg,
      GError     **error)
{
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (link, error);
  char *text;

  if (matrix == NULL)
    return NULL;
  if (!svg)
    return edge_qr_render_png (matrix, MODULE_SIZE);

  text = edge_qr_render_svg (matrix, MODULE_SIZE);
  return g_bytes_new_take (text, strlen (text));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) picture = NULL;
  GError *error = NULL;

  file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  if (file != NULL)
    picture = draw (g_task_get_task_data (task), is_svg (file), &error);
  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_file_replace_contents_bytes_async (file, picture, NULL, FALSE, G_FILE_CREATE_NONE,
                                       g_task_get_cancellable (task), written_cb,
                                       g_object_ref (task));
}

static GListModel *
make_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr(GtkFileFilter) png = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) svg = gtk_file_filter_new ();

  gtk_file_filter_set_name (png, _("PNG picture"));
  gtk_file_filter_add_suffix (png, "png");
  gtk_file_filter_set_name (svg, _("SVG drawing, for print"));
  gtk_file_filter_add_suffix (svg, "svg");
  g_list_store_append (filters, png);
  g_list_store_append (filters, svg);
  return G_LIST_MODEL (filters);
}

/**
 * edge_invite_save_async:
 * @widget: where it is asked for
 * @link: what the code says
 * @cancellable: (nullable): to give up
 * @callback: called when it is saved
 * @user_data: for @callback
 *
 * Asks for a file and writes the code to it.
 */
void
edge_invite_save_async (GtkWidget           *widget,
                        const char          *link,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GListModel) filters = make_filters ();

  g_task_set_source_tag (task, edge_invite_save_async);
  g_task_set_task_data (task, g_strdup (link), g_free);
  gtk_file_dialog_set_title (dialog, _("Save Picture"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_set_initial_name (dialog, _("edge-net-invitation.png"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), cancellable, chosen_cb,
                        g_object_ref (task));
}

gboolean
edge_invite_save_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
