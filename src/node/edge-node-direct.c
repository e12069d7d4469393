/* edge-node-direct.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-node-direct"

#include "config.h"

#include "node/edge-node-invite-private.h"

#include <glib/gi18n-lib.h>

#include "base/edge-clock.h"
#include "node/edge-node-words.h"

/* Candidates that a phone still reads from a laptop's screen. */
#define MAX_CANDIDATES 4

/* Offers and answers that are open at once; the oldest is given up for a new one. */
#define MAX_DIRECTS 8

#define READY_LIMIT_MS   8000
#define CONNECT_LIMIT_MS 20000

/* One half of a link: an offer that waits for its answer, or an answer on its way back. */
typedef struct
{
  EdgeNode       *node;
  EdgeMembership *guest;        /* not in the network as yet */
  EdgeDirect     *direct;
  EdgeInvitation *offer;
  GTask          *making;
  GTask          *connecting;
  guint           limit;
  gboolean        ours;
} Half;

static void
half_free (gpointer data)
{
  Half *half = data;

  g_clear_handle_id (&half->limit, g_source_remove);
  if (half->direct != NULL)
    {
      g_signal_handlers_disconnect_by_data (half->direct, half);
      edge_direct_cancel (half->direct);
    }
  if (half->guest != NULL)
    _edge_node_end_guest (half->node, half->guest);
  if (half->making != NULL)
    g_task_return_new_error (half->making, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "The direct link was given up");
  if (half->connecting != NULL)
    g_task_return_new_error (half->connecting, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "The direct link was given up");
  g_clear_object (&half->making);
  g_clear_object (&half->connecting);
  g_clear_object (&half->direct);
  g_clear_object (&half->offer);
  g_clear_object (&half->guest);
  g_free (half);
}

GPtrArray *
_edge_node_directs_new (void)
{
  return g_ptr_array_new_with_free_func (half_free);
}

static void
drop (Half *half)
{
  g_ptr_array_remove (half->node->invites->directs, half);
}

static void
tell_of_no_link (EdgeNode       *self,
                 EdgeInvitation *offer)
{
  g_autofree char *inviter = edge_node_words_name (edge_invitation_get_inviter (offer));
  /* Translators: %s is the name of a person. */
  g_autofree char *message = g_strdup_printf (_("Your reply to %s led to no link"), inviter);

  _edge_node_emit_problem (self, "direct_no_link", message,
                           _("Let them make a new code, and give them the new reply within five minutes, best in the same local network."));
}

static void
fail (Half       *half,
      const char *reason)
{
  g_autoptr(GError) error = g_error_new_literal (EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PATH,
                                                 _("No direct way was found between the two computers. Try again in the same local network, or set a TURN server."));
  g_autoptr(GTask) task = g_steal_pointer (&half->connecting);
  g_autoptr(EdgeInvitation) offer = half->offer != NULL ? g_object_ref (half->offer) : NULL;
  EdgeNode *node = half->node;
  gboolean answered = !half->ours;

  g_debug ("A direct link failed: %s", reason);
  if (task == NULL)
    task = g_steal_pointer (&half->making);
  drop (half);
  if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (answered)
    tell_of_no_link (node, offer);
}

static void
failed_cb (EdgeDirect *direct,
           const char *reason,
           Half       *half)
{
  fail (half, reason);
}

static gboolean
limit_cb (gpointer user_data)
{
  Half *half = user_data;

  half->limit = 0;
  fail (half, "it took too long");
  return G_SOURCE_REMOVE;
}

static void
set_limit (Half  *half,
           guint  ms)
{
  g_clear_handle_id (&half->limit, g_source_remove);
  half->limit = g_timeout_add (ms, limit_cb, half);
}

/* _edge_node_direct_wait: how long to wait for people and computers at the other end of a direct link. */
guint
_edge_node_direct_wait (guint ms)
{
  return ms / edge_clock_find_scale ("EDGE_NET_DIRECT_SCALE");
}

static void
connected_cb (EdgeDirect *direct,
              EdgePeer   *peer,
              Half       *half)
{
  g_autoptr(GTask) task = g_steal_pointer (&half->connecting);

  if (half->ours)
    g_hash_table_replace (half->node->invites->hosted, g_strdup (edge_peer_get_id (peer)),
                          g_object_ref (half->offer));
  g_clear_object (&half->guest);
  drop (half);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* Description and candidates are there: they go into the invitation that is carried by hand. */
static void
ready_cb (EdgeDirect *direct,
          Half       *half)
{
  EdgeNode *self = half->node;
  g_autoptr(GTask) task = g_steal_pointer (&half->making);
  g_auto(GStrv) candidates = edge_direct_dup_candidates (direct);
  g_autoptr(EdgeInvitation) made = NULL;
  g_autoptr(GError) error = NULL;
  gint64 now = g_get_real_time () / 1000;

  if (task == NULL)
    return;

  made = edge_invitation_new_direct (self->identity,
                                     half->ours ? EDGE_INVITATION_KIND_OFFER
                                                : EDGE_INVITATION_KIND_ANSWER,
                                     half->ours ? _edge_node_get_network_id (self)
                                                : edge_invitation_get_network_id (half->offer),
                                     now + EDGE_INVITATION_DIRECT_LIFETIME,
                                     half->ours ? NULL : edge_invitation_get_session (half->offer),
                                     edge_direct_get_sdp (direct),
                                     (const char * const *) candidates, MAX_CANDIDATES, &error);
  if (made == NULL)
    {
      drop (half);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  set_limit (half, _edge_node_direct_wait (EDGE_INVITATION_DIRECT_LIFETIME));
  if (half->ours)
    {
      half->offer = g_object_ref (made);
      edge_ticket_book_add_given (self->invites->book, made, now);
      _edge_node_save_invites (self);
    }
  g_task_return_pointer (task, g_steal_pointer (&made), g_object_unref);
}

static Half *
make (EdgeNode   *self,
      EdgeDirect *direct,
      GTask      *task,
      gboolean    ours)
{
  Half *half = g_new0 (Half, 1);
  GPtrArray *directs = self->invites->directs;

  if (directs->len >= MAX_DIRECTS)
    g_ptr_array_remove_index (directs, 0);

  half->node = self;
  half->direct = direct;
  half->making = g_object_ref (task);
  half->ours = ours;
  if (!ours)
    half->offer = g_object_ref (g_task_get_task_data (task));
  g_signal_connect (direct, "ready", G_CALLBACK (ready_cb), half);
  g_signal_connect (direct, "connected", G_CALLBACK (connected_cb), half);
  g_signal_connect (direct, "failed", G_CALLBACK (failed_cb), half);
  set_limit (half, READY_LIMIT_MS);
  g_ptr_array_add (directs, half);
  return half;
}

/* Gives up what is under way, when the network is left. */
void
_edge_node_end_directs (EdgeNode *self)
{
  g_ptr_array_set_size (self->invites->directs, 0);
  _edge_node_end_guest (self, NULL);
}

/**
 * edge_node_invite_direct_async:
 * @self: a node
 * @cancellable: (nullable): to wait no longer
 * @callback: called when the offer is there, after five seconds at most
 * @user_data: for @callback
 *
 * Offers a direct link, which needs no server: the offer is carried by hand, and so is its
 * answer, which edge_node_accept_async() takes. It is good for five minutes.
 */
void
edge_node_invite_direct_async (EdgeNode            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  EdgeDirect *direct;
  GError *error = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_node_invite_direct_async);
  if (self->membership == NULL)
    {
      g_task_return_new_error (task, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK, "%s",
                               _("No network is joined"));
      return;
    }

  direct = edge_mesh_begin_direct (edge_membership_get_mesh (self->membership), &error);
  if (direct == NULL)
    g_task_return_error (task, error);
  else
    (void) make (self, direct, task, TRUE);
}

EdgeInvitation *
edge_node_invite_direct_finish (EdgeNode      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* An offer says no more of its network than the id. Where that is known it is joined; else the
 * link comes first. */
static EdgeMembership *
find_membership (EdgeNode        *self,
                 EdgeInvitation  *offer,
                 GError         **error)
{
  const char *network_id = edge_invitation_get_network_id (offer);
  g_autoptr(EdgeNetwork) network = _edge_node_find_network (self, network_id);

  if (!edge_mesh_check_system (error))
    return NULL;
  if (network == NULL)
    return _edge_node_begin_guest (self, offer);

  edge_node_join (self, network);
  return self->membership;
}

void
_edge_node_accept_offer (EdgeNode *self,
                         GTask    *task)
{
  EdgeInvitation *offer = g_task_get_task_data (task);
  EdgeMembership *membership;
  EdgeDirect *direct = NULL;
  GError *error = NULL;
  Half *half;

  membership = find_membership (self, offer, &error);
  if (membership != NULL)
    direct = edge_mesh_answer_direct (edge_membership_get_mesh (membership),
                                      edge_invitation_get_inviter (offer),
                                      edge_invitation_get_sdp (offer), &error);
  if (direct == NULL)
    {
      if (membership != NULL)
        _edge_node_end_guest (self, membership);
      g_task_return_error (task, error);
      return;
    }

  edge_ticket_book_add_taken (self->invites->book, offer, g_get_real_time () / 1000);
  _edge_node_save_invites (self);
  half = make (self, direct, task, FALSE);
  if (membership != self->membership)
    half->guest = g_object_ref (membership);
}

/* The offer that an answer belongs to; what is wrong with the newest, when it fits none. */
static Half *
find_offer (EdgeNode        *self,
            EdgeInvitation  *answer,
            GError         **error)
{
  GPtrArray *directs = self->invites->directs;
  g_autoptr(GError) reason = NULL;

  for (guint i = directs->len; i-- > 0;)
    {
      Half *half = g_ptr_array_index (directs, i);
      g_autoptr(GError) local = NULL;

      if (!half->ours || half->offer == NULL)
        continue;
      if (edge_invitation_check_answer (answer, half->offer, g_get_real_time () / 1000, &local))
        return half;
      if (reason == NULL)
        reason = g_steal_pointer (&local);
    }

  if (reason == NULL)
    reason = g_error_new_literal (EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_SESSION,
                                  "No offer is open here");
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

void
_edge_node_accept_answer (EdgeNode *self,
                          GTask    *task)
{
  EdgeInvitation *answer = g_task_get_task_data (task);
  GError *error = NULL;
  Half *half = find_offer (self, answer, &error);

  if (half == NULL || !edge_direct_take_answer (half->direct, edge_invitation_get_inviter (answer),
                                                edge_invitation_get_sdp (answer), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&half->connecting, task);
  set_limit (half, CONNECT_LIMIT_MS);
}
