/* edge-scan-dialog-sources.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-scan-dialog-private.h"

#include "invite/edge-qr-picture.h"
#include "node/edge-backup-reader.h"

#include <glib/gi18n.h>

/* Where an invitation comes from, other than the camera: a file, the clipboard, a drop. */

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED);
}

static void
take_read (EdgeScanDialog *self,
           const char     *text,
           const GError   *error)
{
  if (text != NULL)
    edge_scan_dialog_take_text (self, text);
  else if (!is_cancelled (error))
    _edge_scan_dialog_show_error (self, error, NULL);
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = edge_qr_picture_read_finish (result, &error);

  take_read (self, text, error);
}

static void
backup_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) vault = edge_backup_reader_read_finish (result, &error);

  _edge_scan_dialog_take_vault (self, vault, error);
}

/**
 * edge_scan_dialog_take_file:
 * @self: a dialog
 * @file: a picture of a code
 *
 * Reads the picture and shows what it is.
 */
void
edge_scan_dialog_take_file (EdgeScanDialog *self,
                            GFile          *file)
{
  g_return_if_fail (EDGE_IS_SCAN_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->backup)
    edge_backup_reader_read_async (file, self->cancellable, backup_read_cb, g_object_ref (self));
  else
    edge_qr_picture_read_async (file, self->cancellable, file_read_cb, g_object_ref (self));
}

static void
texture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = edge_qr_picture_scan_finish (result, &error);

  take_read (self, text, error);
}

static void
take_texture (EdgeScanDialog *self,
              GdkTexture     *texture)
{
  g_autoptr(GBytes) png = gdk_texture_save_to_png_bytes (texture);

  edge_qr_picture_scan_async (png, self->cancellable, texture_read_cb, g_object_ref (self));
}

static gboolean
take_files (EdgeScanDialog *self,
            GdkFileList    *list)
{
  g_autoptr(GSList) files = gdk_file_list_get_files (list);

  if (files == NULL)
    return FALSE;

  edge_scan_dialog_take_file (self, files->data);
  return TRUE;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    edge_scan_dialog_take_file (self, file);
  else if (!is_cancelled (error))
    _edge_scan_dialog_show_error (self, error, NULL);
}

void
_edge_scan_dialog_open (EdgeScanDialog *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/webp");
  if (self->backup)
    gtk_file_dialog_set_title (dialog, _("Open the Backup"));
  else
    {
      gtk_file_dialog_set_title (dialog, _("Open a Picture of the Code"));
      gtk_file_dialog_set_default_filter (dialog, filter);
    }
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        self->cancellable, opened_cb, g_object_ref (self));
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value == NULL)
    {
      if (!is_cancelled (error))
        _edge_scan_dialog_show_error (self, error, NULL);
      return;
    }

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    take_files (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    take_texture (self, g_value_get_object (value));
  else if (g_value_get_string (value) != NULL)
    edge_scan_dialog_take_text (self, g_value_get_string (value));
}

void
_edge_scan_dialog_paste (EdgeScanDialog *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  g_autoptr(GdkContentFormats) readable = NULL;
  g_autoptr(GError) error = NULL;
  GType type = G_TYPE_INVALID;

  readable = gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));
  if (gdk_content_formats_contain_gtype (readable, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  else if (gdk_content_formats_contain_gtype (readable, G_TYPE_STRING))
    type = G_TYPE_STRING;
  else if (gdk_content_formats_contain_gtype (readable, GDK_TYPE_TEXTURE))
    type = GDK_TYPE_TEXTURE;

  if (type != G_TYPE_INVALID)
    {
      gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable,
                                      pasted_cb, g_object_ref (self));
      return;
    }

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _("The clipboard holds neither a link nor a picture. Copy one first."));
  _edge_scan_dialog_show_error (self, error, NULL);
}

static void
peeked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr(EdgeInvitation) invitation = NULL;

  if (text != NULL && self->paste_row != NULL && !self->backup)
    invitation = edge_invitation_new_from_text (text, NULL);
  if (invitation != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->paste_row),
                                 _("the clipboard holds an invitation"));
}

/* Says whether Paste will do. */
void
_edge_scan_dialog_peek (EdgeScanDialog *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  gdk_clipboard_read_text_async (clipboard, self->cancellable, peeked_cb, g_object_ref (self));
}

static gboolean
drop_cb (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         EdgeScanDialog *self)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return take_files (self, g_value_get_boxed (value));
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    take_texture (self, g_value_get_object (value));
  else
    edge_scan_dialog_take_text (self, g_value_get_string (value));
  return TRUE;
}

void
_edge_scan_dialog_take_drops (EdgeScanDialog *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
