/* gallery.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows each drawn widget in its states, fed by real model objects, for a
 * look by eye:  gallery PAGE [WIDTH HEIGHT] */

#include "app/edge-chip.h"
#include "app/edge-dial.h"
#include "app/edge-mesh-map.h"
#include "app/edge-path-glyph.h"
#include "app/edge-seal.h"
#include "app/edge-sparkline.h"

#include <adwaita.h>
#include <math.h>

static const char *page = "language";
static int width = 1100, height = 760;

typedef struct
{
  const char   *id;
  const char   *name;
  double        latency;
  double        traffic;
  EdgePeerPath  path;
  const char   *found;
} Sample;

static const Sample samples[] = {
  { "a-kestrel", "Kestrel", 27, 60000, EDGE_PEER_PATH_DIRECT, "tracker" },
  { "b-hpc-west-2", "hpc-west-2", 58, 800000, EDGE_PEER_PATH_DIRECT, "relay" },
  { "c-noor", "Noor", 118, 3000, EDGE_PEER_PATH_TURN, "peers" },
  { "d-attic-nuc", "attic-nuc", 3, 180000, EDGE_PEER_PATH_DIRECT, "lan" },
  { "e-oulu", "Oulu", 76, 4000, EDGE_PEER_PATH_DIRECT, "relay" },
  { "f-paper-crane", "paper-crane", 246, 600, EDGE_PEER_PATH_RELAYED, "gun" },
  { "g-mira", "Mira’s laptop", 9, 108000, EDGE_PEER_PATH_DIRECT, "invitation" },
  { "h-jonas", "Jonas", 41, 1300, EDGE_PEER_PATH_DIRECT, "relay" },
  { "i-birchwood", "birchwood", 164, 700, EDGE_PEER_PATH_RELAYED, "relay" },
  { "j-libre-lab-03", "libre-lab-03", 22, 178000, EDGE_PEER_PATH_DIRECT, "tracker" },
  { "k-ada", "Ada’s desktop", 34, 2700, EDGE_PEER_PATH_DIRECT, "relay" },
  { "l-tern", "Tern", 92, 1200, EDGE_PEER_PATH_TURN, "relay" },
};

static EdgePeer *
make_peer (const Sample *sample,
           guint         index)
{
  EdgePeer *peer = edge_peer_new (sample->id);
  g_autoptr(GRand) rand = g_rand_new_with_seed (index + 7);
  const char *neighbours[] = { samples[(index + 1) % 12].id, samples[(index + 4) % 12].id, NULL };
  gint64 now = g_get_monotonic_time () - 60 * G_USEC_PER_SEC;

  edge_peer_set_name (peer, sample->name);
  edge_peer_set_found (peer, sample->found);
  edge_peer_set_path (peer, sample->path);
  edge_peer_set_state (peer, EDGE_PEER_STATE_CONNECTED);
  edge_peer_set_verified (peer, TRUE);
  edge_peer_set_since (peer, g_get_real_time () / 1000 - 3 * 3600000 - 720000 - index * 60000);
  edge_peer_set_route (peer, "192.168.1.24:51873 (host, UDP) to 203.0.113.80:40112 (server-reflexive)");
  for (guint i = 0; i < 60; i++)
    {
      if (index % 4 == 2 && i > 30 && i < 33)
        edge_peer_add_loss (peer, now + i * G_USEC_PER_SEC);
      else
        edge_peer_add_round_trip (peer, sample->latency * g_rand_double_range (rand, .8, 1.25),
                                  now + i * G_USEC_PER_SEC);
    }
  edge_peer_set_rates (peer, sample->traffic * .7, sample->traffic * .3);
  if (index % 2 == 0)
    edge_peer_set_neighbours (peer, neighbours);
  return peer;
}

static GListModel *
make_peers (void)
{
  GListStore *store = g_list_store_new (EDGE_TYPE_PEER);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr(EdgePeer) peer = make_peer (&samples[i], i);

      g_list_store_append (store, peer);
    }

  return G_LIST_MODEL (store);
}

static GtkWidget *
make_card (GtkWidget  *parent,
           const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (parent), label);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "gallery-card");
  gtk_box_append (GTK_BOX (parent), box);
  return box;
}

static void
add_dial (GtkWidget *card,
          double     share,
          double     waiting,
          int        size,
          gboolean   text)
{
  GtkWidget *dial = edge_dial_new (size);

  edge_dial_set_share (EDGE_DIAL (dial), share);
  edge_dial_set_waiting (EDGE_DIAL (dial), waiting);
  edge_dial_set_show_text (EDGE_DIAL (dial), text);
  gtk_box_append (GTK_BOX (card), dial);
}

static GtkWidget *
make_language (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *card = make_card (box, "Dial");
  g_autoptr(GListModel) peers = make_peers ();

  add_dial (card, .3, 0, 132, TRUE);
  add_dial (card, 0, .3, 88, TRUE);
  add_dial (card, NAN, 0, 72, TRUE);
  add_dial (card, .1, 0, 72, TRUE);
  add_dial (card, .25, 0, 52, FALSE);
  add_dial (card, .5, 0, 30, FALSE);
  add_dial (card, .3, 0, 16, FALSE);

  card = make_card (box, "Paths and chips");
  for (guint i = 0; i < 4; i++)
    gtk_box_append (GTK_BOX (card), edge_path_glyph_new (i));
  for (guint i = 0; i < 5; i++)
    {
      static const char * const classes[] = { "", "strong", "success", "warning", "error" };
      GtkWidget *chip = edge_chip_new ("Key verified");

      edge_chip_set_icon_name (EDGE_CHIP (chip), "edge-shield-symbolic");
      if (i > 0)
        gtk_widget_add_css_class (chip, classes[i]);
      gtk_box_append (GTK_BOX (card), chip);
    }

  card = make_card (box, "Sparkline");
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (peers, i);
      GtkWidget *spark = edge_sparkline_new ();

      g_object_bind_property (peer, "latency-series", spark, "series", G_BINDING_SYNC_CREATE);
      g_object_bind_property (peer, "latency", spark, "latency", G_BINDING_SYNC_CREATE);
      gtk_box_append (GTK_BOX (card), spark);
    }

  card = make_card (box, "Seal");
  for (guint i = 0; i < 12; i++)
    gtk_box_append (GTK_BOX (card), edge_seal_new (samples[i].name, 40));
  card = make_card (box, "Seal with edge");
  for (guint i = 0; i < 6; i++)
    gtk_box_append (GTK_BOX (card), edge_seal_new (samples[i].name, i % 2 == 0 ? 124 : 104));
  for (guint i = 0; i < 6; i++)
    gtk_box_append (GTK_BOX (card), edge_seal_new (samples[i].name, 34 - 3 * i));

  return box;
}

static GtkWidget *
make_map_with (EdgeMeshMapMode  mode,
               GListModel      *peers,
               int              w,
               int              h)
{
  GtkWidget *map = edge_mesh_map_new ();

  edge_mesh_map_set_own_id (EDGE_MESH_MAP (map), "Juniper");
  edge_mesh_map_set_peers (EDGE_MESH_MAP (map), peers);
  edge_mesh_map_set_mode (EDGE_MESH_MAP (map), mode);
  edge_mesh_map_set_selected (EDGE_MESH_MAP (map), "j-libre-lab-03");
  gtk_widget_set_size_request (map, w, h);
  if (mode == EDGE_MESH_MAP_NORMAL || mode == EDGE_MESH_MAP_COMPACT)
    gtk_widget_add_css_class (map, "card");
  return map;
}

static GtkWidget *
make_maps (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autoptr(GListModel) peers = make_peers ();
  g_autoptr(GListStore) many = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(GListStore) none = g_list_store_new (EDGE_TYPE_PEER);
  GtkWidget *map = make_map_with (EDGE_MESH_MAP_NORMAL, peers, 820, 318);

  for (guint i = 0; i < 40; i++)
    {
      Sample sample = samples[i * 5 % 12];
      g_autofree char *id = g_strdup_printf ("%c%u-many", 'a' + i % 26, i);
      g_autoptr(EdgePeer) peer = NULL;

      sample.id = id;
      peer = make_peer (&sample, i);
      g_list_store_append (many, peer);
    }

  gtk_box_append (GTK_BOX (box), map);
  gtk_box_append (GTK_BOX (row), make_map_with (EDGE_MESH_MAP_COMPACT, peers, 336, 252));
  gtk_box_append (GTK_BOX (row), make_map_with (EDGE_MESH_MAP_ALONE, G_LIST_MODEL (none), 336, 220));
  gtk_box_append (GTK_BOX (row), make_map_with (EDGE_MESH_MAP_WELCOME, NULL, 380, 220));
  gtk_box_append (GTK_BOX (box), row);
  if (g_str_equal (page, "many"))
    edge_mesh_map_set_peers (EDGE_MESH_MAP (map), G_LIST_MODEL (many));
  return box;
}

static void
activate_cb (GtkApplication *app,
             gpointer        user_data)
{
  GtkWidget *window = adw_application_window_new (app);
  GtkWidget *content = NULL;
  g_autoptr(GtkCssProvider) css = gtk_css_provider_new ();

  gtk_css_provider_load_from_string (css, ".gallery-card { padding: 12px 16px; }"
                                          ".gallery { padding: 20px; }");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (css), 600);
  if (g_str_equal (page, "maps") || g_str_equal (page, "many"))
    content = make_maps ();
  else
    content = make_language ();
  gtk_widget_add_css_class (content, "gallery");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  if (argc > 1)
    page = argv[1];
  if (argc > 3)
    {
      width = atoi (argv[2]);
      height = atoi (argv[3]);
    }

  app = g_object_new (ADW_TYPE_APPLICATION,
                      "application-id", "org.edgenet.Gallery",
                      "flags", G_APPLICATION_NON_UNIQUE,
                      "resource-base-path", "/org/edgenet/EdgeNet", NULL);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
