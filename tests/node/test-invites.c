/* test-invites.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "base/edge-base64.h"
#include "invite/edge-qr-reader.h"
#include "node/edge-invite-words.h"
#include "node/edge-relay-reach.h"
#include "node/edge-ticket-book.h"

#define NETWORK_A "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define NETWORK_B "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
#define TAKER     "1iHK0kGeJByC3J4siD6WOl4yy9yCHTdhA8FAAVI0w-I"
#define NOW       (G_GINT64_CONSTANT (1900000000) * 1000)
#define DAY       (24 * 3600 * G_GINT64_CONSTANT (1000))

static EdgeInvitation *
invite (const char         *network,
        gint64              expires,
        const char         *token,
        const char * const *addresses)
{
  g_autoptr(EdgeIdentity) inviter = edge_identity_generate ();
  g_autoptr(GError) error = NULL;
  EdgeInvitation *invitation;

  invitation = edge_invitation_new_network (inviter, network, expires, "garden", "Mira", NULL, token,
                                            NULL, addresses, &error);
  g_assert_no_error (error);
  return invitation;
}

static char *
ticket_of (EdgeInvitation *invitation)
{
  return edge_base64url_encode (edge_invitation_get_ticket (invitation),
                                EDGE_INVITATION_TICKET_SIZE);
}

static void
test_tickets (void)
{
  g_autoptr(EdgeTicketBook) book = edge_ticket_book_new ();
  g_autoptr(EdgeInvitation) invitation = invite (NETWORK_A, NOW + DAY, NULL, NULL);
  g_autofree char *ticket = ticket_of (invitation);

  g_assert_false (edge_ticket_book_take (book, ticket, NETWORK_A, TAKER, NOW));
  edge_ticket_book_add_given (book, invitation, NOW);
  g_assert_true (edge_ticket_book_is_given (book, invitation));

  /* For the network it is for, once each person, as long as it is good. */
  g_assert_false (edge_ticket_book_take (book, ticket, NETWORK_B, TAKER, NOW));
  g_assert_true (edge_ticket_book_take (book, ticket, NETWORK_A, TAKER, NOW));
  g_assert_false (edge_ticket_book_take (book, ticket, NETWORK_A, TAKER, NOW));
  g_assert_true (edge_ticket_book_has_taker (book, NETWORK_A, TAKER, NOW));
  g_assert_false (edge_ticket_book_has_taker (book, NETWORK_B, TAKER, NOW));
  g_assert_false (edge_ticket_book_has_taker (book, NETWORK_A, NETWORK_B, NOW));
  g_assert_true (edge_ticket_book_take (book, ticket, NETWORK_A, NETWORK_B, NOW + DAY));
  g_assert_true (edge_ticket_book_has_taker (book, NETWORK_A, NETWORK_B, NOW + DAY));
  g_assert_false (edge_ticket_book_take (book, ticket, NETWORK_A, NETWORK_A, NOW + 2 * DAY));
  g_assert_false (edge_ticket_book_is_given (book, invitation));
}

/* One of two into the same network is taken back; the other counts. */
static void
test_withdraw (void)
{
  g_autoptr(EdgeTicketBook) book = edge_ticket_book_new ();
  g_autoptr(EdgeInvitation) first = invite (NETWORK_A, NOW + DAY, NULL, NULL);
  g_autoptr(EdgeInvitation) second = invite (NETWORK_A, NOW + 2 * DAY, NULL, NULL);
  g_autoptr(EdgeInvitation) there = invite (NETWORK_B, NOW + DAY, NULL, NULL);
  g_autofree char *first_ticket = ticket_of (first);
  g_autofree char *second_ticket = ticket_of (second);
  g_autoptr(GPtrArray) list = NULL;
  const EdgeGiven *given;

  edge_ticket_book_add_given (book, first, NOW);
  edge_ticket_book_add_given (book, second, NOW);
  edge_ticket_book_add_given (book, there, NOW);
  g_assert_true (edge_ticket_book_take (book, first_ticket, NETWORK_A, TAKER, NOW));

  list = edge_ticket_book_list (book, NETWORK_A, NOW);
  g_assert_cmpuint (list->len, ==, 2);
  given = list->pdata[1];
  g_assert_cmpstr (given->ticket, ==, first_ticket);
  g_assert_cmpint (given->made, ==, NOW);
  g_assert_cmpint (given->expires, ==, NOW + DAY);
  g_assert_cmpstr (given->takers[0], ==, TAKER);
  g_assert_null (given->takers[1]);

  g_assert_true (edge_ticket_book_withdraw (book, first_ticket));
  g_assert_false (edge_ticket_book_withdraw (book, first_ticket));
  g_assert_false (edge_ticket_book_take (book, first_ticket, NETWORK_A, NETWORK_B, NOW));
  g_assert_true (edge_ticket_book_take (book, second_ticket, NETWORK_A, TAKER, NOW));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = edge_ticket_book_list (book, NETWORK_A, NOW);
  g_assert_cmpuint (list->len, ==, 1);

  /* What has ended is not listed, though who comes late is still known. */
  g_clear_pointer (&list, g_ptr_array_unref);
  list = edge_ticket_book_list (book, NETWORK_A, NOW + 2 * DAY);
  g_assert_cmpuint (list->len, ==, 0);
}

static void
test_revoke (void)
{
  g_autoptr(EdgeTicketBook) book = edge_ticket_book_new ();
  g_autoptr(EdgeInvitation) here = invite (NETWORK_A, NOW + DAY, NULL, NULL);
  g_autoptr(EdgeInvitation) there = invite (NETWORK_B, NOW + DAY, NULL, NULL);
  g_autofree char *ticket_here = ticket_of (here);
  g_autofree char *ticket_there = ticket_of (there);

  edge_ticket_book_add_given (book, here, NOW);
  edge_ticket_book_add_given (book, there, NOW);
  g_assert_cmpuint (edge_ticket_book_revoke (book, NETWORK_A, NOW), ==, 1);
  g_assert_cmpuint (edge_ticket_book_revoke (book, NETWORK_A, NOW), ==, 0);
  g_assert_false (edge_ticket_book_take (book, ticket_here, NETWORK_A, TAKER, NOW));
  g_assert_true (edge_ticket_book_take (book, ticket_there, NETWORK_B, TAKER, NOW));
}

static void
test_bounds (void)
{
  g_autoptr(EdgeTicketBook) book = edge_ticket_book_new ();
  g_autoptr(EdgeInvitation) first = invite (NETWORK_A, NOW + DAY, NULL, NULL);

  edge_ticket_book_add_given (book, first, NOW);
  for (guint i = 1; i < EDGE_TICKET_BOOK_MAX; i++)
    {
      g_autoptr(EdgeInvitation) other = invite (NETWORK_A, NOW + DAY, NULL, NULL);

      edge_ticket_book_add_given (book, other, NOW);
    }
  g_assert_true (edge_ticket_book_is_given (book, first));
  {
    g_autoptr(EdgeInvitation) last = invite (NETWORK_A, NOW + DAY, NULL, NULL);

    edge_ticket_book_add_given (book, last, NOW);
    g_assert_true (edge_ticket_book_is_given (book, last));
  }
  g_assert_false (edge_ticket_book_is_given (book, first));
}

/* What is given and taken outlives the program. */
static void
test_file (void)
{
  static const char * const urls[] = { "wss://relay.example.org/", "ws://192.0.2.7:8080/", NULL };
  g_autofree char *dir = g_dir_make_tmp ("edge-invites-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, EDGE_TICKET_BOOK_FILE, NULL);
  g_autoptr(EdgeTicketBook) book = edge_ticket_book_new ();
  g_autoptr(EdgeTicketBook) again = edge_ticket_book_new ();
  g_autoptr(EdgeInvitation) given = invite (NETWORK_A, NOW + DAY, NULL, NULL);
  g_autoptr(EdgeInvitation) taken = invite (NETWORK_B, NOW + DAY, "secret", urls);
  g_autofree char *given_ticket = ticket_of (given);
  g_autofree char *taken_ticket = ticket_of (taken);
  g_auto(GStrv) relays = NULL;
  g_auto(GStrv) due = NULL;
  g_auto(GStrv) none = NULL;
  g_auto(GStrv) over = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf status;

  g_assert_true (edge_ticket_book_load (again, dir, NOW, &error));
  g_assert_no_error (error);
  edge_ticket_book_add_given (book, given, NOW);
  g_assert_true (edge_ticket_book_take (book, given_ticket, NETWORK_A, TAKER, NOW));
  edge_ticket_book_add_taken (book, taken, NOW);
  g_assert_true (edge_ticket_book_save (book, dir, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_assert_true (edge_ticket_book_load (again, dir, NOW, &error));
  g_assert_no_error (error);
  g_assert_false (edge_ticket_book_take (again, given_ticket, NETWORK_A, TAKER, NOW));
  g_assert_true (edge_ticket_book_has_taker (again, NETWORK_A, TAKER, NOW));
  g_assert_true (edge_ticket_book_take (again, given_ticket, NETWORK_A, NETWORK_B, NOW));
  g_assert_cmpstr (edge_ticket_book_get_inviter (again, NETWORK_B, NOW), ==, edge_invitation_get_inviter (taken));
  g_assert_null (edge_ticket_book_get_inviter (again, NETWORK_A, NOW));
  relays = edge_ticket_book_dup_relays (again, NETWORK_B);
  g_assert_cmpuint (g_strv_length (relays), ==, 2);
  g_assert_cmpstr (relays[0], ==, "wss://secret@relay.example.org/");
  g_assert_cmpstr (relays[1], ==, "ws://secret@192.0.2.7:8080/");
  none = edge_ticket_book_dup_relays (again, NETWORK_A);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  due = edge_ticket_book_dup_due (again, NETWORK_B, edge_invitation_get_inviter (taken), NOW);
  g_assert_cmpuint (g_strv_length (due), ==, 1);
  g_assert_cmpstr (due[0], ==, taken_ticket);
  over = edge_ticket_book_dup_due (again, NETWORK_B, edge_invitation_get_inviter (taken), NOW + 2 * DAY);
  g_assert_cmpuint (g_strv_length (over), ==, 0);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* What somebody wrote into the file by hand is left out where it makes no sense. */
static void
test_damaged (void)
{
  static const char * const refused[] = {
    "", "[]", "{}", "{\"version\":2}", "{\"version\":1,\"given\":{}}", "{\"version\":1,\"taken\":[",
  };
  static const char odd[] =
    "{\"version\":1,\"given\":[1,{},{\"ticket\":\"short\",\"network\":\"" NETWORK_A "\"},"
    "{\"ticket\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"network\":\"" NETWORK_A "\",\"expires\":1900000000000,"
    "\"takers\":[1,null,{},\"nobody\"]}],"
    "\"taken\":[{\"ticket\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"network\":\"" NETWORK_A "\"}],"
    "\"relays\":[null,{\"network\":\"x\"},{\"network\":\"" NETWORK_A "\",\"urls\":[1,{},\"ws://a/\"]}]}";
  g_autoptr(EdgeTicketBook) book = edge_ticket_book_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) relays = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(EdgeTicketBook) fresh = edge_ticket_book_new ();
      g_autoptr(GError) local = NULL;

      g_test_message ("%s", refused[i]);
      g_assert_false (edge_ticket_book_parse (fresh, refused[i], strlen (refused[i]), NOW, &local));
      g_assert_nonnull (local);
    }

  g_assert_true (edge_ticket_book_parse (book, odd, strlen (odd), NOW, &error));
  g_assert_no_error (error);
  g_assert_true (edge_ticket_book_take (book, "AAAAAAAAAAAAAAAAAAAAAA", NETWORK_A, TAKER, NOW));
  relays = edge_ticket_book_dup_relays (book, NETWORK_A);
  g_assert_cmpuint (g_strv_length (relays), ==, 1);
  g_assert_cmpstr (relays[0], ==, "ws://a/");
}

static void
test_reach (void)
{
  static const struct
  {
    const char     *url;
    EdgeRelayReach  reach;
  } cases[] = {
    { "ws://127.0.0.1:8080/", EDGE_RELAY_REACH_COMPUTER },
    { "ws://127.1.2.3/", EDGE_RELAY_REACH_COMPUTER },
    { "ws://[::1]:8080/", EDGE_RELAY_REACH_COMPUTER },
    { "ws://localhost:8080/", EDGE_RELAY_REACH_COMPUTER },
    { "ws://relay.localhost/", EDGE_RELAY_REACH_COMPUTER },
    { "ws://192.168.1.5:8080/", EDGE_RELAY_REACH_LAN },
    { "ws://10.0.0.1/", EDGE_RELAY_REACH_LAN },
    { "ws://172.20.1.1/", EDGE_RELAY_REACH_LAN },
    { "ws://169.254.3.4/", EDGE_RELAY_REACH_LAN },
    { "ws://[fd00::1]/", EDGE_RELAY_REACH_LAN },
    { "ws://[fe80::1]/", EDGE_RELAY_REACH_LAN },
    { "ws://kitchen/", EDGE_RELAY_REACH_LAN },
    { "ws://kitchen.local/", EDGE_RELAY_REACH_LAN },
    { "wss://relay.example.org/", EDGE_RELAY_REACH_ANYWHERE },
    { "wss://token@relay.example.org/", EDGE_RELAY_REACH_ANYWHERE },
    { "ws://198.51.100.1:8080/", EDGE_RELAY_REACH_ANYWHERE },
    { "ws://[2001:db8::1]/", EDGE_RELAY_REACH_ANYWHERE },
    { "ws://0.0.0.0:8080/", EDGE_RELAY_REACH_NONE },
    { "ws://[::]:8080/", EDGE_RELAY_REACH_NONE },
    { "nonsense", EDGE_RELAY_REACH_NONE },
  };
  static const char * const mixed[] = { "ws://127.0.0.1/", "ws://10.1.1.1/", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (edge_relay_reach_of (cases[i].url), ==, cases[i].reach);
    }
  g_assert_cmpint (edge_relay_reach_of_all (mixed), ==, EDGE_RELAY_REACH_LAN);
  g_assert_cmpint (edge_relay_reach_of_all (NULL), ==, EDGE_RELAY_REACH_NONE);
}

static void
test_expand (void)
{
  g_auto(GStrv) same = edge_relay_reach_expand ("ws://127.0.0.1:8080/");
  g_auto(GStrv) any = edge_relay_reach_expand ("ws://0.0.0.0:8080/");

  g_assert_cmpuint (g_strv_length (same), ==, 1);
  g_assert_cmpstr (same[0], ==, "ws://127.0.0.1:8080/");
  for (guint i = 0; any[i] != NULL; i++)
    {
      g_test_message ("%s", any[i]);
      g_assert_true (g_str_has_suffix (any[i], ":8080/"));
      g_assert_cmpint (edge_relay_reach_of (any[i]), >, EDGE_RELAY_REACH_COMPUTER);
    }
}

/* Each failure is told by a sentence and a word of its own. */
static void
test_words (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(EdgeInvitation) old = invite (NETWORK_A, NOW, NULL, NULL);
  g_autoptr(GError) expired = NULL;
  g_autofree char *dated = NULL;

  for (int code = EDGE_INVITATION_ERROR_MALFORMED; code <= EDGE_INVITATION_ERROR_INVALID; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (EDGE_INVITATION_ERROR, code, "for the log");
      char *words = edge_invite_words_error (error, NULL);

      g_assert_cmpstr (words, !=, "for the log");
      g_assert_true (g_hash_table_add (seen, words));
      g_assert_true (g_hash_table_add (seen, g_strdup (edge_invite_words_code (error))));
    }
  for (int code = EDGE_QR_READER_ERROR_NO_CODE; code < EDGE_QR_READER_ERROR_UNAVAILABLE; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (EDGE_QR_READER_ERROR, code, "for the log");

      g_assert_true (g_hash_table_add (seen, edge_invite_words_error (error, NULL)));
      g_assert_true (g_hash_table_add (seen, g_strdup (edge_invite_words_code (error))));
    }

  g_assert_false (edge_invitation_check (old, NOW + DAY, NULL, &expired));
  dated = edge_invite_words_error (expired, old);
  g_assert_nonnull (strstr (dated, "2030"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/invites/tickets", test_tickets);
  g_test_add_func ("/invites/withdraw", test_withdraw);
  g_test_add_func ("/invites/revoke", test_revoke);
  g_test_add_func ("/invites/bounds", test_bounds);
  g_test_add_func ("/invites/file", test_file);
  g_test_add_func ("/invites/damaged", test_damaged);
  g_test_add_func ("/invites/reach", test_reach);
  g_test_add_func ("/invites/expand", test_expand);
  g_test_add_func ("/invites/words", test_words);
  return g_test_run ();
}
