/* books-world.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "books-world.h"

#include <glib/gstdio.h>
#include <string.h>

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BooksWorld *self = user_data;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BooksWorld *self = user_data;

  edge_ledger_close_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static char *
make_genesis (BooksWorld *self)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  edge_genesis_init (&genesis, "test");
  genesis.n_validators = 1;
  genesis.n_grants = 1;
  memcpy (genesis.validators[0].bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  genesis.grants[0] = (EdgeGrant) { genesis.validators[0], 1000 * EDGE_CREDIT };
  memcpy (genesis.validators[0].bytes, edge_identity_get_public_key (self->other), EDGE_ID_SIZE);
  edge_identity_copy_seed (self->identity, seed);
  return edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 1000, seed);
}

void
books_set_up (BooksWorld    *self,
              gconstpointer  data)
{
  g_autofree char *genesis = NULL;
  EdgeId key;

  self->identity = edge_identity_generate ();
  self->other = edge_identity_generate ();
  self->folder = g_dir_make_tmp ("edge-books-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "net.sqlite", NULL);
  genesis = make_genesis (self);
  memcpy (key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  self->ledger = edge_ledger_new (self->path);
  edge_ledger_watch (self->ledger, &key);
  edge_ledger_open_async (self->ledger, genesis, NULL, opened_cb, self);
  wait_for (self->done);
  self->done = FALSE;
  self->books = edge_books_new (self->ledger, self->identity, NULL);
}

void
books_tear_down (BooksWorld    *self,
                 gconstpointer  data)
{
  g_object_run_dispose (G_OBJECT (self->books));
  g_clear_object (&self->books);
  edge_ledger_close_async (self->ledger, NULL, closed_cb, self);
  wait_for (self->done);
  g_clear_object (&self->ledger);
  g_assert_cmpint (g_remove (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_clear_object (&self->identity);
  g_clear_object (&self->other);
  g_free (self->folder);
  g_free (self->path);
}

gboolean
books_is_ready (BooksWorld *self)
{
  gboolean ready;

  g_object_get (self->books, "ready", &ready, NULL);
  return ready;
}
