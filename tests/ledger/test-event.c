/* test-event.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger-world.h"
#include "ledger/edge-canon.h"
#include "ledger/edge-event-builder.h"
#include "ledger/edge-event-set.h"
#include "ledger/edge-fold.h"
#include "ledger/edge-holding-pool.h"
#include "ledger/edge-ledger-error.h"

#define KEY_A "akkzd8-WzY4vfwI9s_GI-C2CzXS14sVRl6_1IpA5tNo"
#define KEY_B "wR-2JvcLOmO2jhdJU-KN-8fbjFS6nYgm5Dl4WdumErc"
#define NET   "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"
#define PLACE "\"height\":2,\"net\":\"" NET "\",\"parents\":[\"" NET "\"],\"prev\":\"" KEY_A "\"," \
              "\"seq\":1,\"time\":5,"

static EdgeIdentity *identity;

static EdgeEvent *
parse_payload (const char  *payload,
               GError     **error)
{
  g_autofree char *text = edge_jws_sign (identity, payload, strlen (payload));

  return edge_event_parse (text, strlen (text), error);
}

static void
test_good (void)
{
  static const char *const good[] = {
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1000000000000000,\"memo\":\"\",\"to\":\"" KEY_B "\"}," PLACE
      "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"memo\":\"\\\"\\\\\xc3\xa9\",\"to\":\"" KEY_B "\"}," PLACE
      "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"akkzd8-WzY4vfwI9s_GI-C2CzXS14sVRl6_1IpA5tNp\"}," PLACE
      "\"type\":\"transfer\"}",
    "{\"body\":{\"escrow\":\"" NET "\"}," PLACE "\"type\":\"refund\"}",
    "{\"body\":{\"work\":9007199254740991},\"height\":1,\"net\":\"" NET "\",\"parents\":[\"" NET
      "\"],\"seq\":0,\"time\":4503599627370496,\"type\":\"join\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(EdgeEvent) event = parse_payload (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (event);
    }
}

/* Each breaks one rule of form. */
static void
test_bad (void)
{
  static const char *const bad[] = {
    "", "1", "[]", "{}", "{\"type\":\"transfer\"}",
    /* not canonical */
    "{\"body\": {\"amount\":1,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"to\":\"" KEY_B "\",\"amount\":1}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":01,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1.0,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1e0,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":-1,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"memo\":\"\\u0041\",\"to\":\"" KEY_B "\"}," PLACE
      "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"memo\":\"\\/\",\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"memo\":\"\x7f\",\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"memo\":\"\n\",\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"memo\":\"\xed\xa0\x80\",\"to\":\"" KEY_B "\"}," PLACE
      "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"} ",
    /* out of bounds, or not of this type */
    "{\"body\":{\"amount\":0,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1000000000000001,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":\"1\",\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"short\"}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"akkzd8-WzY4vfwI9s_GI-C2CzXS14sVRl6_1IpA5tN+\"}," PLACE
      "\"type\":\"transfer\"}",
    "{\"body\":{\"escrow\":\"akkzd8-WzY4vfwI9s_GI-C2CzXS14sVRl6_1IpA5tNp\"}," PLACE
      "\"type\":\"refund\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\",\"x\":1}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1}," PLACE "\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"gift\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"},\"height\":2,\"net\":\"" NET "\",\"parents\":[],"
      "\"prev\":\"" KEY_A "\",\"seq\":1,\"time\":5,\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"},\"height\":2,\"net\":\"" NET "\",\"parents\":[\"" NET
      "\",\"" NET "\"],\"prev\":\"" KEY_A "\",\"seq\":1,\"time\":5,\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"},\"height\":2,\"net\":\"" NET "\",\"parents\":[\"" KEY_B
      "\",\"" KEY_A "\"],\"prev\":\"" KEY_A "\",\"seq\":1,\"time\":5,\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"},\"height\":2,\"net\":\"" NET "\",\"parents\":[\"" NET
      "\"],\"prev\":\"" KEY_A "\",\"seq\":0,\"time\":5,\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"},\"height\":2,\"net\":\"" NET "\",\"parents\":[\"" NET
      "\"],\"prev\":\"" KEY_A "\",\"seq\":1,\"time\":4503599627370497,\"type\":\"transfer\"}",
    "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"},\"height\":2,\"net\":\"" NET "\",\"parents\":[\"" NET
      "\"],\"seq\":1,\"time\":5,\"type\":\"transfer\"}",
    "{\"body\":{\"work\":1},\"height\":1,\"net\":\"" NET "\",\"parents\":[\"" NET "\"],\"prev\":\"" NET
      "\",\"seq\":0,\"time\":5,\"type\":\"join\"}",
    "{\"body\":{\"keys\":[]}," PLACE "\"type\":\"validators\"}",
    "{\"body\":{\"keys\":[\"" KEY_B "\",\"" KEY_A "\"]}," PLACE "\"type\":\"validators\"}",
    "{\"body\":{\"keys\":[\"" KEY_A "\",\"" KEY_A "\"]}," PLACE "\"type\":\"validators\"}",
    "{\"body\":{\"day\":1,\"marks\":[]}," PLACE "\"type\":\"uptime\"}",
    "{\"body\":{\"escrow\":\"" NET "\",\"results\":[]}," PLACE "\"type\":\"settle\"}",
    "{\"body\":{\"a\":1,\"b\":\"\"}," PLACE "\"type\":\"slash\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(EdgeEvent) event = parse_payload (bad[i], &error);

      if (event != NULL)
        g_error ("Taken: %s", bad[i]);
      g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED);
    }
}

/* Another header, padding, spare bits, or one byte too many. */
static void
test_spelling (void)
{
  const char *payload = "{\"body\":{\"amount\":1,\"to\":\"" KEY_B "\"}," PLACE "\"type\":\"transfer\"}";
  g_autofree char *text = edge_jws_sign (identity, payload, strlen (payload));
  g_autoptr(EdgeEvent) event = edge_event_parse (text, strlen (text), NULL);
  g_autofree char *memo = g_strnfill (256, 'm');
  g_autofree char *long_memo = g_strnfill (257, 'm');
  EdgeId to;

  g_assert_nonnull (event);
  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *other = g_strdup (text);
      g_autoptr(EdgeEvent) changed = NULL;

      other[i] = other[i] == 'A' ? '=' : 'A';
      changed = edge_event_parse (other, strlen (other), NULL);
      if (changed != NULL && i < event->signed_length)
        g_assert_false (edge_id_equal (&changed->id, &event->id));
      else if (changed != NULL)
        g_assert_true (edge_id_equal (&changed->id, &event->id));
    }

  g_assert_true (edge_id_parse (&to, KEY_B, -1));
  for (guint i = 0; i < 2; i++)
    {
      EdgeEventPlace place = { .has_prev = TRUE, .n_parents = 1, .seq = 1, .height = 1 };
      g_autofree char *body = edge_event_build_transfer (&to, 1, i == 0 ? memo : long_memo);
      g_autofree char *built = edge_event_build (identity, EDGE_EVENT_TRANSFER, &place, body);
      g_autoptr(EdgeEvent) made = edge_event_parse (built, strlen (built), NULL);

      g_assert_true ((made != NULL) == (i == 0));
    }
}

static void
test_nesting (void)
{
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(GString) wide = g_string_new ("{\"a\":[0");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (edge_canon_read (deep->str, deep->len, NULL));
  g_assert_null (edge_canon_read_loose (deep->str, deep->len, NULL));

  for (guint i = 0; i < 100000; i++)
    g_string_append (wide, ",0");
  g_string_append (wide, "]}");
  {
    g_autofree EdgeCanonNode *root = edge_canon_read (wide->str, wide->len, NULL);

    g_assert_nonnull (root);
    g_assert_cmpuint (edge_canon_first (root)->count, ==, 100001);
  }
}

/* A chain as deep and a hub as wide as anybody can make them, with many forks. */
static void
test_hostile_shapes (void)
{
  enum { N = 20000 };
  g_autoptr(LedgerWorld) world = ledger_world_new (3, 4, 1, TRUE);
  EdgeEvent *genesis = ledger_world_event (world, 0);
  g_autoptr(EdgeDag) dag = edge_dag_new ();
  g_autoptr(EdgeEventSet) set = edge_event_set_new (dag);
  g_autoptr(EdgeFold) fold = edge_fold_new (dag, ledger_world_genesis (world));
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  EdgeIdentity *author = ledger_world_identity (world, 0);
  EdgeIdentity *other = ledger_world_identity (world, 1);
  EdgeId to;
  EdgeId last = genesis->id;

  memcpy (to.bytes, edge_identity_get_public_key (other), EDGE_ID_SIZE);
  edge_event_set_add (set, genesis, added);
  for (guint i = 0; i < N; i++)
    {
      gboolean fork = i % 2 == 1;
      EdgeEventPlace place = {
        .net = genesis->id, .has_prev = TRUE, .n_parents = 1, .time = genesis->time + i,
      };
      g_autofree char *body = edge_event_build_transfer (&to, i + 1, NULL);
      g_autofree char *text = NULL;
      g_autoptr(EdgeEvent) event = NULL;

      place.parents[0] = genesis->id;
      place.prev = fork ? genesis->id : last;
      place.seq = fork ? 1 : i / 2 + 1;
      place.height = fork ? 1 : i / 2 + 1;
      text = edge_event_build (author, EDGE_EVENT_TRANSFER, &place, body);
      event = edge_event_parse (text, strlen (text), NULL);
      g_assert_nonnull (event);
      edge_event_set_add (set, event, added);
      g_assert_cmpstr (edge_event_set_get_fault (set, &event->id), ==, NULL);
      if (!fork)
        last = event->id;
    }
  g_assert_cmpuint (added->len, ==, N + 1);
  edge_fold_add (fold, (const guint32 *) (gpointer) added->data, added->len);
  g_assert_true (edge_fold_run (fold, G_MAXUINT));

  /* One branch counts, the first in order: the chain. */
  g_assert_cmpuint (edge_fold_get_n_off (fold), ==, N / 2);
}

static void
test_pool (void)
{
  g_autoptr(LedgerWorld) world = ledger_world_new (5, 6, 2, FALSE);
  g_autoptr(EdgeHoldingPool) pool = edge_holding_pool_new ();
  EdgeId missing = { { 9 } };

  ledger_world_grow (world, 900);
  for (guint i = 1; i <= 900; i++)
    {
      EdgeId other = { { 7 } };

      memcpy (other.bytes + 1, &i, sizeof i);
      g_assert_true (edge_holding_pool_add (pool, ledger_world_event (world, i),
                                            i <= 300 ? &missing : &other, i <= 300 ? 1 : i % 3 + 2));
    }
  g_assert_cmpuint (edge_holding_pool_get_size (pool), ==, EDGE_HOLDING_POOL_MAX_ORIGIN + 600);
  g_assert_false (edge_holding_pool_add (pool, ledger_world_event (world, 300), &missing, 9));
  {
    g_autoptr(GPtrArray) list = edge_holding_pool_take_waiting (pool, &missing);

    /* The oldest of that link had to go. */
    g_assert_cmpuint (list->len, ==, EDGE_HOLDING_POOL_MAX_ORIGIN);
  }
  edge_holding_pool_drop_origin (pool, 2);
  g_assert_cmpuint (edge_holding_pool_get_size (pool), ==, 400);
  g_assert_true (edge_holding_pool_add (pool, ledger_world_event (world, 1), NULL, 1));
  {
    g_autoptr(GPtrArray) early = edge_holding_pool_take_due (pool, 0);
    g_autoptr(GPtrArray) due = edge_holding_pool_take_due (pool, G_MAXUINT64);

    g_assert_cmpuint (early->len, ==, 0);
    g_assert_cmpuint (due->len, ==, 1);
  }
}

int
main (int   argc,
      char *argv[])
{
  guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 77 };
  int status;

  g_test_init (&argc, &argv, NULL);
  identity = edge_identity_new_from_seed (seed);
  g_test_add_func ("/ledger/event/good", test_good);
  g_test_add_func ("/ledger/event/bad", test_bad);
  g_test_add_func ("/ledger/event/spelling", test_spelling);
  g_test_add_func ("/ledger/event/nesting", test_nesting);
  g_test_add_func ("/ledger/event/hostile-shapes", test_hostile_shapes);
  g_test_add_func ("/ledger/event/pool", test_pool);
  status = g_test_run ();
  g_object_unref (identity);
  return status;
}
