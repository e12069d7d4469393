/* test-fold.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger-world.h"
#include "ledger/edge-event-set.h"
#include "ledger/edge-fold.h"
#include "ledger/edge-ledger-error.h"

/* The sanitizers look at memory, for which fewer runs do, ten times as slow. */
#ifdef __SANITIZE_ADDRESS__
#define RUNS_QUICK 200
#else
#define RUNS_QUICK 1000
#endif
#define RUNS_SOAK  10000
/* In how many every type meets every verdict. */
#define RUNS_MET   1000

/* A node of the network: what it holds, in the order it heard of it. */
typedef struct
{
  EdgeDag      *dag;
  EdgeEventSet *set;
  EdgeFold     *fold;
} Node;

static void
node_init (Node        *self,
           LedgerWorld *world)
{
  self->dag = edge_dag_new ();
  self->set = edge_event_set_new (self->dag);
  self->fold = edge_fold_new (self->dag, ledger_world_genesis (world));
}

static void
node_clear (Node *self)
{
  edge_fold_free (self->fold);
  edge_event_set_free (self->set);
  edge_dag_free (self->dag);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Node, node_clear)

static void
node_add (Node         *self,
          LedgerWorld  *world,
          const guint  *events,
          guint         n_events)
{
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n_events; i++)
    {
      EdgeEvent *event = ledger_world_event (world, events[i]);

      edge_event_set_add (self->set, event, added);
      g_assert_cmpstr (edge_event_set_get_fault (self->set, &event->id), ==, NULL);
    }
  edge_fold_add (self->fold, (const guint32 *) (gpointer) added->data, added->len);
}

static void
shuffle (GRand *rand,
         guint *list,
         guint  length)
{
  for (guint i = length; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      guint swap = list[i - 1];

      list[i - 1] = list[j];
      list[j] = swap;
    }
}

static guint *
all_events (LedgerWorld *world)
{
  guint *list = g_new (guint, ledger_world_n_events (world));

  for (guint i = 0; i < ledger_world_n_events (world); i++)
    list[i] = i;
  return list;
}

static void
assert_same (Node *a,
             Node *b)
{
  guint n_a;
  guint n_b;
  const guint32 *order_a;
  const guint32 *order_b;
  EdgeId root_a;
  EdgeId root_b;

  g_assert_true (edge_fold_run (a->fold, G_MAXUINT));
  g_assert_true (edge_fold_run (b->fold, G_MAXUINT));
  order_a = edge_fold_get_order (a->fold, &n_a);
  order_b = edge_fold_get_order (b->fold, &n_b);
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    {
      const EdgeDagNode *p = edge_dag_get_node (a->dag, order_a[i]);
      const EdgeDagNode *q = edge_dag_get_node (b->dag, order_b[i]);

      g_assert_true (edge_id_equal (&p->id, &q->id));
      g_assert_cmpint (p->verdict, ==, q->verdict);
      g_assert_cmpint (p->reason, ==, q->reason);
      g_assert_cmpuint (p->set, ==, q->set);
    }
  edge_state_get_root (edge_fold_get_state (a->fold), &root_a);
  edge_state_get_root (edge_fold_get_state (b->fold), &root_b);
  g_assert_true (edge_id_equal (&root_a, &root_b));
  g_assert_cmpuint (edge_fold_get_multiplier (a->fold), ==, edge_fold_get_multiplier (b->fold));
}

static void
add_account_cb (const EdgeAccount *account,
                gpointer           user_data)
{
  guint64 *sum = user_data;

  *sum += account->free + edge_account_sum (account->lots) + edge_account_stake (account);
}

static void
add_escrow_cb (const EdgeEscrow *escrow,
               gpointer          user_data)
{
  guint64 *sum = user_data;

  *sum += escrow->share * (escrow->n_workers - escrow->n_done);
}

/* Always: what accounts and escrows hold, and what burned, was minted. */
static void
assert_conserved (Node *node)
{
  EdgeState *state = edge_fold_get_state (node->fold);
  const EdgeTotals *totals = edge_state_get_totals (state);
  guint64 sum = totals->burned;

  edge_state_foreach_account (state, add_account_cb, &sum);
  edge_state_foreach_escrow (state, add_escrow_cb, &sum);
  g_assert_cmpuint (sum, ==, totals->minted);
}

/* The tree that was kept up equals one made of all entries at once. */
static void
rebuild_account_cb (const EdgeAccount *account,
                    gpointer           user_data)
{
  g_autofree char *text = edge_account_to_text (account);
  char name[1 + EDGE_ID_TEXT_SIZE] = "a";

  edge_id_write (&account->key, name + 1);
  edge_state_tree_set (user_data, name, text, strlen (text));
}

static void
rebuild_escrow_cb (const EdgeEscrow *escrow,
                   gpointer          user_data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char name[1 + EDGE_ID_TEXT_SIZE] = "e";

  edge_escrow_write (escrow, text);
  edge_id_write (&escrow->id, name + 1);
  edge_state_tree_set (user_data, name, text->str, text->len);
}

static void
assert_tree (Node *node)
{
  EdgeState *state = edge_fold_get_state (node->fold);
  g_autoptr(EdgeStateTree) tree = edge_state_tree_new ();
  g_autofree char *totals = edge_state_totals_to_text (state);
  EdgeId kept;
  EdgeId fresh;

  edge_state_foreach_account (state, rebuild_account_cb, tree);
  edge_state_foreach_escrow (state, rebuild_escrow_cb, tree);
  edge_state_tree_set (tree, "n", totals, strlen (totals));
  edge_state_tree_get_root (tree, &fresh);
  edge_state_get_root (state, &kept);
  g_assert_true (edge_id_equal (&kept, &fresh));
}

static guint
n_runs (void)
{
  return g_strcmp0 (g_getenv ("EDGE_NET_SOAK"), "1") == 0 ? RUNS_SOAK : RUNS_QUICK;
}

/* Whatever the order and the batches, and however often it is folded in between,
 * the same comes out as from one fold of all. */
static void
test_any_order (void)
{
  guint seen[EDGE_EVENT_N_TYPES][4] = { { 0 } };

  for (guint32 run = 0; run < n_runs (); run++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (run);
      g_autoptr(LedgerWorld) world = NULL;
      g_autofree guint *list = NULL;
      g_auto(Node) fresh = { 0 };
      g_auto(Node) other = { 0 };
      guint n;

      world = ledger_world_new (run, 4 + run % 8, run % 5, run % 5 == 0 || run % 3 == 0);
      ledger_world_grow (world, run % 20 == 0 ? 400 : 40);
      n = ledger_world_n_events (world);
      list = all_events (world);

      node_init (&fresh, world);
      node_add (&fresh, world, list, n);
      g_assert_true (edge_fold_run (fresh.fold, G_MAXUINT));
      g_assert_cmpuint (edge_dag_get_size (fresh.dag), ==, n);
      assert_conserved (&fresh);

      node_init (&other, world);
      if (run % 3 != 0)
        shuffle (rand, list, n);
      for (guint done = 0; done < n;)
        {
          guint most = (guint) g_rand_int_range (rand, 1, 1 + (gint32) n / 4);
          guint batch = MIN (n - done, most);

          node_add (&other, world, list + done, batch);
          edge_fold_run (other.fold, (guint) g_rand_int_range (rand, 0, 200));
          /* What came before comes again. */
          if (done > 0)
            node_add (&other, world, list, done / 2);
          done += batch;
        }
      assert_same (&fresh, &other);
      assert_conserved (&other);
      assert_tree (&other);
      for (guint i = 0; i < n; i++)
        {
          const EdgeDagNode *node = edge_dag_get_node (fresh.dag, i);

          seen[node->type][node->verdict]++;
        }
    }

  /* The worlds are worth something: each type was done, refused and off. */
  for (guint type = EDGE_EVENT_JOIN; type < EDGE_EVENT_N_TYPES; type++)
    {
      g_test_message ("%s: ok %u off %u void %u", edge_event_type_to_string (type),
                      seen[type][EDGE_VERDICT_OK], seen[type][EDGE_VERDICT_OFF],
                      seen[type][EDGE_VERDICT_VOID]);
      if (n_runs () < RUNS_MET)
        continue;
      g_assert_cmpuint (seen[type][EDGE_VERDICT_OK], >, 0);
      g_assert_cmpuint (seen[type][EDGE_VERDICT_OFF], >, 0);
      if (type != EDGE_EVENT_JOIN)
        g_assert_cmpuint (seen[type][EDGE_VERDICT_VOID], >, 0);
    }
}

/* Tips of some part of what is open: the newest of a random cut, and none above another. */
static gboolean
pick_checkpoint (Node           *node,
                 GRand          *rand,
                 EdgeCheckpoint *checkpoint)
{
  guint n;
  const guint32 *order = edge_fold_get_order (node->fold, &n);
  guint closed = edge_fold_get_n_closed (node->fold);

  memset (checkpoint, 0, sizeof *checkpoint);
  if (n <= closed)
    return FALSE;
  checkpoint->n_tips = 1;
  checkpoint->tips[0] = edge_dag_get_node (node->dag, order[g_rand_int_range (rand, (gint32) closed,
                                                                             (gint32) n)])->id;
  return TRUE;
}

/* Two nodes that hear of events and checkpoints in their own order agree on all. */
static void
test_checkpoints (void)
{
  guint closed = 0;

  for (guint32 run = 0; run < n_runs () / 2; run++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (run);
      g_autoptr(LedgerWorld) world = ledger_world_new (run, 4 + run % 6, 1 + run % 4, run % 3 == 0);
      g_auto(Node) a = { 0 };
      g_auto(Node) b = { 0 };
      g_auto(Node) c = { 0 };
      guint from = 0;

      node_init (&a, world);
      node_init (&b, world);
      node_init (&c, world);
      for (guint round = 0; round < 4; round++)
        {
          g_autofree guint *list = NULL;
          g_autoptr(GError) error = NULL;
          EdgeCheckpoint checkpoint;
          EdgeCheckpoint other;
          guint n;

          ledger_world_grow (world, 20);
          n = ledger_world_n_events (world);
          list = all_events (world);
          node_add (&a, world, list + from, n - from);
          edge_fold_run (a.fold, (guint) g_rand_int_range (rand, 0, 40));
          shuffle (rand, list + from, n - from);
          node_add (&b, world, list + from, n - from);
          edge_fold_run (b.fold, G_MAXUINT);
          from = n;

          if (!pick_checkpoint (&a, rand, &checkpoint))
            continue;
          other = checkpoint;
          g_assert_true (edge_fold_try (a.fold, &checkpoint, &error));
          g_assert_no_error (error);
          g_assert_true (edge_fold_try (b.fold, &other, &error));
          g_assert_no_error (error);
          g_assert_cmpmem (&checkpoint, sizeof checkpoint, &other, sizeof other);
          assert_same (&a, &b);

          other.state.bytes[0] ^= 1;
          g_assert_false (edge_fold_close (a.fold, &other, &error));
          g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CHECKPOINT);
          g_clear_error (&error);
          assert_same (&a, &b);

          g_assert_true (edge_fold_close (a.fold, &checkpoint, &error));
          g_assert_true (edge_fold_close (b.fold, &checkpoint, &error));
          closed++;
          assert_same (&a, &b);
          assert_conserved (&a);
          assert_tree (&b);
        }

      /* A newcomer gets all events at once and then the checkpoints. */
      {
        g_autofree guint *list = all_events (world);

        shuffle (rand, list, ledger_world_n_events (world));
        node_add (&c, world, list, ledger_world_n_events (world));
        edge_fold_run (c.fold, (guint) g_rand_int_range (rand, 0, 100));
        for (guint n = 1; n <= edge_fold_get_n_checkpoints (a.fold); n++)
          {
            g_autoptr(GError) error = NULL;

            g_assert_true (edge_fold_close (c.fold, edge_fold_get_checkpoint (a.fold, n), &error));
            g_assert_no_error (error);
          }
        assert_same (&a, &c);
      }
    }
  g_assert_cmpuint (closed, >, n_runs ());
}

/* Three sets, merged in any way, more than once. */
static void
test_merge (void)
{
  for (guint32 run = 0; run < n_runs () / 10; run++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (run);
      g_autoptr(LedgerWorld) world = ledger_world_new (run, 6, run % 4, run % 4 == 0);
      static const guint orders[][5] = {
        { 0, 1, 2, 2, 0 }, { 2, 1, 0, 1, 1 }, { 1, 2, 0, 0, 2 }, { 0, 0, 2, 1, 2 },
      };
      g_auto(Node) first = { 0 };
      guint n;

      ledger_world_grow (world, 60);
      n = ledger_world_n_events (world);
      for (guint k = 0; k < G_N_ELEMENTS (orders); k++)
        {
          g_auto(Node) node = { 0 };

          node_init (&node, world);
          for (guint s = 0; s < 5; s++)
            {
              for (guint i = 0; i < n; i++)
                {
                  if (i % 3 == orders[k][s] || (i * 7) % 5 == orders[k][s])
                    node_add (&node, world, &i, 1);
                }
              edge_fold_run (node.fold, (guint) g_rand_int_range (rand, 0, 50));
            }
          if (k == 0)
            {
              first = node;
              memset (&node, 0, sizeof node);
              node_init (&node, world);
            }
          else
            {
              assert_same (&first, &node);
            }
        }
      g_assert_cmpuint (edge_dag_get_size (first.dag), ==, n);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/fold/any-order", test_any_order);
  g_test_add_func ("/ledger/fold/checkpoints", test_checkpoints);
  g_test_add_func ("/ledger/fold/merge", test_merge);
  return g_test_run ();
}
