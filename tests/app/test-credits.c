/* test-credits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-credits.h"
#include "ledger/edge-genesis.h"

static void
test_parse (void)
{
  static const struct
  {
    const char       *text;
    EdgeCreditsFault  fault;
    guint64           nano;
  } rows[] = {
    { "1", EDGE_CREDITS_FAULT_NONE, EDGE_CREDIT },
    { " 12.5 ", EDGE_CREDITS_FAULT_NONE, 12500000000 },
    { "0.000000001", EDGE_CREDITS_FAULT_NONE, 1 },
    { "0.0000000010", EDGE_CREDITS_FAULT_NONE, 1 },
    { "0.0000000011", EDGE_CREDITS_FAULT_TOO_FINE, 0 },
    { ".5", EDGE_CREDITS_FAULT_NONE, 500000000 },
    { "5.", EDGE_CREDITS_FAULT_NONE, 5 * EDGE_CREDIT },
    { "1 284.60", EDGE_CREDITS_FAULT_NONE, 1284600000000 },
    { "1\u202f284", EDGE_CREDITS_FAULT_NONE, 1284 * EDGE_CREDIT },
    { "1000000", EDGE_CREDITS_FAULT_NONE, EDGE_AMOUNT_MAX },
    { "1000000.000000001", EDGE_CREDITS_FAULT_TOO_LARGE, 0 },
    { "99999999999999999999999999", EDGE_CREDITS_FAULT_TOO_LARGE, 0 },
    { "", EDGE_CREDITS_FAULT_EMPTY, 0 },
    { "   ", EDGE_CREDITS_FAULT_EMPTY, 0 },
    { ".", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "-1", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "+1", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "1e3", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "1.2.3", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "1,5", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "1.5 6", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "\u0661", EDGE_CREDITS_FAULT_NOT_A_NUMBER, 0 },
    { "0", EDGE_CREDITS_FAULT_ZERO, 0 },
    { "0.000000000", EDGE_CREDITS_FAULT_ZERO, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 nano = 7;

      g_test_message ("“%s”", rows[i].text);
      g_assert_cmpint (edge_credits_parse (rows[i].text, &nano), ==, rows[i].fault);
      g_assert_cmpuint (nano, ==, rows[i].nano);
    }
}

static void
test_faults_say_what_to_do (void)
{
  for (guint i = EDGE_CREDITS_FAULT_NOT_A_NUMBER; i <= EDGE_CREDITS_FAULT_TOO_LARGE; i++)
    g_assert_cmpstr (edge_credits_fault_describe (i), !=, "");
  g_assert_cmpstr (edge_credits_fault_describe (EDGE_CREDITS_FAULT_NONE), ==, "");
  g_assert_cmpstr (edge_credits_fault_describe (EDGE_CREDITS_FAULT_EMPTY), ==, "");
}

static void
test_format (void)
{
  static const struct
  {
    guint64     nano;
    const char *normal, *exact, *tile;
  } rows[] = {
    { 0, "0.00", "0.00", "0.00" },
    { 1, "<\u200a0.01", "0.000000001", "<\u200a0.01" },
    { 9999999, "<\u200a0.01", "0.009999999", "<\u200a0.01" },
    { 10000000, "0.01", "0.01", "0.01" },
    { 1999999999, "1.99", "1.999999999", "1.99" },
    { 12500000000, "12.50", "12.50", "12.50" },
    { 999999999999, "999.99", "999.999999999", "999.99" },
    { 1000 * EDGE_CREDIT, "1000.00", "1000.00", "1000" },
    { 1284600000000, "1284.60", "1284.60", "1284" },
    { EDGE_CREDITS_UNKNOWN, "–", "–", "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = edge_credits_format (rows[i].nano);
      g_autofree char *exact = edge_credits_format_exact (rows[i].nano);
      g_autofree char *tile = edge_credits_format_tile (rows[i].nano);

      g_assert_cmpstr (normal, ==, rows[i].normal);
      g_assert_cmpstr (exact, ==, rows[i].exact);
      g_assert_cmpstr (tile, ==, rows[i].tile);
    }
}

/* What is shown in full can be typed again and means the same. */
static void
test_round_trip (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 1000; i++)
    {
      guint64 amount = 1 + (((guint64) g_rand_int (rand) << 32 | g_rand_int (rand))
                            >> g_rand_int_range (rand, 14, 64)) % EDGE_AMOUNT_MAX;
      g_autofree char *text = edge_credits_format_exact (amount);
      guint64 nano;

      g_assert_cmpint (edge_credits_parse (text, &nano), ==, EDGE_CREDITS_FAULT_NONE);
      g_assert_cmpuint (nano, ==, amount);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credits/parse", test_parse);
  g_test_add_func ("/credits/faults-say-what-to-do", test_faults_say_what_to_do);
  g_test_add_func ("/credits/format", test_format);
  g_test_add_func ("/credits/round-trip", test_round_trip);
  return g_test_run ();
}
