/* ledger-book.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger-book.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ledger/edge-ledger-private.h"
#include "ledger/edge-note.h"

#define BATCH 128

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

LedgerBook *
ledger_book_new (void)
{
  LedgerBook *self = g_new0 (LedgerBook, 1);

  self->folder = g_dir_make_tmp ("edge-book-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "net.sqlite", NULL);
  return self;
}

void
ledger_book_free (LedgerBook *self)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (self->ledger != NULL)
    ledger_book_shut (self);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
ledger_book_open (LedgerBook *self,
                  const char *genesis)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  self->ledger = edge_ledger_new (self->path);
  edge_ledger_set_archive (self->ledger, !self->pruned, self->keep);
  edge_ledger_open_async (self->ledger, genesis, NULL, keep_cb, &result);
  wait_for (&result);
  edge_ledger_open_finish (self->ledger, result, &error);
  g_assert_no_error (error);
}

void
ledger_book_shut (LedgerBook *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  EdgeLedger *gone = self->ledger;

  edge_ledger_close_async (self->ledger, NULL, keep_cb, &result);
  wait_for (&result);
  edge_ledger_close_finish (self->ledger, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  /* The ledger's thread lets go of its last call a moment after the answer. */
  g_object_add_weak_pointer (G_OBJECT (self->ledger), (gpointer *) &gone);
  g_clear_object (&self->ledger);
  while (gone != NULL)
    g_main_context_iteration (NULL, FALSE);
}

/* The ledger's thread folds by and by; what is asked next is to know all. */
static void
settle (LedgerBook *self)
{
  g_mutex_lock (&self->ledger->lock);
  edge_fold_run (self->ledger->fold, G_MAXUINT);
  g_mutex_unlock (&self->ledger->lock);
}

EdgeIngestResult *
ledger_book_ingest (LedgerBook        *self,
                    const char *const *texts)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  EdgeIngestResult *ingest;

  edge_ledger_ingest_async (self->ledger, texts, 1, NULL, keep_cb, &result);
  wait_for (&result);
  ingest = edge_ledger_ingest_finish (self->ledger, result, &error);
  g_assert_no_error (error);
  settle (self);
  return ingest;
}

/* Takes in some events of the world, which must all be good. */
void
ledger_book_take (LedgerBook  *self,
                  LedgerWorld *world,
                  guint        from,
                  guint        to)
{
  while (from < to)
    {
      const char *texts[BATCH + 1] = { NULL };
      g_autoptr(EdgeIngestResult) result = NULL;

      for (guint i = 0; i < BATCH && from < to; i++)
        texts[i] = ledger_world_event (world, from++)->text;
      result = ledger_book_ingest (self, texts);
      g_assert_cmpuint (result->n_bad, ==, 0);
    }
}

char *
ledger_book_issue (LedgerBook    *self,
                   EdgeIdentity  *identity,
                   EdgeEventType  type,
                   const char    *body)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *id;

  edge_ledger_issue_async (self->ledger, identity, type, body, NULL, keep_cb, &result);
  wait_for (&result);
  id = edge_ledger_issue_finish (self->ledger, result, &error);
  g_assert_no_error (error);
  settle (self);
  return id;
}

/* Has those of the world's keys that judge the next checkpoint sign one that closes
 * what is open. */
char *
ledger_book_certify (LedgerBook     *self,
                     LedgerWorld    *world,
                     guint           n_keys,
                     EdgeCheckpoint *checkpoint)
{
  g_autoptr(GString) certificate = g_string_new ("[");
  g_autoptr(GError) error = NULL;
  EdgeId judges[EDGE_GENESIS_MAX_VALIDATORS];
  EdgeId last;
  guint64 n_closed;
  guint n_judges = edge_ledger_get_judges (self->ledger, &n_closed, &last, judges);

  g_assert_cmpuint (edge_ledger_list_open_tips (self->ledger, checkpoint), >, 0);
  edge_ledger_try_checkpoint (self->ledger, checkpoint, &error);
  g_assert_no_error (error);
  for (guint kind = EDGE_NOTE_PROPOSE; kind <= EDGE_NOTE_FINALIZE; kind += EDGE_NOTE_FINALIZE)
    {
      for (guint i = 0; i < n_keys; i++)
        {
          EdgeIdentity *identity = ledger_world_identity (world, i);
          g_autoptr(EdgeNote) note = edge_note_new (kind, &ledger_world_genesis (world)->id,
                                                    checkpoint->n, 3);
          gboolean judge = FALSE;

          for (guint j = 0; j < n_judges; j++)
            judge = judge || memcmp (judges[j].bytes, edge_identity_get_public_key (identity),
                                     EDGE_ID_SIZE) == 0;
          if (!judge)
            continue;
          edge_checkpoint_hash (checkpoint, &note->hash);
          if (kind == EDGE_NOTE_PROPOSE)
            note->checkpoint = g_memdup2 (checkpoint, sizeof *checkpoint);
          edge_note_sign (note, identity);
          g_string_append_printf (certificate, "%s\"%s\"", certificate->len > 1 ? "," : "", note->text);
          if (kind == EDGE_NOTE_PROPOSE)
            break;
        }
    }
  g_string_append (certificate, "]");
  return g_string_free_and_steal (g_steal_pointer (&certificate));
}

gboolean
ledger_book_finish (LedgerBook            *self,
                    const EdgeCheckpoint  *checkpoint,
                    const char            *certificate,
                    GError               **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  edge_ledger_close_book_async (self->ledger, checkpoint, certificate, NULL, keep_cb, &result);
  wait_for (&result);
  return edge_ledger_close_book_finish (self->ledger, result, error);
}

char *
ledger_book_close (LedgerBook  *self,
                   LedgerWorld *world,
                   guint        n_keys)
{
  g_autoptr(GError) error = NULL;
  EdgeCheckpoint checkpoint;
  g_autofree char *certificate = ledger_book_certify (self, world, n_keys, &checkpoint);

  ledger_book_finish (self, &checkpoint, certificate, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&certificate);
}

/* The state root with all that is open. */
void
ledger_book_root (LedgerBook *self,
                  EdgeId     *root)
{
  settle (self);
  g_mutex_lock (&self->ledger->lock);
  edge_state_get_root (edge_fold_get_state (self->ledger->fold), root);
  g_mutex_unlock (&self->ledger->lock);
}
