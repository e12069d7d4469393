/* test-heal.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-event-set.h"
#include "ledger/edge-fold.h"

/* Partitions that heal, and shapes somebody makes to be a nuisance: whatever comes when,
 * all nodes end with the same accounts. */

#define START      G_GUINT64_CONSTANT (1767600000000)
#define N_AUTHORS  8
#define DEPTH      5000
#define FAN_OUT    1500
#define RIVALS     400

typedef struct
{
  EdgeIdentity *identity;
  EdgeId        key;
  EdgeEvent    *head;
} Author;

typedef struct
{
  Author     authors[N_AUTHORS];
  EdgeEvent *genesis;
  GPtrArray *events;
} World;

/* What one node holds. */
typedef struct
{
  EdgeDag      *dag;
  EdgeEventSet *set;
  EdgeFold     *fold;
} Node;

static int
compare_grants (gconstpointer a,
                gconstpointer b)
{
  return edge_id_compare (&((const EdgeGrant *) a)->key, &((const EdgeGrant *) b)->key);
}

static void
world_init (World *self)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  g_autofree char *text = NULL;

  edge_genesis_init (&genesis, "heal");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  genesis.params[EDGE_GENESIS_FEE] = 0;
  for (guint i = 0; i < N_AUTHORS; i++)
    {
      self->authors[i] = (Author) { .identity = edge_identity_generate () };
      memcpy (self->authors[i].key.bytes, edge_identity_get_public_key (self->authors[i].identity),
              EDGE_ID_SIZE);
      genesis.grants[i] = (EdgeGrant) { self->authors[i].key, 10 * EDGE_CREDIT };
    }
  genesis.n_grants = N_AUTHORS;
  qsort (genesis.grants, N_AUTHORS, sizeof (EdgeGrant), compare_grants);
  genesis.n_validators = 1;
  genesis.validators[0] = self->authors[0].key;
  edge_identity_copy_seed (self->authors[0].identity, seed);
  text = edge_genesis_sign (&genesis, START, seed);
  self->genesis = edge_event_parse (text, strlen (text), NULL);
  self->authors[0].head = edge_event_ref (self->genesis);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  g_ptr_array_add (self->events, edge_event_ref (self->genesis));
}

static void
world_clear (World *self)
{
  for (guint i = 0; i < N_AUTHORS; i++)
    {
      g_object_unref (self->authors[i].identity);
      g_clear_pointer (&self->authors[i].head, edge_event_unref);
    }
  edge_event_unref (self->genesis);
  g_ptr_array_unref (self->events);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* An event of an author after @prev, built upon @upon. */
static EdgeEvent *
sign (World         *self,
      guint          author,
      EdgeEvent     *prev,
      EdgeEvent     *upon,
      EdgeEventType  type,
      char          *taken)
{
  g_autofree char *body = taken;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  EdgeEventPlace place = { .net = self->genesis->id, .n_parents = 1, .has_prev = prev != NULL };
  EdgeEvent *event;

  place.parents[0] = upon->id;
  place.height = upon->height + 1;
  place.time = upon->time + 1;
  if (prev != NULL)
    {
      place.prev = prev->id;
      place.seq = prev->seq + 1;
      place.height = MAX (place.height, prev->height + 1);
      place.time = MAX (place.time, prev->time + 1);
    }
  text = edge_event_build (self->authors[author].identity, type, &place, body);
  event = edge_event_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->events, event);
  return event;
}

static EdgeEvent *
add (World         *self,
     guint          author,
     EdgeEvent     *upon,
     EdgeEventType  type,
     char          *body)
{
  EdgeEvent *event = sign (self, author, self->authors[author].head, upon, type, body);

  g_clear_pointer (&self->authors[author].head, edge_event_unref);
  self->authors[author].head = edge_event_ref (event);
  return event;
}

static void
node_init (Node  *self,
           World *world)
{
  self->dag = edge_dag_new ();
  self->set = edge_event_set_new (self->dag);
  self->fold = edge_fold_new (self->dag, world->genesis->body->genesis);
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
node_add (Node      *self,
          EdgeEvent *event)
{
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));

  edge_event_set_add (self->set, event, added);
  edge_fold_add (self->fold, (const guint32 *) (gpointer) added->data, added->len);
}

static EdgeVerdict
verdict (Node      *self,
         EdgeEvent *event)
{
  guint32 index = edge_dag_find (self->dag, &event->id);

  g_assert_cmpuint (index, !=, EDGE_DAG_NONE);
  g_assert_true (edge_fold_run (self->fold, G_MAXUINT));
  return edge_dag_get_node (self->dag, index)->verdict;
}

static void
assert_same (Node *a,
             Node *b)
{
  EdgeId first;
  EdgeId second;

  g_assert_true (edge_fold_run (a->fold, G_MAXUINT));
  g_assert_true (edge_fold_run (b->fold, G_MAXUINT));
  g_assert_cmpuint (edge_dag_get_size (a->dag), ==, edge_dag_get_size (b->dag));
  edge_state_get_root (edge_fold_get_state (a->fold), &first);
  edge_state_get_root (edge_fold_get_state (b->fold), &second);
  g_assert_true (edge_id_equal (&first, &second));
}

static char *
pay (World *world,
     guint  to)
{
  return edge_event_build_transfer (&world->authors[to].key, 8 * EDGE_CREDIT, NULL);
}

static void
close_book (Node            *node,
            const EdgeEvent *tip,
            EdgeCheckpoint  *checkpoint)
{
  g_autoptr(GError) error = NULL;

  memset (checkpoint, 0, sizeof *checkpoint);
  checkpoint->n_tips = 1;
  checkpoint->tips[0] = tip->id;
  g_assert_true (edge_fold_try (node->fold, checkpoint, &error));
  g_assert_no_error (error);
  g_assert_true (edge_fold_close (node->fold, checkpoint, &error));
  g_assert_no_error (error);
}

/* One who has 10 credits spends 8 in each of two partitions. @n_left and @n_right others
 * build on either before they meet; the checkpoint, if there is one, is made in the left. */
static void
spend_twice (guint    n_left,
             guint    n_right,
             gboolean closed_before)
{
  g_auto(World) world = { 0 };
  g_auto(Node) left = { 0 };
  g_auto(Node) right = { 0 };
  g_autoptr(GPtrArray) late = g_ptr_array_new ();
  EdgeCheckpoint checkpoint;
  EdgeEvent *base;
  EdgeEvent *a;
  EdgeEvent *b;
  EdgeEvent *top_left;
  EdgeEvent *top_right;
  guint n_common;
  guint n_of_left;

  world_init (&world);
  base = world.genesis;
  for (guint i = 1; i < N_AUTHORS; i++)
    base = add (&world, i, base, EDGE_EVENT_JOIN, edge_event_build_join (0, NULL));
  n_common = world.events->len;

  top_left = a = sign (&world, 1, world.authors[1].head, base, EDGE_EVENT_TRANSFER, pay (&world, 2));
  for (guint i = 0; i < n_left; i++)
    top_left = add (&world, 2 + i, top_left, EDGE_EVENT_STAKE, edge_event_build_amount (EDGE_CREDIT));
  n_of_left = world.events->len;
  top_right = b = sign (&world, 1, world.authors[1].head, base, EDGE_EVENT_TRANSFER, pay (&world, 3));
  for (guint i = 0; i < n_right; i++)
    top_right = add (&world, 2 + n_left + i, top_right, EDGE_EVENT_STAKE, edge_event_build_amount (EDGE_CREDIT));

  node_init (&left, &world);
  node_init (&right, &world);
  for (guint i = 0; i < world.events->len; i++)
    {
      if (i < n_of_left)
        node_add (&left, world.events->pdata[i]);
      if (i < n_common || i >= n_of_left)
        node_add (&right, world.events->pdata[i]);
    }
  g_assert_cmpint (verdict (&left, a), ==, EDGE_VERDICT_OK);
  g_assert_cmpint (verdict (&right, b), ==, EDGE_VERDICT_OK);

  if (closed_before)
    close_book (&left, top_left, &checkpoint);
  for (guint i = world.events->len; i > n_common; i--)
    {
      if (i - 1 < n_of_left)
        node_add (&right, world.events->pdata[i - 1]);
      else
        g_ptr_array_add (late, world.events->pdata[i - 1]);
    }
  for (guint i = late->len; i > 0; i--)
    node_add (&left, late->pdata[i - 1]);
  if (closed_before)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (edge_fold_close (right.fold, &checkpoint, &error));
      g_assert_no_error (error);
    }
  assert_same (&left, &right);

  /* One counts, the other has no effect at all. */
  g_assert_cmpint (verdict (&left, a), ==, verdict (&right, a));
  g_assert_cmpint (verdict (&left, b), ==, verdict (&right, b));
  g_assert_cmpint ((verdict (&left, a) == EDGE_VERDICT_OK) + (verdict (&left, b) == EDGE_VERDICT_OK), ==, 1);
  g_assert_cmpint (verdict (&left, verdict (&left, a) == EDGE_VERDICT_OK ? b : a), ==, EDGE_VERDICT_OFF);
  if (closed_before)
    g_assert_cmpint (verdict (&left, a), ==, EDGE_VERDICT_OK);

  /* And the book can be closed over both, the same at both. */
  if (!closed_before)
    {
      EdgeCheckpoint other;
      EdgeEvent *top = verdict (&left, a) == EDGE_VERDICT_OK ? top_left : top_right;

      close_book (&left, top, &checkpoint);
      close_book (&right, top, &other);
      g_assert_cmpmem (&checkpoint, sizeof checkpoint, &other, sizeof other);
      assert_same (&left, &right);
    }
}

static void
test_overspend (void)
{
  for (guint n_left = 0; n_left <= 3; n_left++)
    {
      for (guint n_right = 0; n_right <= 3; n_right++)
        {
          spend_twice (n_left, n_right, FALSE);
          spend_twice (n_left, n_right, TRUE);
        }
    }
}

static EdgeEvent *
build_upon (World     *world,
            EdgeEvent *top,
            guint     *author,
            guint      n)
{
  for (; n > 0; n--)
    top = add (world, (*author)++, top, EDGE_EVENT_STAKE, edge_event_build_amount (EDGE_CREDIT));
  return top;
}

static void
close_again (Node                 *node,
             const EdgeCheckpoint *checkpoint)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_fold_close (node->fold, checkpoint, &error));
  g_assert_no_error (error);
}

/* A checkpoint that holds both sides of a fork is what decides it, by who built upon them
 * within it; members who build upon either side outside do not change that any more. */
static void
hold_both_sides (guint in_a,
                 guint in_b,
                 guint out_a,
                 guint out_b)
{
  g_auto(World) world = { 0 };
  g_auto(Node) left = { 0 };
  g_auto(Node) right = { 0 };
  g_auto(Node) fresh = { 0 };
  Node *nodes[] = { &left, &right, &fresh };
  EdgeCheckpoint first;
  EdgeCheckpoint both = { .n_tips = 2 };
  g_autoptr(GError) error = NULL;
  EdgeEvent *base;
  EdgeEvent *a;
  EdgeEvent *b;
  EdgeEvent *top_a;
  EdgeEvent *top_b;
  guint author = 2;
  guint n_before;
  guint n_inside;
  gboolean a_first;
  gboolean a_open;
  gboolean a_closed;

  world_init (&world);
  base = world.genesis;
  for (guint i = 1; i < N_AUTHORS; i++)
    base = add (&world, i, base, EDGE_EVENT_JOIN, edge_event_build_join (0, NULL));
  for (guint i = 1; i < N_AUTHORS; i++)
    base = add (&world, 0, base, EDGE_EVENT_VOUCH, edge_event_build_key ("key", &world.authors[i].key));
  n_before = world.events->len;
  a = sign (&world, 1, world.authors[1].head, base, EDGE_EVENT_TRANSFER, pay (&world, 2));
  b = sign (&world, 1, world.authors[1].head, base, EDGE_EVENT_TRANSFER, pay (&world, 3));
  top_a = build_upon (&world, a, &author, in_a);
  top_b = build_upon (&world, b, &author, in_b);
  n_inside = world.events->len;
  build_upon (&world, top_a, &author, out_a);
  build_upon (&world, top_b, &author, out_b);
  a_first = edge_id_compare (&a->id, &b->id) < 0;
  a_open = in_a + out_a > in_b + out_b || (in_a + out_a == in_b + out_b && a_first);
  a_closed = in_a > in_b || (in_a == in_b && a_first);

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    node_init (nodes[i], &world);
  for (guint i = 0; i < n_before; i++)
    node_add (&left, world.events->pdata[i]);
  close_book (&left, base, &first);
  for (guint i = world.events->len; i > n_before; i--)
    node_add (&left, world.events->pdata[i - 1]);
  g_assert_cmpint (verdict (&left, a), ==, a_open ? EDGE_VERDICT_OK : EDGE_VERDICT_OFF);
  g_assert_cmpint (verdict (&left, b), ==, a_open ? EDGE_VERDICT_OFF : EDGE_VERDICT_OK);
  both.tips[edge_id_compare (&top_a->id, &top_b->id) > 0] = top_a->id;
  both.tips[edge_id_compare (&top_a->id, &top_b->id) <= 0] = top_b->id;
  g_assert_true (edge_fold_try (left.fold, &both, &error));
  g_assert_no_error (error);
  g_assert_cmpint (verdict (&left, a), ==, a_open ? EDGE_VERDICT_OK : EDGE_VERDICT_OFF);
  close_again (&left, &both);

  for (guint i = 0; i < n_inside; i++)
    node_add (&right, world.events->pdata[i]);
  close_again (&right, &first);
  close_again (&right, &both);
  for (guint i = n_inside; i < world.events->len; i++)
    node_add (&right, world.events->pdata[i]);

  for (guint i = world.events->len; i > 0; i--)
    node_add (&fresh, world.events->pdata[i - 1]);
  close_again (&fresh, &first);
  close_again (&fresh, &both);

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_assert_cmpint (verdict (nodes[i], a), ==, a_closed ? EDGE_VERDICT_OK : EDGE_VERDICT_OFF);
      g_assert_cmpint (verdict (nodes[i], b), ==, a_closed ? EDGE_VERDICT_OFF : EDGE_VERDICT_OK);
      assert_same (&left, nodes[i]);
    }
}

static void
test_both_sides (void)
{
  for (guint run = 0; run < 3 * 3 * 2 * 2; run++)
    hold_both_sides (run % 3, run / 3 % 3, run / 9 % 2, run / 18 % 2);
}

/* As it came, backwards and in some other order, folded now and then. */
static void
assert_any_order (World *world)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (world->events->len);
  g_auto(Node) forth = { 0 };
  g_auto(Node) back = { 0 };
  g_auto(Node) mixed = { 0 };
  g_autoptr(GPtrArray) shuffled = g_ptr_array_new ();

  node_init (&forth, world);
  node_init (&back, world);
  node_init (&mixed, world);
  for (guint i = 0; i < world->events->len; i++)
    g_ptr_array_add (shuffled, world->events->pdata[i]);
  for (guint i = shuffled->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      gpointer swap = shuffled->pdata[i - 1];

      shuffled->pdata[i - 1] = shuffled->pdata[j];
      shuffled->pdata[j] = swap;
    }
  for (guint i = 0; i < world->events->len; i++)
    {
      node_add (&forth, world->events->pdata[i]);
      node_add (&back, world->events->pdata[world->events->len - 1 - i]);
      node_add (&mixed, shuffled->pdata[i]);
      if (i % 512 == 0)
        edge_fold_run (mixed.fold, 300);
    }
  g_assert_cmpuint (edge_dag_get_size (forth.dag), ==, world->events->len);
  assert_same (&forth, &back);
  assert_same (&forth, &mixed);
}

static void
test_depth (void)
{
  g_auto(World) world = { 0 };
  EdgeEvent *upon;

  world_init (&world);
  upon = world.genesis;
  for (guint i = 0; i < DEPTH; i++)
    upon = add (&world, 0, upon, EDGE_EVENT_TRANSFER,
                edge_event_build_transfer (&world.authors[1].key, 1, NULL));
  assert_any_order (&world);
}

static void
test_fan_out (void)
{
  g_auto(World) world = { 0 };
  EdgeEvent *upon;

  /* All upon one event, in chains of seven authors. */
  world_init (&world);
  upon = world.genesis;
  for (guint i = 0; i < FAN_OUT; i++)
    {
      guint author = 1 + i % (N_AUTHORS - 1);

      add (&world, author, upon, world.authors[author].head == NULL ? EDGE_EVENT_JOIN : EDGE_EVENT_TRANSFER,
           world.authors[author].head == NULL ? edge_event_build_join (0, NULL)
                                              : edge_event_build_transfer (&world.authors[0].key, 1, NULL));
    }
  assert_any_order (&world);
}

static void
test_rivals (void)
{
  g_auto(World) world = { 0 };
  EdgeEvent *base;

  /* Hundreds that follow one event, and some that build on some of them. */
  world_init (&world);
  base = world.genesis;
  for (guint i = 1; i < N_AUTHORS; i++)
    base = add (&world, i, base, EDGE_EVENT_JOIN, edge_event_build_join (0, NULL));
  for (guint i = 0; i < RIVALS; i++)
    {
      EdgeEvent *rival = sign (&world, 1, world.authors[1].head, base, EDGE_EVENT_TRANSFER,
                               edge_event_build_transfer (&world.authors[2 + i % 6].key, 1 + i, NULL));

      if (i % 5 == 0)
        add (&world, 2 + i / 5 % 6, rival, EDGE_EVENT_STAKE, edge_event_build_amount (1));
    }
  assert_any_order (&world);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/heal/overspend", test_overspend);
  g_test_add_func ("/ledger/heal/both-sides", test_both_sides);
  g_test_add_func ("/ledger/heal/depth", test_depth);
  g_test_add_func ("/ledger/heal/fan-out", test_fan_out);
  g_test_add_func ("/ledger/heal/rivals", test_rivals);
  return g_test_run ();
}
