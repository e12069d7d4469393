/* test-network-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-network-words.h"

#include <locale.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1800000000000)

static void
test_closing (void)
{
  static const struct
  {
    EdgeNetworkFacts  facts;
    const char       *says;
  } cases[] = {
    { { .open = TRUE, .known = TRUE }, "never become final" },
    { { .known = FALSE }, "once the ledger is read" },
    { { .known = TRUE, .n_validators = 1, .n_needed = 1, .n_awake = 1 }, "The validator is awake" },
    { { .known = TRUE, .n_validators = 1, .n_needed = 1, .n_awake = 1, .validating = TRUE },
      "This computer closes the book" },
    { { .known = TRUE, .n_validators = 1, .n_needed = 1 }, "The validator sleeps" },
    { { .known = TRUE, .n_validators = 4, .n_needed = 3, .n_awake = 3 },
      "3 of 4 validators are awake: payments become final" },
    { { .known = TRUE, .n_validators = 4, .n_needed = 3, .n_awake = 2 },
      "2 of 4 validators are awake, 3 are needed" },
    { { .known = TRUE, .n_validators = 4, .n_needed = 3, .n_awake = 1 },
      "1 of 4 validators is awake, 3 are needed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = edge_network_words_closing (&cases[i].facts);

      g_test_message ("%s", words);
      g_assert_nonnull (strstr (words, cases[i].says));
    }
}

static void
test_checkpoint (void)
{
  EdgeNetworkFacts facts = { .known = TRUE, .n = 7, .count = 12, .time = NOW - 180000 };
  g_autofree char *named = edge_network_words_checkpoint (&facts, "Mara’s server", NOW);
  g_autofree char *unnamed = edge_network_words_checkpoint (&facts, NULL, NOW);
  g_autofree char *none = NULL;
  g_autofree char *open = NULL;

  g_assert_cmpstr (named, ==, "Closed 3 min ago by Mara’s server · 12 events");
  g_assert_cmpstr (unnamed, ==, "Closed 3 min ago · 12 events");
  facts.n = 0;
  none = edge_network_words_checkpoint (&facts, NULL, NOW);
  g_assert_cmpstr (none, ==, "No checkpoint yet");
  facts.open = TRUE;
  open = edge_network_words_checkpoint (&facts, NULL, NOW);
  g_assert_nonnull (strstr (open, "never become final"));
}

/* A clock behind the others shows no time in the future. */
static void
test_clock_behind (void)
{
  EdgeNetworkFacts facts = { .known = TRUE, .n = 1, .count = 1, .time = NOW + 60000 };
  g_autofree char *words = edge_network_words_checkpoint (&facts, NULL, NOW);

  g_assert_cmpstr (words, ==, "Closed now · 1 event");
}

static void
test_awake (void)
{
  g_autofree char *you = edge_network_words_awake (TRUE, TRUE, NOW - 60000, NOW);
  g_autofree char *awake = edge_network_words_awake (TRUE, FALSE, NOW - 180000, NOW);
  g_autofree char *asleep = edge_network_words_awake (FALSE, FALSE, NOW - 180000, NOW);
  g_autofree char *unseen = edge_network_words_awake (FALSE, FALSE, 0, NOW);

  g_assert_cmpstr (you, ==, "This computer, awake for 1 min");
  g_assert_cmpstr (awake, ==, "Awake for 3 min");
  g_assert_cmpstr (asleep, ==, "Asleep for 3 min");
  g_assert_cmpstr (unseen, ==, "Not seen since you started");
}

static void
test_choice (void)
{
  static const struct
  {
    guint       n;
    gboolean    here;
    const char *says;
  } cases[] = {
    { 0, FALSE, "Somebody must close the book" },
    { 1, TRUE, "While this computer is off, nothing becomes final" },
    { 1, FALSE, "this one may be off" },
    { 2, TRUE, "All 2 must be awake" },
    { 3, TRUE, "All 3 must be awake" },
    { 4, TRUE, "1 of 4 may be off" },
    { 7, FALSE, "2 of 7 may be off" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = edge_network_words_choice (cases[i].n, cases[i].here);

      g_assert_nonnull (strstr (words, cases[i].says));
    }
}

static void
test_standing (void)
{
  EdgeNetworkFacts facts = { .known = TRUE };

  g_assert_cmpstr (edge_network_words_standing (&facts), ==, "You have no account yet");
  facts.joined = TRUE;
  g_assert_cmpstr (edge_network_words_standing (&facts), ==, "You wait to become a member");
  facts.member = TRUE;
  g_assert_cmpstr (edge_network_words_standing (&facts), ==, "You are a member");
  facts.validating = TRUE;
  g_assert_cmpstr (edge_network_words_standing (&facts), ==, "You close the book");
  facts.known = FALSE;
  g_assert_cmpstr (edge_network_words_standing (&facts), ==, "–");
}

static void
test_vote (void)
{
  static const struct
  {
    const char *added;
    const char *removed;
    const char *says;
  } cases[] = {
    { "Ada, Cleo", "Bela", "In: Ada, Cleo. Out: Bela." },
    { "Ada", "", "In: Ada" },
    { "", "Bela", "Out: Bela" },
    { "", "", "It stays as it is" },
  };
  g_autofree char *one = edge_network_words_voters ("Ada", 1, 3);
  g_autofree char *two = edge_network_words_voters ("Ada, Bela", 2, 3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = edge_network_words_ballot (cases[i].added, cases[i].removed);

      g_assert_cmpstr (words, ==, cases[i].says);
    }
  g_assert_cmpstr (one, ==, "1 of 3 needed says yes: Ada");
  g_assert_cmpstr (two, ==, "2 of 3 needed say yes: Ada, Bela");
}

static void
test_deciding (void)
{
  static const struct
  {
    guint       n_today;
    gboolean    leaves;
    const char *begins;
  } cases[] = {
    { 1, FALSE, "You decide alone: it is so at once." },
    { 2, FALSE, "It is so once the other validator says the same." },
    { 3, FALSE, "It is so once all 2 other validators say the same." },
    { 4, FALSE, "It is so once 2 of the 3 other validators say the same." },
    { 7, TRUE, "It is so once 4 of the 6 other validators say the same." },
    { 15, FALSE, "It is so once 10 of the 14 other validators say the same." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = edge_network_words_deciding (cases[i].n_today, cases[i].leaves);

      g_test_message ("%s", words);
      g_assert_true (g_str_has_prefix (words, cases[i].begins));
      g_assert_cmpint (g_str_has_suffix (words, "no say in this."), ==, cases[i].leaves);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-words/closing", test_closing);
  g_test_add_func ("/network-words/deciding", test_deciding);
  g_test_add_func ("/network-words/checkpoint", test_checkpoint);
  g_test_add_func ("/network-words/clock-behind", test_clock_behind);
  g_test_add_func ("/network-words/awake", test_awake);
  g_test_add_func ("/network-words/choice", test_choice);
  g_test_add_func ("/network-words/standing", test_standing);
  g_test_add_func ("/network-words/vote", test_vote);
  return g_test_run ();
}
