/* test-proof.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger-book.h"
#include "ledger/edge-proof.h"

#define N_KEYS 8

typedef struct
{
  LedgerWorld *world;
  LedgerBook  *book;
  EdgeId       net;
  EdgeId       keys[N_KEYS];
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->world = ledger_world_new (11, N_KEYS, 3, FALSE);
  self->net = ledger_world_genesis (self->world)->id;
  ledger_world_grow (self->world, 150);
  for (guint i = 0; i < N_KEYS; i++)
    memcpy (self->keys[i].bytes,
            edge_identity_get_public_key (ledger_world_identity (self->world, i)), EDGE_ID_SIZE);
  self->book = ledger_book_new ();
  ledger_book_open (self->book, ledger_world_event (self->world, 0)->text);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  ledger_book_free (self->book);
  ledger_world_free (self->world);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return edge_id_compare (a, b);
}

/* All validators agree on others: the members among the first keys. */
static void
change_validators (Fixture *self,
                   guint    skip)
{
  g_autoptr(GString) body = g_string_new ("{\"keys\":[");
  EdgeId members[N_KEYS];
  EdgeId validators[EDGE_GENESIS_MAX_VALIDATORS];
  guint n_members = 0;
  guint n_validators = edge_ledger_get_validators (self->book->ledger, validators);

  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autoptr(EdgeAccount) account = edge_ledger_dup_account (self->book->ledger, &self->keys[i]);

      if (account != NULL && account->member && i != skip)
        members[n_members++] = self->keys[i];
    }
  g_sort_array (members, n_members, sizeof *members, compare_ids, NULL);
  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *text = edge_id_to_text (&members[i]);

      g_string_append_printf (body, "%s\"%s\"", i > 0 ? "," : "", text);
    }
  g_string_append (body, "]}");
  for (guint i = 0; i < N_KEYS; i++)
    {
      for (guint v = 0; v < n_validators; v++)
        {
          if (edge_id_equal (&validators[v], &self->keys[i]))
            g_free (ledger_book_issue (self->book, ledger_world_identity (self->world, i),
                                       EDGE_EVENT_VALIDATORS, body->str));
        }
    }
}

/* Three checkpoints, with two changes of the validators on the way. */
static void
close_three (Fixture *self)
{
  guint n_events = ledger_world_n_events (self->world);

  ledger_book_take (self->book, self->world, 0, n_events / 2);
  change_validators (self, 0);
  g_free (ledger_book_close (self->book, self->world, N_KEYS));
  ledger_book_take (self->book, self->world, n_events / 2, n_events);
  change_validators (self, 1);
  g_free (ledger_book_close (self->book, self->world, N_KEYS));
  g_free (ledger_book_issue (self->book, ledger_world_identity (self->world, 2),
                             EDGE_EVENT_STAKE, "{\"amount\":1}"));
  g_free (ledger_book_close (self->book, self->world, N_KEYS));
  g_free (ledger_book_issue (self->book, ledger_world_identity (self->world, 2),
                             EDGE_EVENT_STAKE, "{\"amount\":1}"));
}

static void
test_holds (Fixture       *self,
            gconstpointer  data)
{
  EdgeCheckpoint last;
  EdgeId stranger = { { 1 } };

  close_three (self);
  g_assert_true (edge_ledger_get_checkpoint (self->book->ledger, 3, &last));
  for (guint i = 0; i <= N_KEYS; i++)
    {
      const EdgeId *key = i < N_KEYS ? &self->keys[i] : &stranger;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = edge_ledger_dup_proof (self->book->ledger, key, &error);
      g_autoptr(EdgeProof) proof = NULL;
      guint64 final = 0;

      g_assert_no_error (error);
      proof = edge_proof_check (text, strlen (text), &self->net, &error);
      g_assert_no_error (error);
      g_assert_true (edge_id_equal (&proof->key, key));
      g_assert_cmpuint (proof->n_changes, ==, 2);
      g_assert_cmpuint (proof->last.checkpoint.n, ==, 3);
      g_assert_true (edge_id_equal (&proof->last.checkpoint.state, &last.state));
      g_assert_true (edge_ledger_get_final (self->book->ledger, key, &final));
      g_assert_cmpuint (proof->account != NULL ? proof->account->free : 0, ==, final);
      g_assert_true (key != &stranger || proof->account == NULL);
    }
}

/* What is proven stays so after the next start, which reads it all from the file. */
static void
test_same_after_restart (Fixture       *self,
                         gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  close_three (self);
  before = edge_ledger_dup_proof (self->book->ledger, &self->keys[2], &error);
  g_assert_no_error (error);
  ledger_book_shut (self->book);
  ledger_book_open (self->book, NULL);
  after = edge_ledger_dup_proof (self->book->ledger, &self->keys[2], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, after);
}

static void
assert_refused (Fixture    *self,
                const char *text,
                gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeProof) proof = edge_proof_check (text, length, &self->net, &error);

  g_assert_null (proof);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
}

/* Every byte counts: in a quick run one bit of each, in a long one all bits. */
static void
test_every_bit (Fixture       *self,
                gconstpointer  data)
{
  gboolean all = g_getenv ("EDGE_NET_SOAK") != NULL;
  EdgeId stranger = { { 1 } };
  const EdgeId *keys[] = { &self->keys[2], &stranger };

  close_three (self);
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = edge_ledger_dup_proof (self->book->ledger, keys[k], &error);
      gsize length = strlen (text);

      g_assert_no_error (error);
      for (gsize i = 0; i < length; i++)
        {
          for (guint bit = 0; bit < 8; bit++)
            {
              if (!all && bit != (i + k) % 8)
                continue;
              text[i] ^= (char) (1 << bit);
              assert_refused (self, text, length);
              text[i] ^= (char) (1 << bit);
            }
        }
      for (gsize cut = 0; cut < length; cut += 97)
        assert_refused (self, text, cut);
    }
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_autoptr(GString) copy = g_string_new (text);

  g_assert_cmpuint (g_string_replace (copy, from, to, 1), ==, 1);
  return g_string_free_and_steal (g_steal_pointer (&copy));
}

static void
assert_fault (Fixture    *self,
              const char *text,
              const char *where)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeProof) proof = edge_proof_check (text, strlen (text), &self->net, &error);

  g_assert_null (proof);
  if (!g_str_has_prefix (error->message, where))
    g_error ("“%s” does not begin with “%s”", error->message, where);
}

/* It is said where a proof fails. */
static void
test_says_where (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key = edge_id_to_text (&self->keys[2]);
  g_autofree char *other = edge_id_to_text (&self->keys[3]);
  g_autofree char *wrong_key = NULL;
  g_autofree char *richer = NULL;
  g_autofree char *no_changes = NULL;
  g_autofree char *key_from = g_strdup_printf ("\"key\":\"%s\"", key);
  g_autofree char *key_to = g_strdup_printf ("\"key\":\"%s\"", other);
  const char *start;
  const char *end;
  EdgeId elsewhere = { { 9 } };
  g_autoptr(EdgeProof) proof = NULL;

  close_three (self);
  text = edge_ledger_dup_proof (self->book->ledger, &self->keys[2], &error);
  g_assert_no_error (error);

  proof = edge_proof_check (text, strlen (text), &elsewhere, &error);
  g_assert_null (proof);
  g_assert_cmpstr (error->message, ==, "genesis: it is that of another network");
  g_clear_error (&error);

  wrong_key = replace (text, key_from, key_to);
  assert_fault (self, wrong_key, "last: account and account_path: ");
  richer = replace (text, "\"free\":\"", "\"free\":\"9");
  assert_fault (self, richer, "last: account and account_path: ");

  /* Validators of the genesis alone cannot answer for what others judged. */
  start = strstr (text, "\"changes\":[") + strlen ("\"changes\":[");
  end = strstr (text, "],\"edge_net_proof\"");
  no_changes = g_strdup_printf ("%.*s%s", (int) (start - text), text, end);
  assert_fault (self, no_changes, "last: certificate");
}

static void
test_nothing_final (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = edge_ledger_dup_proof (self->book->ledger, &self->keys[0], &error);

  g_assert_null (text);
  g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/proof/holds", Fixture, NULL, set_up, test_holds, tear_down);
  g_test_add ("/ledger/proof/same-after-restart", Fixture, NULL, set_up, test_same_after_restart,
              tear_down);
  g_test_add ("/ledger/proof/every-bit", Fixture, NULL, set_up, test_every_bit, tear_down);
  g_test_add ("/ledger/proof/says-where", Fixture, NULL, set_up, test_says_where, tear_down);
  g_test_add ("/ledger/proof/nothing-final", Fixture, NULL, set_up, test_nothing_final, tear_down);
  return g_test_run ();
}
