/* edge-relay-poller.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-poller.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/epoll.h>
#include <unistd.h>

/**
 * EdgeRelayPoller:
 *
 * Watches the sockets of all clients as one source of the main loop. With a
 * source for each of ten thousand idle clients, every turn of the loop would
 * walk over all of them; epoll names only those that have something.
 *
 * Frames that a turn produces are written at its end, all of one client in one
 * go. Sockets that died are told of and freed after that, so that no callback
 * runs while another is using the same client.
 */

#define EVENTS_A_TURN 256
#define READ_SPACE    (128 * 1024)

struct _EdgeRelayPoller
{
  GSource   *source;
  int        fd;
  GPtrArray *marked;
  GPtrArray *dead;
  guint8    *space;
};

typedef struct
{
  GSource          parent;
  EdgeRelayPoller *poller;
} PollerSource;

static gboolean
has_work (EdgeRelayPoller *self)
{
  return self->marked->len > 0 || self->dead->len > 0;
}

static gboolean
poller_prepare (GSource *source,
                int     *timeout)
{
  *timeout = -1;
  return has_work (((PollerSource *) source)->poller);
}

static void
flush_marked (EdgeRelayPoller *self)
{
  while (self->marked->len > 0)
    edge_relay_socket_flush (g_ptr_array_steal_index_fast (self->marked, self->marked->len - 1));
}

/* Taking leave of one client may write to others, and writing may find more dead. */
static void
finish_turn (EdgeRelayPoller *self)
{
  flush_marked (self);
  while (self->dead->len > 0)
    {
      EdgeRelaySocket *socket;

      socket = g_ptr_array_steal_index_fast (self->dead, self->dead->len - 1);
      g_ptr_array_remove_fast (self->marked, socket);
      edge_relay_socket_funeral (socket);
      flush_marked (self);
    }
}

static gboolean
poller_dispatch (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     user_data)
{
  EdgeRelayPoller *self = ((PollerSource *) source)->poller;
  struct epoll_event events[EVENTS_A_TURN];
  int n = epoll_wait (self->fd, events, G_N_ELEMENTS (events), 0);

  for (int i = 0; i < n; i++)
    {
      EdgeRelaySocket *socket = events[i].data.ptr;

      if (events[i].events & EPOLLOUT)
        edge_relay_socket_flush (socket);
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        edge_relay_socket_read (socket);
    }

  finish_turn (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {
  .prepare = poller_prepare,
  .dispatch = poller_dispatch,
};

/**
 * edge_relay_poller_new:
 * @error: return location for a #GError
 *
 * Makes a poller that runs in the thread's default main context.
 *
 * Returns: (transfer full) (nullable): the poller
 */
EdgeRelayPoller *
edge_relay_poller_new (GError **error)
{
  EdgeRelayPoller *self;
  int fd = epoll_create1 (EPOLL_CLOEXEC);

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   "The system gives no event queue: %s", g_strerror (code));
      return NULL;
    }

  self = g_new0 (EdgeRelayPoller, 1);
  self->fd = fd;
  self->marked = g_ptr_array_new ();
  self->dead = g_ptr_array_new ();
  self->space = g_malloc (READ_SPACE);

  self->source = g_source_new (&source_funcs, sizeof (PollerSource));
  g_source_set_static_name (self->source, "EdgeRelayPoller");
  ((PollerSource *) self->source)->poller = self;
  g_source_add_unix_fd (self->source, fd, G_IO_IN);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * edge_relay_poller_free:
 * @self: a poller; every socket must have been aborted
 */
void
edge_relay_poller_free (EdgeRelayPoller *self)
{
  finish_turn (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_ptr_array_unref (self->marked);
  g_ptr_array_unref (self->dead);
  g_free (self->space);
  g_free (self);
}

gboolean
edge_relay_poller_add (EdgeRelayPoller  *self,
                       EdgeRelaySocket  *socket,
                       int               fd,
                       GError          **error)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = socket };

  if (epoll_ctl (self->fd, EPOLL_CTL_ADD, fd, &event) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "A connection can't be watched: %s", g_strerror (errno));
  return FALSE;
}

/* Closing a descriptor is not enough: where TLS holds another on the same
 * connection, its events would go on coming. */
void
edge_relay_poller_remove (EdgeRelayPoller *self,
                          int              fd)
{
  epoll_ctl (self->fd, EPOLL_CTL_DEL, fd, NULL);
}

/**
 * edge_relay_poller_watch:
 * @self: a poller
 * @socket: whom to call
 * @fd: its descriptor
 * @writable: whether to call also when it can be written to
 */
void
edge_relay_poller_watch (EdgeRelayPoller *self,
                         EdgeRelaySocket *socket,
                         int              fd,
                         gboolean         writable)
{
  struct epoll_event event = {
    .events = EPOLLIN | (writable ? EPOLLOUT : 0),
    .data.ptr = socket,
  };

  epoll_ctl (self->fd, EPOLL_CTL_MOD, fd, &event);
}

/** edge_relay_poller_mark: has @socket flushed at the end of the turn; once for each batch. */
void
edge_relay_poller_mark (EdgeRelayPoller *self,
                        EdgeRelaySocket *socket)
{
  g_ptr_array_add (self->marked, socket);
}

/** edge_relay_poller_bury: has the funeral of @socket held at the end of the turn. */
void
edge_relay_poller_bury (EdgeRelayPoller *self,
                        EdgeRelaySocket *socket)
{
  g_ptr_array_add (self->dead, socket);
}

/** edge_relay_poller_get_space: lends the buffer that all sockets read into. */
guint8 *
edge_relay_poller_get_space (EdgeRelayPoller *self,
                             gsize           *size)
{
  *size = READ_SPACE;
  return self->space;
}
