/* edge-scan-dialog-found.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-scan-dialog-private.h"

#include "app/edge-format.h"
#include "app/edge-qr-view.h"
#include "app/edge-seal.h"
#include "identity/edge-words.h"
#include "node/edge-node-invite.h"
#include "node/edge-node-words.h"

#include <glib/gi18n.h>

static char *
dup_words (const char *key)
{
  g_auto(GStrv) words = edge_words_for_key (key);

  return g_strjoinv (" ", words);
}

/* An offer says no name; two words of the key are what its maker is called at first. */
static char *
dup_inviter (EdgeInvitation *invitation)
{
  const char *name = edge_invitation_get_inviter_name (invitation);

  if (name != NULL && *name != '\0')
    return g_strdup (name);

  return edge_node_words_name (edge_invitation_get_inviter (invitation));
}

static char *
dup_network (EdgeScanDialog *self)
{
  const char *name = edge_invitation_get_network_name (self->invitation);
  const char *id = edge_invitation_get_network_id (self->invitation);

  char *known = name != NULL ? g_strdup (name) : edge_node_dup_network_name (self->node, id);

  return known != NULL ? known : dup_words (id);
}

static char *
dup_relays (EdgeInvitation *invitation)
{
  const char * const *addresses = edge_invitation_get_addresses (invitation);
  g_autoptr(GString) hosts = g_string_new (NULL);

  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr(GUri) uri = g_uri_parse (addresses[i], G_URI_FLAGS_NONE, NULL);

      if (uri != NULL)
        g_string_append_printf (hosts, "%s%s", hosts->len > 0 ? ", " : "", g_uri_get_host (uri));
    }
  if (hosts->len == 0)
    return g_strdup (_("none: set one yourself"));

  return g_string_free (g_steal_pointer (&hosts), FALSE);
}

static void
set_label (GtkWidget *label,
           const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text);
}

static char *
describe_change (EdgeScanDialog *self)
{
  g_autofree char *own_id = NULL;
  g_autofree char *own_name = NULL;

  g_object_get (self->node, "network-id", &own_id, "network-name", &own_name, NULL);
  if (own_id == NULL ||
      g_str_equal (own_id, edge_invitation_get_network_id (self->invitation)))
    return g_strdup (_("They see your name, your picture and your network address."));

  /* Translators: %s is the name of a network. */
  return g_strdup_printf (_("You leave %s for it and can come back at any time; nothing is lost. They see your name, your picture and your network address."),
                          own_name);
}

static void
show_found (EdgeScanDialog *self)
{
  EdgeInvitation *invitation = self->invitation;
  gboolean direct = edge_invitation_get_kind (invitation) == EDGE_INVITATION_KIND_OFFER;
  gint64 left = edge_invitation_get_expires (invitation) - g_get_real_time () / 1000;
  g_autofree char *inviter = dup_inviter (invitation);
  g_autofree char *network = dup_network (self);
  g_autofree char *relays = dup_relays (invitation);
  g_autofree char *valid = edge_format_duration (MAX (left, 0));
  g_autofree char *words = dup_words (edge_invitation_get_inviter (invitation));
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *join = NULL;
  g_autofree char *note = describe_change (self);

  if (direct)
    {
      title = g_strdup_printf (_("%s offers you a direct link"), inviter);
      join = g_strdup (_("Make the Reply"));
    }
  else
    {
      /* Translators: the name of a person, then that of a network. */
      title = g_strdup_printf (_("%1$s invites you to %2$s"), inviter, network);
      join = g_strdup_printf (_("Join %s"), network);
    }
  text = g_strdup_printf (_("Is %s with you? Then both screens show this picture and these words."),
                          inviter);
  signature = g_strdup_printf (_("Signature of %s"), inviter);

  edge_seal_set_key (EDGE_SEAL (self->seal), edge_invitation_get_inviter (invitation));
  set_label (self->found_title, title);
  set_label (self->found_text, text);
  set_label (self->relay_value, relays);
  set_label (self->valid_value, valid);
  set_label (self->join_label, join);
  set_label (self->found_note, note);
  gtk_widget_set_visible (self->relay_row, !direct);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->signature_row), signature);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->network_row), network);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->words_row), words);
  adw_banner_set_revealed (ADW_BANNER (self->refusal), FALSE);
  gtk_widget_set_sensitive (self->join_button, TRUE);
  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "found");
  gtk_widget_grab_focus (self->join_button);
}

static void
finish (EdgeScanDialog *self)
{
  g_signal_emit_by_name (self, "taken");
  adw_dialog_close (ADW_DIALOG (self));
}

static void
peer_changed_cb (EdgeScanDialog *self,
                 EdgePeer       *peer)
{
  if (!self->waiting || edge_peer_get_state (peer) != EDGE_PEER_STATE_CONNECTED ||
      !g_str_equal (edge_peer_get_id (peer), edge_invitation_get_inviter (self->invitation)))
    return;

  self->waiting = FALSE;
  finish (self);
}

/* What became of the reply, when it led to no link or into no network. */
static void
problem_cb (EdgeScanDialog *self,
            const char     *code,
            const char     *message,
            const char     *remedy)
{
  g_autoptr(GError) error = NULL;

  if (!self->waiting || !g_str_has_prefix (code, "direct_"))
    return;

  self->waiting = FALSE;
  error = g_error_new (EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_JOIN, "%s. %s", message, remedy);
  adw_navigation_view_pop_to_tag (ADW_NAVIGATION_VIEW (self->navigation), "scan");
  _edge_scan_dialog_show_error (self, error, self->invitation);
}

static void
show_answer (EdgeScanDialog *self,
             EdgeInvitation *answer)
{
  self->answer = edge_invitation_to_link (answer);
  self->waiting = TRUE;
  edge_qr_view_set_text (EDGE_QR_VIEW (self->answer_qr), self->answer);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->answer_row), self->answer);
  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "answer");
  g_signal_connect_object (self->node, "peer-changed", G_CALLBACK (peer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(EdgeScanDialog) self = user_data;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(GError) error = NULL;
  gboolean taken = edge_node_accept_finish (EDGE_NODE (source), result, &answer, &error);

  if (self->node == NULL)
    return;

  if (!taken)
    {
      gtk_widget_set_sensitive (self->join_button, TRUE);
      set_label (self->join_label, _("Try Again"));
      _edge_scan_dialog_show_error (self, error, self->invitation);
    }
  else if (answer != NULL)
    show_answer (self, answer);
  else
    finish (self);
}

void
_edge_scan_dialog_join (EdgeScanDialog *self)
{
  gtk_widget_set_sensitive (self->join_button, FALSE);
  set_label (self->join_label, _("Joining…"));
  edge_node_accept_async (self->node, self->invitation, self->cancellable, accepted_cb,
                          g_object_ref (self));
}

/* Shows what an invitation is, before it is taken. A reply is the end of what the person began,
 * and the link that it makes is checked against its key. */
void
_edge_scan_dialog_consider (EdgeScanDialog *self,
                            EdgeInvitation *invitation)
{
  g_autoptr(GError) error = NULL;
  gboolean answer = edge_invitation_get_kind (invitation) == EDGE_INVITATION_KIND_ANSWER;

  if (self->reply && !answer)
    g_set_error_literal (&error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_SESSION,
                         "This is an invitation, not a reply");
  if (error != NULL || !edge_node_check_invitation (self->node, invitation, &error))
    {
      _edge_scan_dialog_show_error (self, error, invitation);
      return;
    }

  g_set_object (&self->invitation, invitation);
  if (!answer)
    {
      show_found (self);
      return;
    }

  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "busy");
  _edge_scan_dialog_join (self);
}
