/* edge-state-dir.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-state-dir.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/edge-base64.h"
#include "node/edge-node-error.h"

#define LOCK_FILE "lock"
#define BUS_FILE  "bus"

/**
 * EdgeStateDir:
 *
 * The folder of a node, which belongs to one process at a time.
 */
struct _EdgeStateDir
{
  char *address;
  int   dir_fd;
  int   lock_fd;
};

/**
 * edge_state_dir_dup_default:
 *
 * Returns: (transfer full): the folder of the person's own node
 */
char *
edge_state_dir_dup_default (void)
{
  return g_build_filename (g_get_user_data_dir (), "edge-net", NULL);
}

/**
 * edge_state_dir_dup_address:
 * @path: the folder
 * @dir_fd: (out): keep it open as long as the address is used, then close it; -1 when there is
 *   no such folder
 *
 * Returns: (transfer full): the D-Bus address of the node's socket
 */
char *
edge_state_dir_dup_address (const char *path,
                            int        *dir_fd)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *socket = g_build_filename (absolute, BUS_FILE, NULL);
  g_autofree char *escaped = NULL;

  *dir_fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);

  /* The address of a socket holds a short path only; the kernel lends one. */
  if (strlen (socket) >= sizeof ((struct sockaddr_un *) 0)->sun_path && *dir_fd >= 0)
    {
      g_free (socket);
      socket = g_strdup_printf ("/proc/self/fd/%d/%s", *dir_fd, BUS_FILE);
    }

  escaped = g_dbus_address_escape_value (socket);
  return g_strconcat ("unix:path=", escaped, NULL);
}

static gboolean
is_ours (const char *path)
{
  g_autofree char *lock = g_build_filename (path, LOCK_FILE, NULL);
  g_autoptr(GDir) dir = NULL;

  if (g_file_test (lock, G_FILE_TEST_EXISTS))
    return TRUE;

  dir = g_dir_open (path, 0, NULL);
  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* Only the person may enter it. A folder full of other things keeps its rights. */
static gboolean
prepare (const char  *path,
         GError     **error)
{
  struct stat about;

  if (g_mkdir_with_parents (path, 0700) != 0 || stat (path, &about) != 0)
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR,
                   _("The folder %s can’t be made: %s"), path, g_strerror (errno));
      return FALSE;
    }

  if (about.st_uid != geteuid ())
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR,
                   _("The folder %s belongs to somebody else; choose another with --state"), path);
      return FALSE;
    }
  if ((about.st_mode & 077) == 0)
    return TRUE;

  if (!is_ours (path))
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR,
                   _("Others may enter the folder %s; “chmod 700” it, or choose another with --state"),
                   path);
      return FALSE;
    }
  if (chmod (path, 0700) != 0)
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR,
                   _("The folder %s can’t be closed to others: %s"), path, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/**
 * edge_state_dir_open:
 * @path: the folder; made when it is not there
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Takes the folder for this process, until it ends or calls edge_state_dir_close().
 *
 * Returns: (transfer full): the folder
 */
EdgeStateDir *
edge_state_dir_open (const char  *path,
                     GError     **error)
{
  g_autofree char *lock = g_build_filename (path, LOCK_FILE, NULL);
  EdgeStateDir *self;
  int fd;

  if (!prepare (path, error))
    return NULL;

  fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR,
                   _("The file %s can’t be opened: %s"), lock, g_strerror (errno));
      return NULL;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_IN_USE,
                   _("Another node uses the folder %s; end it, or choose another with --state"),
                   path);
      return NULL;
    }

  self = g_new0 (EdgeStateDir, 1);
  self->lock_fd = fd;
  self->address = edge_state_dir_dup_address (path, &self->dir_fd);
  /* Whoever held the folder before may have been killed. */
  edge_state_dir_clear_bus (self);
  return self;
}

/**
 * edge_state_dir_get_address:
 * @self: a folder
 *
 * Returns: (transfer none): the D-Bus address to listen on
 */
const char *
edge_state_dir_get_address (EdgeStateDir *self)
{
  return self->address;
}

/**
 * edge_state_dir_clear_bus:
 * @self: a folder
 *
 * Removes the socket.
 */
void
edge_state_dir_clear_bus (EdgeStateDir *self)
{
  if (self->dir_fd >= 0)
    unlinkat (self->dir_fd, BUS_FILE, 0);
}

void
edge_state_dir_close (EdgeStateDir *self)
{
  edge_state_dir_clear_bus (self);
  if (self->dir_fd >= 0)
    close (self->dir_fd);
  close (self->lock_fd);
  g_free (self->address);
  g_free (self);
}

/**
 * edge_state_dir_dup_place:
 * @path: a node's folder
 *
 * A folder that was copied, to another computer or on the same, is at another place. This tells
 * nothing of the computer to others: it is a hash, and stays here.
 *
 * Returns: (transfer full): 43 characters that are others at another place
 */
char *
edge_state_dir_dup_place (const char *path)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *machine = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "edge-net place\n", -1);
  if (g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    g_checksum_update (checksum, (const guchar *) machine, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) whole, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return edge_base64url_encode (digest, sizeof digest);
}
