/* edge-key-file.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/edge-base64.h"

/* 43 characters and the newline that an editor leaves behind, and some room
 * to tell a longer file from a key. */
#define READ_SIZE 64

static gboolean
fail_errno (GError     **error,
            int          saved_errno,
            const char  *what,
            const char  *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               "%s the key file “%s”: %s", what, path, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
check_safe (int          fd,
            const char  *path,
            GError     **error)
{
  struct stat st;

  if (fstat (fd, &st) != 0)
    return fail_errno (error, errno, "Can't look at", path);

  if (!S_ISREG (st.st_mode))
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED,
                   "The key file “%s” is not a regular file", path);
      return FALSE;
    }

  if ((st.st_mode & 0077) != 0)
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_UNSAFE,
                   "The key file “%s” is open to others (mode %04o); "
                   "set it to your eyes only with: chmod 600",
                   path, (guint) (st.st_mode & 07777));
      return FALSE;
    }

  if (st.st_uid != geteuid () && geteuid () != 0)
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_UNSAFE,
                   "The key file “%s” belongs to another user", path);
      return FALSE;
    }

  return TRUE;
}

static gssize
read_all (int   fd,
          char *buffer,
          gsize size)
{
  gsize have = 0;

  while (have < size)
    {
      gssize n = read (fd, buffer + have, size - have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      have += (gsize) n;
    }

  return (gssize) have;
}

static gboolean
write_all (int         fd,
           const char *buffer,
           gsize       size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = write (fd, buffer + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }

  return TRUE;
}

static EdgeIdentity *
read_identity (int          fd,
               const char  *path,
               GError     **error)
{
  EdgeIdentity *identity = NULL;
  char text[READ_SIZE];
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  gssize length;

  if (!check_safe (fd, path, error))
    return NULL;

  length = read_all (fd, text, sizeof text);
  if (length < 0)
    {
      fail_errno (error, errno, "Can't read", path);
      return NULL;
    }

  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;

  if (edge_base64url_decode_fixed (text, length, seed, sizeof seed))
    identity = edge_identity_new_from_seed (seed);
  else
    g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED,
                 "The file “%s” holds no key: it must be one line of 43 characters "
                 "(32 bytes in base64url)", path);

  sodium_memzero (text, sizeof text);
  sodium_memzero (seed, sizeof seed);
  return identity;
}

/**
 * edge_key_file_load:
 * @path: (type filename): a key file
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Reads a key file: 32 bytes of seed in base64url, one line. A file that others
 * can read or write is refused, since whoever reads it is this identity.
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_key_file_load (const char  *path,
                    GError     **error)
{
  EdgeIdentity *identity;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  /* Not blocking, so that a pipe by that name can't hold us. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND,
                   "There is no key file “%s”", path);
      return NULL;
    }
  if (fd < 0)
    {
      fail_errno (error, errno, "Can't open", path);
      return NULL;
    }

  identity = read_identity (fd, path, error);
  close (fd);
  return identity;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Written whole under a name of its own, to be moved to its place, so that a
 * crash leaves either what was there or a good one. */
static char *
write_part (EdgeIdentity  *identity,
            const char    *path,
            GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_strdup_printf ("%s.%08x%08x.part", path,
                                           g_random_int (), g_random_int ());
  g_autofree char *text = NULL;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  gboolean good;
  int saved_errno;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_errno (error, errno, "Can't make the folder of", path);
      return NULL;
    }

  fd = open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      fail_errno (error, errno, "Can't make", path);
      return NULL;
    }

  edge_identity_copy_seed (identity, seed);
  text = edge_base64url_encode (seed, sizeof seed);
  sodium_memzero (seed, sizeof seed);

  good = write_all (fd, text, EDGE_KEY_TEXT_LENGTH) && write_all (fd, "\n", 1) && fsync (fd) == 0;
  saved_errno = errno;
  sodium_memzero (text, EDGE_KEY_TEXT_LENGTH);
  if (close (fd) != 0 && good)
    {
      saved_errno = errno;
      good = FALSE;
    }
  if (good)
    return g_steal_pointer (&part);

  unlink (part);
  fail_errno (error, saved_errno, "Can't write", path);
  return NULL;
}

/* Linked to its place, so that a key that came to be there meanwhile is never
 * overwritten. */
static EdgeIdentity *
make_identity (const char  *path,
               GError     **error)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autofree char *part = write_part (identity, path, error);
  int saved_errno = 0;

  if (part == NULL)
    return NULL;
  if (link (part, path) != 0)
    saved_errno = errno;
  unlink (part);

  if (saved_errno == EEXIST)
    return edge_key_file_load (path, error);
  if (saved_errno != 0)
    {
      fail_errno (error, saved_errno, "Can't write", path);
      return NULL;
    }

  sync_folder (path);
  return g_steal_pointer (&identity);
}

/**
 * edge_key_file_save:
 * @identity: an identity
 * @path: (type filename): where to; a key file there is replaced in one step
 * @error: return location for an error in the `G_IO_ERROR` domain
 *
 * Writes a key file, mode 0600.
 *
 * Returns: whether it is on the disk
 */
gboolean
edge_key_file_save (EdgeIdentity  *identity,
                    const char    *path,
                    GError       **error)
{
  g_autofree char *part = NULL;
  int saved_errno;

  g_return_val_if_fail (EDGE_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  part = write_part (identity, path, error);
  if (part == NULL)
    return FALSE;
  if (rename (part, path) != 0)
    {
      saved_errno = errno;
      unlink (part);
      return fail_errno (error, saved_errno, "Can't write", path);
    }

  sync_folder (path);
  return TRUE;
}

/**
 * edge_key_file_load_or_make:
 * @path: (type filename): a key file
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Reads a key file as edge_key_file_load() does, or makes one with a new
 * identity, mode 0600, where there is none. Of two programs that make it at
 * once both end with the same key.
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_key_file_load_or_make (const char  *path,
                            GError     **error)
{
  g_autoptr(GError) local = NULL;
  EdgeIdentity *identity;

  g_return_val_if_fail (path != NULL, NULL);

  identity = edge_key_file_load (path, &local);
  if (identity != NULL)
    return identity;

  if (!g_error_matches (local, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return make_identity (path, error);
}
