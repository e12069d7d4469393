/* test-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>
#include <string.h>

#include "cli/edge-cli-options.h"
#include "cli/edge-cli-text.h"

typedef struct
{
  const char *words;
  const char *command; /* NULL when it is refused */
} Line;

static const Line lines[] =
{
  { "status", "status" },
  { "status --json", "status" },
  { "--json status", "status" },
  { "--state /tmp/x status", "status" },
  { "status --state /tmp/x --json", "status" },
  { "run", "run" },
  { "run --relay ws://a/ --relay ws://b/ --room garden --listen 127.0.0.1:0 --name Zoë", "run" },
  { "--relay ws://a/ run --key-file /k", "run" },
  { "run --network garden", "run" },
  { "message abc hello", "message" },
  { "message abc -- --json", "message" },
  { "disconnect abc", "disconnect" },
  { "pause", "pause" },
  { "pause --for 1h", "pause" },
  { "resume", "resume" },
  { "quit", "quit" },
  { "identity", "identity" },
  { "identity show", "identity" },
  { "", NULL },
  { "dance", NULL },
  { "status now", NULL },
  { "status --relay ws://a/", NULL },
  { "run --for 1h", NULL },
  { "pause --room garden", NULL },
  { "status --loud", NULL },
  { "status --state", NULL },
  { "message abc", NULL },
  { "message abc two words", NULL },
  { "disconnect", NULL },
  { "identity backup a b", NULL },
  { "identity show --replace", "identity" },
  { "status --replace", NULL },
};

static void
test_options (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto(EdgeCliOptions) options = { NULL };
      g_autofree char *line = g_strconcat ("edge-net-node ", lines[i].words, NULL);
      g_auto(GStrv) words = NULL;
      g_autoptr(GError) error = NULL;
      gboolean read;

      g_test_message ("%s", line);
      g_assert_true (g_shell_parse_argv (line, NULL, &words, NULL));
      read = edge_cli_options_parse (&options, words, &error);
      if (lines[i].command == NULL)
        {
          g_assert_false (read);
          g_assert_nonnull (error);
          g_assert_true (error->domain == G_OPTION_ERROR);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (read);
      g_assert_cmpstr (edge_cli_options_command (&options), ==, lines[i].command);
      g_assert_cmpint (options.json, ==, strstr (line, "--json") != NULL && !strstr (line, "-- "));
      g_assert_cmpint (options.own_state, ==, strstr (line, "--state") != NULL);
      g_assert_true (g_path_is_absolute (options.state));
    }
}

static void
test_option_values (void)
{
  g_auto(EdgeCliOptions) options = { NULL };
  g_auto(GStrv) words = g_strsplit ("edge-net-node|run|--relay|ws://a/|--relay|ws://b/|--room|garden|"
                                    "--listen|127.0.0.1:0|--name|Zoë|--state|here|--key-file|k", "|", -1);
  g_autofree char *here = g_canonicalize_filename ("here", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_cli_options_parse (&options, words, &error));
  g_assert_cmpuint (g_strv_length (options.relays), ==, 2);
  g_assert_cmpstr (options.relays[1], ==, "ws://b/");
  g_assert_cmpstr (options.room, ==, "garden");
  g_assert_cmpstr (options.listen, ==, "127.0.0.1:0");
  g_assert_cmpstr (options.name, ==, "Zoë");
  g_assert_cmpstr (options.state, ==, here);
  g_assert_cmpstr (options.key_file, ==, "k");
}

static void
test_help (void)
{
  const char * const asking[] = { "--help", "-h", "--version" };

  for (guint i = 0; i < G_N_ELEMENTS (asking); i++)
    {
      g_auto(EdgeCliOptions) options = { NULL };
      char *words[] = { (char *) "edge-net-node", (char *) asking[i], NULL };
      g_autoptr(GError) error = NULL;

      g_assert_true (edge_cli_options_parse (&options, words, &error));
      g_assert_true (options.help || options.version);
    }
}

static void
test_read_time (void)
{
  static const struct
  {
    const char *text;
    gint64      ms; /* 0 when it is none */
  } times[] = {
    { "1", 1000 }, { "90s", 90000 }, { "30m", 1800000 }, { "2h", 7200000 }, { "1d", 86400000 },
    { "366d", 366 * G_GINT64_CONSTANT (86400000) }, { "", 0 }, { "0", 0 }, { "0s", 0 },
    { "-1", 0 }, { "+1", 0 }, { " 1", 0 }, { "1 h", 0 }, { "1.5h", 0 }, { "h", 0 }, { "1w", 0 },
    { "367d", 0 }, { "99999999999999999999", 0 }, { "99999999999999999999d", 0 }, { "0x10", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 ms = 0;

      g_test_message ("“%s”", times[i].text);
      g_assert_cmpint (edge_cli_text_read_time (times[i].text, &ms), ==, times[i].ms != 0);
      g_assert_cmpint (ms, ==, times[i].ms);
    }
}

static void
assert_take (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_duration (void)
{
  assert_take (edge_cli_text_duration (0), "0 s");
  assert_take (edge_cli_text_duration (59999), "59 s");
  assert_take (edge_cli_text_duration (192000), "3 min 12 s");
  assert_take (edge_cli_text_duration (3661000), "1 h 1 min");
  assert_take (edge_cli_text_duration (G_GINT64_CONSTANT (180000000)), "2 d 2 h");
  assert_take (edge_cli_text_duration (G_MAXINT64), "99999 d 7 h");
}

static void
test_clean (void)
{
  assert_take (edge_cli_text_clean ("Ada’s desktop"), "Ada’s desktop");
  /* What colours the terminal, moves its cursor or turns the direction of text. */
  assert_take (edge_cli_text_clean ("\033[31mred\r\n\a"), "�[31mred���");
  assert_take (edge_cli_text_clean ("\302\233x\342\200\256y"), "�x�y");
}

static JsonNode *
json (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_status (void)
{
  g_autoptr(JsonNode) joined =
    json ("{\"id\":\"KEY\",\"name\":\"Ada\\u001b[31m\",\"version\":\"0.1.0\",\"state\":\"joined\","
          "\"headline\":\"Ready to give 10 %: you are here\",\"share\":0.1,"
          "\"network\":{\"id\":\"NET\",\"name\":\"garden\",\"kind\":\"open\"},"
          "\"peers\":{\"connected\":3,\"known\":4},"
          "\"relays\":[{\"url\":\"ws://a/\",\"state\":\"up\"},{\"url\":\"ws://b/\",\"state\":\"waiting\"}],"
          "\"uptime_ms\":192000}");
  g_autoptr(JsonNode) none =
    json ("{\"id\":null,\"name\":null,\"version\":\"0.1.0\",\"state\":\"none\","
          "\"headline\":\"Not in a network\",\"share\":0,\"network\":null,"
          "\"peers\":{\"connected\":0,\"known\":0},\"relays\":[],\"uptime_ms\":0}");

  assert_take (edge_cli_text_status (json_node_get_object (joined)),
               "Ready to give 10 %: you are here\n"
               "  name     Ada�[31m\n"
               "  id       KEY\n"
               "  network  garden (open)\n"
               "  peers    3 linked, 4 known\n"
               "  relay    ws://a/ (up)\n"
               "  relay    ws://b/ (waiting)\n"
               "  up       3 min 12 s\n"
               "  version  0.1.0\n");
  assert_take (edge_cli_text_status (json_node_get_object (none)),
               "Not in a network\n"
               "  name     –\n"
               "  id       –\n"
               "  network  none\n"
               "  peers    0 linked, 0 known\n"
               "  up       0 s\n"
               "  version  0.1.0\n");
}

static void
test_peers (void)
{
  g_autoptr(JsonNode) none = json ("[]");
  g_autoptr(JsonNode) some =
    json ("[{\"peer\":\"AAECAwQFBgcICQ\",\"name\":\"Ada’s desktop, by the window of the kitchen\","
          "\"state\":\"connected\",\"path\":\"direct\",\"found\":\"relay\","
          "\"latency_ms\":1.26,\"jitter_ms\":0.3,\"same_network\":true},"
          "{\"peer\":\"11qYAYKxCrfVS\",\"name\":null,\"state\":\"new\",\"path\":null,\"found\":null,"
          "\"latency_ms\":null,\"jitter_ms\":null,\"same_network\":null},"
          "{\"peer\":\"V7ZkLw2pQ1m\",\"name\":\"Foreign\",\"state\":\"connected\",\"path\":\"direct\","
          "\"found\":\"relay\",\"latency_ms\":2,\"jitter_ms\":0.1,\"same_network\":false}]");

  assert_take (edge_cli_text_peers (json_node_get_array (none)), "No peer is known yet.\n");
  assert_take (edge_cli_text_peers (json_node_get_array (some)),
               "NAME                          ID        STATE       PATH     FOUND    LATENCY\n"
               "Ada’s desktop, by the window  AAECAwQF  connected   direct   relay    1.3 ms ± 0.3\n"
               "–                             11qYAYKx  new         –        –        –\n"
               "Foreign                       V7ZkLw2p  connected   direct   relay    2.0 ms ± 0.1  "
               "of another network\n");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/options", test_options);
  g_test_add_func ("/cli/options/values", test_option_values);
  g_test_add_func ("/cli/options/help", test_help);
  g_test_add_func ("/cli/text/read-time", test_read_time);
  g_test_add_func ("/cli/text/duration", test_duration);
  g_test_add_func ("/cli/text/clean", test_clean);
  g_test_add_func ("/cli/text/status", test_status);
  g_test_add_func ("/cli/text/peers", test_peers);
  return g_test_run ();
}
