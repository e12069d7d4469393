/* edge-scan-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-scan-dialog-private.h"

#include "app/edge-camera-view.h"
#include "app/edge-qr-view.h"
#include "app/edge-seal.h"
#include "app/edge-toast.h"
#include "node/edge-backup-reader.h"
#include "node/edge-invite-words.h"

#include <glib/gi18n.h>

/**
 * EdgeScanDialog:
 *
 * Takes an invitation: from the camera, a picture, the clipboard, the keyboard.
 * Shows what it is and who signed it before anything is joined. Or takes the
 * reply to a direct link that was offered.
 */

typedef enum
{
  PROP_NODE = 1,
  PROP_REPLY,
  PROP_BACKUP,
} EdgeScanDialogProperty;

enum
{
  TAKEN,
  FOUND_BACKUP,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_BACKUP + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeScanDialog, edge_scan_dialog, ADW_TYPE_DIALOG)

static const char *
get_shown (EdgeScanDialog *self)
{
  AdwNavigationPage *page;

  page = adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (self->navigation));
  return page != NULL ? adw_navigation_page_get_tag (page) : "";
}

/* Says it where the person looks. */
void
_edge_scan_dialog_show_error (EdgeScanDialog *self,
                              const GError   *error,
                              EdgeInvitation *invitation)
{
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;

  if (self->node == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = self->backup ? edge_backup_reader_words (error)
                       : edge_invite_words_error (error, invitation);
  shown = g_strdup (get_shown (self));
  if (g_str_equal (shown, "busy"))
    adw_navigation_view_pop_to_tag (ADW_NAVIGATION_VIEW (self->navigation), "scan");
  if (g_str_equal (shown, "type"))
    {
      gtk_label_set_label (GTK_LABEL (self->link_problem), words);
      gtk_widget_set_visible (self->link_problem, TRUE);
      return;
    }
  if (g_str_equal (shown, "found"))
    {
      adw_banner_set_title (ADW_BANNER (self->refusal), words);
      adw_banner_set_revealed (ADW_BANNER (self->refusal), TRUE);
      return;
    }

  adw_banner_set_title (ADW_BANNER (self->problem), words);
  adw_banner_set_revealed (ADW_BANNER (self->problem), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
dismiss_cb (EdgeScanDialog *self)
{
  adw_banner_set_revealed (ADW_BANNER (self->problem), FALSE);
}

/* Hands a backup over to whoever wanted one, or says what is wrong with it. */
void
_edge_scan_dialog_take_vault (EdgeScanDialog *self,
                              GBytes         *vault,
                              const GError   *error)
{
  if (self->node == NULL)
    return;
  if (vault == NULL)
    {
      _edge_scan_dialog_show_error (self, error, NULL);
      return;
    }

  g_signal_emit (self, signals[FOUND_BACKUP], 0, vault);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/**
 * edge_scan_dialog_take_text:
 * @self: a dialog
 * @text: a text in which an invitation may stand; a stranger's
 *
 * Shows what it is.
 */
void
edge_scan_dialog_take_text (EdgeScanDialog *self,
                            const char     *text)
{
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (EDGE_IS_SCAN_DIALOG (self));
  g_return_if_fail (text != NULL);

  if (self->node == NULL || self->waiting)
    return;

  adw_banner_set_revealed (ADW_BANNER (self->problem), FALSE);
  if (self->backup)
    {
      g_autoptr(GBytes) vault = edge_backup_reader_read_text (text, &error);

      _edge_scan_dialog_take_vault (self, vault, error);
      return;
    }
  invitation = edge_invitation_new_from_text (text, &error);
  if (invitation != NULL)
    _edge_scan_dialog_consider (self, invitation);
  else
    _edge_scan_dialog_show_error (self, error, NULL);
}

static void
camera_started_cb (EdgeScanDialog *self)
{
  gtk_widget_set_visible (self->camera_box, TRUE);
  gtk_widget_set_visible (self->no_camera, FALSE);
}

static void
camera_frame_cb (EdgeScanDialog *self,
                 GBytes         *pixels,
                 guint           width,
                 guint           height)
{
  edge_camera_view_show_frame (EDGE_CAMERA_VIEW (self->camera), pixels, width, height);
}

static void
camera_found_cb (EdgeScanDialog *self,
                 const char     *text)
{
  g_autoptr(EdgeScanDialog) keep = g_object_ref (self);

  if (!g_str_equal (get_shown (self), "scan"))
    return;

  edge_camera_view_set_found (EDGE_CAMERA_VIEW (self->camera), TRUE);
  edge_scan_dialog_take_text (self, text);
  /* What was found may have been all that it is for. */
  if (self->node == NULL)
    return;
  edge_camera_view_set_found (EDGE_CAMERA_VIEW (self->camera),
                              !adw_banner_get_revealed (ADW_BANNER (self->problem)));
}

static void
camera_unavailable_cb (EdgeScanDialog *self,
                       const GError   *error)
{
  g_autofree char *words = edge_invite_words_error (error, NULL);

  gtk_widget_set_visible (self->camera_box, FALSE);
  gtk_label_set_label (GTK_LABEL (self->no_camera_label), words);
  gtk_widget_set_visible (self->no_camera, TRUE);
}

/* Where nobody looks at its picture the camera is let go. */
static void
page_changed_cb (EdgeScanDialog *self)
{
  if (self->scanner == NULL || self->cancellable == NULL)
    return;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && g_str_equal (get_shown (self), "scan"))
    {
      edge_scanner_start (self->scanner, GTK_WIDGET (self));
      _edge_scan_dialog_peek (self);
      return;
    }

  edge_scanner_stop (self->scanner);
  edge_camera_view_clear (EDGE_CAMERA_VIEW (self->camera));
}

static void
link_changed_cb (EdgeScanDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->link_entry));

  gtk_widget_set_visible (self->link_problem, FALSE);
  gtk_widget_set_sensitive (self->link_button, *text != '\0');
}

static void
link_activated_cb (EdgeScanDialog *self)
{
  edge_scan_dialog_take_text (self, gtk_editable_get_text (GTK_EDITABLE (self->link_entry)));
}

static void
join_cb (EdgeScanDialog *self)
{
  _edge_scan_dialog_join (self);
}

static void
answer_copy_cb (EdgeScanDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->answer);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts),
                               edge_toast_new (_("Link copied. Send it back to them.")));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  _edge_scan_dialog_open (EDGE_SCAN_DIALOG (widget));
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  _edge_scan_dialog_paste (EDGE_SCAN_DIALOG (widget));
}

static void
type_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EdgeScanDialog *self = EDGE_SCAN_DIALOG (widget);

  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "type");
  gtk_widget_grab_focus (self->link_entry);
}

static void
edge_scan_dialog_constructed (GObject *object)
{
  EdgeScanDialog *self = EDGE_SCAN_DIALOG (object);

  G_OBJECT_CLASS (edge_scan_dialog_parent_class)->constructed (object);

  if (self->reply)
    {
      adw_dialog_set_title (ADW_DIALOG (self), _("Scan Their Reply"));
      gtk_label_set_label (GTK_LABEL (self->promise),
                           _("It links you at once, with whoever signed it and nobody else."));
    }
  if (self->backup)
    {
      adw_dialog_set_title (ADW_DIALOG (self), _("Restore Identity"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->open_row), _("_Open the Backup…"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->open_row),
                                   _("the file, or a picture of the page’s code; or drop it here"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->paste_row), _("the text of the page, or a picture"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->type_row), _("_Type the Text"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->type_row), _("it begins with edge-net:k/"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->link_entry), _("Text of the Backup"));
      gtk_label_set_label (GTK_LABEL (self->promise),
                           _("Hold the printed code before the camera, or open the file. Its passphrase is asked for next, and you will see whose it is before anything happens."));
    }
  _edge_scan_dialog_take_drops (self);
}

static void
edge_scan_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (edge_scan_dialog_parent_class)->map (widget);

  page_changed_cb (EDGE_SCAN_DIALOG (widget));
}

static void
edge_scan_dialog_closed (AdwDialog *dialog)
{
  EdgeScanDialog *self = EDGE_SCAN_DIALOG (dialog);

  edge_scanner_stop (self->scanner);
  g_cancellable_cancel (self->cancellable);
}

static void
edge_scan_dialog_dispose (GObject *object)
{
  EdgeScanDialog *self = EDGE_SCAN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->scanner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->scanner, self);
      edge_scanner_stop (self->scanner);
    }
  g_clear_object (&self->scanner);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_SCAN_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->invitation);
  g_clear_object (&self->node);
  g_clear_pointer (&self->answer, g_free);

  G_OBJECT_CLASS (edge_scan_dialog_parent_class)->dispose (object);
}

static void
edge_scan_dialog_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EdgeScanDialog *self = EDGE_SCAN_DIALOG (object);

  switch ((EdgeScanDialogProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_REPLY:
      g_value_set_boolean (value, self->reply);
      break;
    case PROP_BACKUP:
      g_value_set_boolean (value, self->backup);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_scan_dialog_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EdgeScanDialog *self = EDGE_SCAN_DIALOG (object);

  switch ((EdgeScanDialogProperty) property_id)
    {
    case PROP_NODE:
      self->node = g_value_dup_object (value);
      break;
    case PROP_REPLY:
      self->reply = g_value_get_boolean (value);
      break;
    case PROP_BACKUP:
      self->backup = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeScanDialog, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (toasts);
  BIND (navigation);
  BIND (problem);
  BIND (camera_box);
  BIND (camera);
  BIND (no_camera);
  BIND (no_camera_label);
  BIND (open_row);
  BIND (paste_row);
  BIND (type_row);
  BIND (promise);
  BIND (link_entry);
  BIND (link_problem);
  BIND (link_button);
  BIND (refusal);
  BIND (seal);
  BIND (found_title);
  BIND (found_text);
  BIND (network_row);
  BIND (relay_row);
  BIND (relay_value);
  BIND (valid_value);
  BIND (signature_row);
  BIND (words_row);
  BIND (join_button);
  BIND (join_label);
  BIND (found_note);
  BIND (answer_qr);
  BIND (answer_row);
}

static void
edge_scan_dialog_class_init (EdgeScanDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = edge_scan_dialog_constructed;
  object_class->dispose = edge_scan_dialog_dispose;
  object_class->get_property = edge_scan_dialog_get_property;
  object_class->set_property = edge_scan_dialog_set_property;
  widget_class->map = edge_scan_dialog_map;
  ADW_DIALOG_CLASS (klass)->closed = edge_scan_dialog_closed;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_REPLY] = g_param_spec_boolean ("reply", NULL, NULL, FALSE, flags);
  properties[PROP_BACKUP] = g_param_spec_boolean ("backup", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeScanDialog::taken:
   *
   * An invitation was taken: the network is joined, or the direct link is there.
   */
  signals[TAKEN] = g_signal_new ("taken", EDGE_TYPE_SCAN_DIALOG, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeScanDialog::found-backup:
   * @vault: a whole backup, which its passphrase opens
   *
   * What was looked for was found. The dialog closes.
   */
  signals[FOUND_BACKUP] = g_signal_new ("found-backup", EDGE_TYPE_SCAN_DIALOG, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);

  g_type_ensure (EDGE_TYPE_CAMERA_VIEW);
  g_type_ensure (EDGE_TYPE_QR_VIEW);
  g_type_ensure (EDGE_TYPE_SEAL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-scan-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, answer_copy_cb);

  gtk_widget_class_install_action (widget_class, "scan.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "scan.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "scan.type", NULL, type_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "scan.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "scan.paste", NULL);
}

static void
edge_scan_dialog_init (EdgeScanDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->scanner = edge_scanner_new ();
  g_signal_connect_swapped (self->scanner, "started", G_CALLBACK (camera_started_cb), self);
  g_signal_connect_swapped (self->scanner, "frame", G_CALLBACK (camera_frame_cb), self);
  g_signal_connect_swapped (self->scanner, "found", G_CALLBACK (camera_found_cb), self);
  g_signal_connect_swapped (self->scanner, "unavailable", G_CALLBACK (camera_unavailable_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_scan_dialog_new:
 * @node: a node that has its identity
 * @reply: whether only the reply to an offer of ours will do
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_scan_dialog_new (EdgeNode *node,
                      gboolean  reply)
{
  return g_object_new (EDGE_TYPE_SCAN_DIALOG, "node", node, "reply", reply, NULL);
}

/**
 * edge_scan_dialog_new_for_backup:
 * @node: a node
 *
 * Looks for the backup of an identity, and tells of it with
 * [signal@EdgeScanDialog::found-backup].
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_scan_dialog_new_for_backup (EdgeNode *node)
{
  return g_object_new (EDGE_TYPE_SCAN_DIALOG, "node", node, "backup", TRUE, NULL);
}
