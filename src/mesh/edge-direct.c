/* edge-direct.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-direct"

#include "mesh/edge-direct.h"

#include "mesh/edge-link-private.h"
#include "mesh/edge-mesh-private.h"

/**
 * EdgeDirect:
 *
 * A link whose offer and answer are carried by hand: by a QR code, a chat, a
 * piece of paper. Both descriptions are whole, with all candidates in them;
 * once the answer is taken it is a link as any other.
 */

/* Candidates that come later than this are left out. */
#define GATHER_LIMIT_MS 5000
/* webrtcbin may tell that gathering is over before it has told all candidates. */
#define SETTLE_MS       100

struct _EdgeDirect
{
  GObject       parent_instance;

  EdgeMesh     *mesh;
  EdgeRtc      *rtc;
  char         *peer_id;
  char         *sdp;
  GPtrArray    *candidates;
  guint         gather_source;
  guint         settle_source;
  gboolean      gathered;
  gboolean      ready;
  gboolean      adopted;
  gboolean      over;
};

enum
{
  READY,
  CONNECTED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeDirect, edge_direct, G_TYPE_OBJECT)

static void
let_go (EdgeDirect *self)
{
  self->over = TRUE;
  g_clear_handle_id (&self->gather_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (self->rtc != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->rtc, self);
      if (!self->adopted)
        edge_transport_close (EDGE_TRANSPORT (self->rtc), FALSE);
      g_clear_object (&self->rtc);
    }
  if (self->mesh != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->mesh, self);
      g_clear_object (&self->mesh);
    }
}

static void
be_ready (EdgeDirect *self)
{
  if (self->ready || self->over || self->sdp == NULL)
    return;
  self->ready = TRUE;
  g_clear_handle_id (&self->gather_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_signal_emit (self, signals[READY], 0);
}

static gboolean
gather_expired_cb (gpointer user_data)
{
  EdgeDirect *self = user_data;

  self->gather_source = 0;
  be_ready (self);
  return G_SOURCE_REMOVE;
}

static gboolean
settled_cb (gpointer user_data)
{
  EdgeDirect *self = user_data;

  self->settle_source = 0;
  be_ready (self);
  return G_SOURCE_REMOVE;
}

static void
settle (EdgeDirect *self)
{
  if (!self->gathered || self->candidates->len == 0 || self->ready)
    return;
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
description_cb (EdgeRtc    *rtc,
                const char *sdp,
                EdgeDirect *self)
{
  g_set_str (&self->sdp, sdp);
}

static void
candidate_cb (EdgeRtc    *rtc,
              guint       media_line,
              const char *candidate,
              EdgeDirect *self)
{
  g_ptr_array_add (self->candidates, g_strdup (candidate));
  settle (self);
}

static void
gathered_cb (EdgeRtc    *rtc,
             EdgeDirect *self)
{
  self->gathered = TRUE;
  settle (self);
}

static void
closed_cb (EdgeRtc    *rtc,
           const char *reason,
           EdgeDirect *self)
{
  g_autoptr(EdgeDirect) keep = g_object_ref (self);
  g_autofree char *words = g_strdup (reason);

  if (self->over)
    return;
  let_go (self);
  g_signal_emit (self, signals[FAILED], 0, words);
}

static void
link_up_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            EdgeDirect *self)
{
  g_autoptr(EdgeDirect) keep = g_object_ref (self);

  if (self->over || g_strcmp0 (edge_peer_get_id (peer), self->peer_id) != 0)
    return;
  let_go (self);
  g_signal_emit (self, signals[CONNECTED], 0, peer);
}

static void
edge_direct_dispose (GObject *object)
{
  let_go (EDGE_DIRECT (object));

  G_OBJECT_CLASS (edge_direct_parent_class)->dispose (object);
}

static void
edge_direct_finalize (GObject *object)
{
  EdgeDirect *self = EDGE_DIRECT (object);

  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->peer_id, g_free);
  g_clear_pointer (&self->sdp, g_free);

  G_OBJECT_CLASS (edge_direct_parent_class)->finalize (object);
}

static void
edge_direct_class_init (EdgeDirectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_direct_dispose;
  object_class->finalize = edge_direct_finalize;

  /**
   * EdgeDirect::ready:
   * @self: a direct link in the making
   *
   * Description and candidates are there, to be packed into an invitation.
   */
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeDirect::connected:
   * @self: a direct link
   * @peer: to whom there is a link now
   */
  signals[CONNECTED] = g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgeDirect::failed:
   * @self: a direct link that will not be
   * @reason: words for the log
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
edge_direct_init (EdgeDirect *self)
{
  self->candidates = g_ptr_array_new_with_free_func (g_free);
}

static EdgeDirect *
make (EdgeMesh  *mesh,
      gboolean   offerer,
      GError   **error)
{
  g_autoptr(EdgeDirect) self = g_object_new (EDGE_TYPE_DIRECT, NULL);

  self->mesh = g_object_ref (mesh);
  self->rtc = edge_rtc_new (offerer, (const char * const *) mesh->ice_servers);
  /* Who answers looks for the way before the other has the answer, whose router lets nothing in
   * until then. */
  if (!offerer)
    edge_rtc_set_patient (self->rtc);
  g_signal_connect (self->rtc, "local-description", G_CALLBACK (description_cb), self);
  g_signal_connect (self->rtc, "local-candidate", G_CALLBACK (candidate_cb), self);
  g_signal_connect (self->rtc, "gathered", G_CALLBACK (gathered_cb), self);
  g_signal_connect (self->rtc, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect (mesh, "link-up", G_CALLBACK (link_up_cb), self);
  self->gather_source = g_timeout_add (GATHER_LIMIT_MS, gather_expired_cb, self);
  if (!edge_rtc_start (self->rtc, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
take_remote (EdgeDirect  *self,
             const char  *peer_id,
             const char  *sdp,
             GError     **error)
{
  EdgeLink *link = _edge_mesh_ensure_link (self->mesh, peer_id, "invitation");

  if (link == NULL)
    {
      g_set_error_literal (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_BUSY,
                           "There are as many links as this computer takes, or the peer is blocked");
      return FALSE;
    }
  g_set_str (&self->peer_id, peer_id);
  _edge_link_adopt_direct (link, self->rtc, g_get_monotonic_time ());
  self->adopted = TRUE;
  return edge_rtc_set_remote_description (self->rtc, sdp, error);
}

/**
 * edge_mesh_begin_direct:
 * @mesh: a started mesh
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Makes an offer to be carried by hand.
 *
 * Returns: (transfer full) (nullable): a link in the making
 */
EdgeDirect *
edge_mesh_begin_direct (EdgeMesh  *mesh,
                        GError   **error)
{
  g_return_val_if_fail (EDGE_IS_MESH (mesh), NULL);

  return make (mesh, TRUE, error);
}

/**
 * edge_mesh_answer_direct:
 * @mesh: a started mesh
 * @peer_id: who signed the offer
 * @sdp: the offer, with its candidates
 * @error: return location for an error in the `EDGE_MESH_ERROR` or `EDGE_SDP_ERROR` domain
 *
 * Takes an offer that came by hand and makes the answer to it.
 *
 * Returns: (transfer full) (nullable): a link in the making
 */
EdgeDirect *
edge_mesh_answer_direct (EdgeMesh    *mesh,
                         const char  *peer_id,
                         const char  *sdp,
                         GError     **error)
{
  g_autoptr(EdgeDirect) self = NULL;

  g_return_val_if_fail (EDGE_IS_MESH (mesh), NULL);

  self = make (mesh, FALSE, error);
  if (self == NULL || !take_remote (self, peer_id, sdp, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * edge_direct_get_sdp:
 * @self: a link in the making
 *
 * Returns: (transfer none) (nullable): our description, once it is ready
 */
const char *
edge_direct_get_sdp (EdgeDirect *self)
{
  g_return_val_if_fail (EDGE_IS_DIRECT (self), NULL);

  return self->sdp;
}

/**
 * edge_direct_dup_candidates:
 * @self: a link in the making
 *
 * Returns: (transfer full): our candidates
 */
GStrv
edge_direct_dup_candidates (EdgeDirect *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (EDGE_IS_DIRECT (self), NULL);

  for (guint i = 0; i < self->candidates->len; i++)
    g_strv_builder_add (builder, self->candidates->pdata[i]);
  return g_strv_builder_end (builder);
}

/**
 * edge_direct_take_answer:
 * @self: an offer in the making
 * @peer_id: who signed the answer
 * @sdp: the answer, with its candidates
 * @error: return location for an error in the `EDGE_MESH_ERROR` or `EDGE_SDP_ERROR` domain
 *
 * Returns: whether the answer can be used; the link follows
 */
gboolean
edge_direct_take_answer (EdgeDirect  *self,
                         const char  *peer_id,
                         const char  *sdp,
                         GError     **error)
{
  g_return_val_if_fail (EDGE_IS_DIRECT (self), FALSE);

  if (self->over || self->adopted)
    {
      g_set_error_literal (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_NOT_LINKED,
                           "The offer is over, or has its answer already");
      return FALSE;
    }
  return take_remote (self, peer_id, sdp, error);
}

/**
 * edge_direct_cancel:
 * @self: a link in the making
 *
 * Gives it up. A link that is there already stays.
 */
void
edge_direct_cancel (EdgeDirect *self)
{
  g_return_if_fail (EDGE_IS_DIRECT (self));

  let_go (self);
}
