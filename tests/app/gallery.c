/* gallery.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Shows each drawn widget in its states, fed by real model objects, for a
 * look by eye:  gallery PAGE [WIDTH HEIGHT [rtl]] */

#include "app/edge-chip.h"
#include "app/edge-dial.h"
#include "app/edge-earnings-page.h"
#include "app/edge-ledger-page.h"
#include "app/edge-mesh-map.h"
#include "app/edge-path-glyph.h"
#include "app/edge-peer-page.h"
#include "app/edge-peers-page.h"
#include "app/edge-seal.h"
#include "app/edge-sparkline.h"

#include "gallery-books.h"
#include "base/edge-base64.h"
#include "node/edge-node.h"
#include "signaling/edge-signaling.h"

#include <adwaita.h>
#include <math.h>

static const char *page = "language";
static int width = 1100, height = 760;
static gboolean right_to_left;

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

/* A text in the form of a key, always the same for a name. */
static char *
make_key (const char *name)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guint8 *) name, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return edge_base64url_encode (digest, sizeof digest);
}

static EdgePeer *
make_peer (const Sample *sample,
           guint         index)
{
  g_autofree char *key = make_key (sample->id);
  g_autofree char *next = make_key (samples[(index + 1) % 12].id);
  g_autofree char *fourth = make_key (samples[(index + 4) % 12].id);
  EdgePeer *peer = edge_peer_new (key);
  g_autoptr(GRand) rand = g_rand_new_with_seed (index + 7);
  const char *neighbours[] = { next, fourth, NULL };
  gint64 now = g_get_monotonic_time () - 60 * G_USEC_PER_SEC;

  edge_peer_set_name (peer, sample->name);
  edge_peer_set_found (peer, sample->found);
  edge_peer_set_path (peer, sample->path);
  edge_peer_set_state (peer, EDGE_PEER_STATE_CONNECTED);
  edge_peer_set_verified (peer, TRUE);
  edge_peer_set_since (peer, g_get_real_time () / 1000 - 3 * 3600000 - 720000 - index * 60000);
  edge_peer_set_route (peer, "host 192.168.1.24:51873 ↔ srflx 203.0.113.80:40112");
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

/* What the pages need of a node, without a network under it. */
#define GALLERY_TYPE_NODE (gallery_node_get_type ())
G_DECLARE_FINAL_TYPE (GalleryNode, gallery_node, GALLERY, NODE, GObject)

struct _GalleryNode
{
  GObject     parent_instance;

  GListModel *peers;
  GListModel *backends;
  GObject    *books;
  double      median;
};

enum
{
  NODE_PROP_PEERS = 1,
  NODE_PROP_BACKENDS,
  NODE_PROP_ID,
  NODE_PROP_STATE,
  NODE_PROP_N_KNOWN,
  NODE_PROP_N_CONNECTED,
  NODE_PROP_MEDIAN,
  NODE_PROP_BOOKS,
  NODE_PROP_KIND,
};

G_DEFINE_FINAL_TYPE (GalleryNode, gallery_node, G_TYPE_OBJECT)

static void
gallery_node_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  GalleryNode *self = GALLERY_NODE (object);

  switch (property_id)
    {
    case NODE_PROP_PEERS:
      g_value_set_object (value, self->peers);
      break;
    case NODE_PROP_BACKENDS:
      g_value_set_object (value, self->backends);
      break;
    case NODE_PROP_ID:
      g_value_take_string (value, make_key ("Juniper"));
      break;
    case NODE_PROP_BOOKS:
      g_value_set_object (value, self->books);
      break;
    case NODE_PROP_KIND:
      g_value_set_string (value, g_str_has_suffix (page, "-open") ? "open" : "founded");
      break;
    case NODE_PROP_STATE:
      g_value_set_enum (value, EDGE_NODE_STATE_JOINED);
      break;
    case NODE_PROP_N_KNOWN:
    case NODE_PROP_N_CONNECTED:
      g_value_set_uint (value, self->peers != NULL ? g_list_model_get_n_items (self->peers) : 0);
      break;
    default:
      g_value_set_double (value, self->median);
    }
}

static void
gallery_node_class_init (GalleryNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gallery_node_get_property;
  g_object_class_install_property (object_class, NODE_PROP_PEERS,
    g_param_spec_object ("peers", NULL, NULL, G_TYPE_LIST_MODEL, r));
  g_object_class_install_property (object_class, NODE_PROP_BACKENDS,
    g_param_spec_object ("backends", NULL, NULL, G_TYPE_LIST_MODEL, r));
  g_object_class_install_property (object_class, NODE_PROP_ID,
    g_param_spec_string ("id", NULL, NULL, NULL, r));
  g_object_class_install_property (object_class, NODE_PROP_STATE,
    g_param_spec_enum ("state", NULL, NULL, EDGE_TYPE_NODE_STATE, EDGE_NODE_STATE_NONE, r));
  g_object_class_install_property (object_class, NODE_PROP_N_KNOWN,
    g_param_spec_uint ("n-known", NULL, NULL, 0, G_MAXUINT, 0, r));
  g_object_class_install_property (object_class, NODE_PROP_N_CONNECTED,
    g_param_spec_uint ("n-connected", NULL, NULL, 0, G_MAXUINT, 0, r));
  g_object_class_install_property (object_class, NODE_PROP_BOOKS,
    g_param_spec_object ("books", NULL, NULL, G_TYPE_OBJECT, r));
  g_object_class_install_property (object_class, NODE_PROP_KIND,
    g_param_spec_string ("network-kind", NULL, NULL, NULL, r));
  g_object_class_install_property (object_class, NODE_PROP_MEDIAN,
    g_param_spec_double ("median-latency", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, r));
}

static void
gallery_node_init (GalleryNode *self)
{
  self->median = NAN;
}

/* A way to find peers that stays in one state. */
#define GALLERY_TYPE_BACKEND (gallery_backend_get_type ())
G_DECLARE_FINAL_TYPE (GalleryBackend, gallery_backend, GALLERY, BACKEND, GObject)

struct _GalleryBackend
{
  GObject             parent_instance;

  const char         *name;
  const char         *url;
  const char         *detail;
  EdgeSignalingState  state;
};

static void
gallery_backend_iface_init (EdgeSignalingInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GalleryBackend, gallery_backend, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (EDGE_TYPE_SIGNALING, gallery_backend_iface_init))

static void
gallery_backend_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  GalleryBackend *self = GALLERY_BACKEND (object);

  switch (property_id)
    {
    case 1:
      g_value_set_string (value, self->name);
      break;
    case 2:
      g_value_set_string (value, self->url);
      break;
    case 3:
      g_value_set_enum (value, self->state);
      break;
    case 4:
      g_value_set_string (value, self->detail);
      break;
    default:
      break;
    }
}

static void
gallery_backend_class_init (GalleryBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gallery_backend_get_property;
  g_object_class_override_property (object_class, 1, "name");
  g_object_class_override_property (object_class, 2, "url");
  g_object_class_override_property (object_class, 3, "state");
  g_object_class_override_property (object_class, 4, "detail");
  g_object_class_override_property (object_class, 5, "ice-servers");
}

static void
gallery_backend_init (GalleryBackend *self)
{
}

static GListModel *
make_backends (gboolean failing)
{
  GListStore *store = g_list_store_new (EDGE_TYPE_SIGNALING);
  const struct
  {
    const char         *name;
    const char         *url;
    const char         *detail;
    EdgeSignalingState  state;
  } all[] = {
    { "relay", "wss://relay.commons.example",
      "Did not answer. Check the address, or that this network allows WebSockets",
      EDGE_SIGNALING_STATE_WAITING },
    { "relay", "ws://127.0.0.1:8787", NULL, EDGE_SIGNALING_STATE_UP },
    { "relay", "wss://other.example", NULL, EDGE_SIGNALING_STATE_CONNECTING },
    { "relay", "wss://closed.example", "The relay wants a room token", EDGE_SIGNALING_STATE_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr(GalleryBackend) backend = g_object_new (GALLERY_TYPE_BACKEND, NULL);

      if (failing && (all[i].state == EDGE_SIGNALING_STATE_UP ||
                      all[i].state == EDGE_SIGNALING_STATE_CONNECTING))
        continue;
      backend->name = all[i].name;
      backend->url = all[i].url;
      backend->detail = all[i].detail;
      backend->state = all[i].state;
      g_list_store_append (store, backend);
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
  g_autofree char *selected = make_key ("j-libre-lab-03");

  edge_mesh_map_set_own_id (EDGE_MESH_MAP (map), "Juniper");
  edge_mesh_map_set_peers (EDGE_MESH_MAP (map), peers);
  edge_mesh_map_set_mode (EDGE_MESH_MAP (map), mode);
  edge_mesh_map_set_selected (EDGE_MESH_MAP (map), selected);
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

static GtkWidget *
make_peers_page (gboolean empty,
                 gboolean failing,
                 gboolean details)
{
  GtkWidget *view = adw_navigation_view_new ();
  g_autoptr(GalleryNode) node = g_object_new (GALLERY_TYPE_NODE, NULL);
  GtkWidget *peers_page = NULL;

  node->peers = empty ? G_LIST_MODEL (g_list_store_new (EDGE_TYPE_PEER)) : make_peers ();
  node->backends = make_backends (failing);
  node->median = empty ? NAN : 34;
  if (!empty)
    {
      g_autoptr(EdgePeer) known = edge_peer_new ("z9NotYetLinkedPeerOfWhichOnlyTheKeyIsKnown0");

      edge_peer_set_state (known, EDGE_PEER_STATE_CONNECTING);
      edge_peer_set_found (known, "relay");
      g_list_store_append (G_LIST_STORE (node->peers), known);
    }
  peers_page = g_object_new (EDGE_TYPE_PEERS_PAGE, "node", node, NULL);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (peers_page));
  if (details)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (node->peers, 6);

      edge_peers_page_show_peer (EDGE_PEERS_PAGE (peers_page), peer);
    }
  return view;
}

/* ledger-event, ledger-two-books, earnings-transfer and earnings-stake open a dialog. */
static gboolean
open_dialog_cb (gpointer user_data)
{
  if (g_str_has_suffix (page, "-event"))
    {
      g_autoptr(GObject) node = NULL;
      g_autoptr(GObject) books = NULL;
      g_autoptr(GListModel) entries = NULL;
      g_autoptr(GObject) entry = NULL;
      g_autofree char *id = NULL;

      g_object_get (user_data, "node", &node, NULL);
      g_object_get (node, "books", &books, NULL);
      g_object_get (books, "entries", &entries, NULL);
      entry = g_list_model_get_item (entries, 20);
      g_object_get (entry, "id", &id, NULL);
      edge_ledger_page_show_event (EDGE_LEDGER_PAGE (user_data), id);
    }
  else if (g_str_has_suffix (page, "-two-books"))
    gtk_widget_activate_action (GTK_WIDGET (user_data), "ledger.two-books", NULL);
  else if (g_str_has_suffix (page, "-transfer"))
    gtk_widget_activate_action (GTK_WIDGET (user_data), "earnings.transfer", NULL);
  else if (g_str_has_suffix (page, "-stake"))
    gtk_widget_activate_action (GTK_WIDGET (user_data), "earnings.stake", NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
flow_cb (gpointer user_data)
{
  gallery_books_add_events (GALLERY_BOOKS (user_data), 1);
  return G_SOURCE_CONTINUE;
}

/* Validators that closed two books, as EdgeBooks tells of them. */
#define TWO_BOOKS \
  "{\"n\":42,\"why\":\"certificates\"," \
  "\"ours\":{\"checkpoint\":{\"count\":36,\"state\":\"2hXm0nYkq5rQ1oZr3pVw7uLs8tKc9dGf4bNa6eJi0xE\"},\"notes\":[]}," \
  "\"theirs\":{\"checkpoint\":{\"count\":35,\"state\":\"Zk4fTq8wRb2nXc7vLm1pYs5dGh9jKa3eUi6oWx0zQrM\"},\"notes\":[]}}"

/* PAGE is ledger or earnings, then -behind, -open, -empty, -loading, -alone, -live or -two-books. */
static GtkWidget *
make_book_page (GType type)
{
  GtkWidget *view = adw_navigation_view_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  g_autoptr(GalleryNode) node = g_object_new (GALLERY_TYPE_NODE, NULL);
  g_auto(GStrv) authors = g_new0 (char *, G_N_ELEMENTS (samples) + 1);
  g_autofree char *own = make_key ("Juniper");
  GalleryBooksState state = GALLERY_BOOKS_IN_STEP;
  GtkWidget *book_page = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    authors[i] = make_key (samples[i].id);
  node->peers = g_str_has_suffix (page, "-alone") ? G_LIST_MODEL (g_list_store_new (EDGE_TYPE_PEER))
                                                  : make_peers ();
  if (g_str_has_suffix (page, "-behind"))
    state = GALLERY_BOOKS_BEHIND;
  else if (g_str_has_suffix (page, "-open"))
    state = GALLERY_BOOKS_OPEN;
  else if (g_str_has_suffix (page, "-empty"))
    state = GALLERY_BOOKS_EMPTY;
  if (!g_str_has_suffix (page, "-loading"))
    node->books = gallery_books_new (state, own, (const char *const *) authors,
                                     G_N_ELEMENTS (samples));
  if (node->books != NULL && g_str_has_suffix (page, "-two-books"))
    g_object_set_data (node->books, "two-books", TWO_BOOKS);
  if (g_str_has_suffix (page, "-live"))
    g_timeout_add (400, flow_cb, node->books);
  book_page = g_object_new (type, "node", node, NULL);
  g_object_set_data_full (G_OBJECT (book_page), "gallery-node", g_object_ref (node), g_object_unref);
  if (type == EDGE_TYPE_EARNINGS_PAGE && state != GALLERY_BOOKS_EMPTY && node->books != NULL)
    {
      g_autoptr(GArray) history = gallery_books_dup_history (21);

      g_object_set (book_page, "history", history, NULL);
    }
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (book_page));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), view);
  g_timeout_add (300, open_dialog_cb, book_page);
  return overlay;
}

static GtkWidget *
make_icons (void)
{
  static const char * const names[] = {
    "edge-overview", "edge-peers", "edge-ledger", "edge-earnings", "edge-work", "edge-swarm",
    "edge-diagnostics", "edge-invite", "edge-scan", "edge-coin", "edge-away", "edge-here",
    "edge-heat", "edge-plug", "edge-leaf", "edge-shield", "edge-shield-check", "edge-unmetered",
    "edge-relay", "edge-local-network", "edge-message", "edge-in", "edge-out",
    "org.edgenet.EdgeNet",
  };
  static const int sizes[] = { 16, 32, 64 };
  static const int app_sizes[] = { 512, 128, 64, 48, 32, 16 };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < G_N_ELEMENTS (app_sizes); i++)
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("org.edgenet.EdgeNet");

      gtk_image_set_pixel_size (GTK_IMAGE (image), app_sizes[i]);
      gtk_box_append (GTK_BOX (row), image);
    }
  gtk_box_append (GTK_BOX (box), row);
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      GtkWidget *card = adw_wrap_box_new ();

      adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (card), 14);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *name = g_strconcat (names[i], "-symbolic", NULL);
          GtkWidget *image = gtk_image_new_from_icon_name (name);

          gtk_image_set_pixel_size (GTK_IMAGE (image), sizes[k]);
          adw_wrap_box_append (ADW_WRAP_BOX (card), image);
        }
      gtk_box_append (GTK_BOX (box), card);
    }
  return box;
}

static void
activate_cb (GtkApplication *app,
             gpointer        user_data)
{
  GtkWidget *window = NULL;
  GtkWidget *content = NULL;
  g_autoptr(GtkCssProvider) css = gtk_css_provider_new ();

  if (right_to_left)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = adw_application_window_new (app);
  gtk_css_provider_load_from_string (css, ".gallery-card { padding: 12px 16px; }"
                                          ".gallery { padding: 20px; }");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (css), 600);
  if (g_str_equal (page, "maps") || g_str_equal (page, "many"))
    content = make_maps ();
  else if (g_str_equal (page, "icons"))
    content = make_icons ();
  else if (g_str_equal (page, "language"))
    content = make_language ();
  else if (g_str_has_prefix (page, "ledger"))
    content = make_book_page (EDGE_TYPE_LEDGER_PAGE);
  else if (g_str_has_prefix (page, "earnings"))
    content = make_book_page (EDGE_TYPE_EARNINGS_PAGE);
  else
    content = make_peers_page (g_str_equal (page, "empty") || g_str_equal (page, "failing"),
                               g_str_equal (page, "failing"), g_str_equal (page, "peer"));
  if (!ADW_IS_NAVIGATION_VIEW (content) && !ADW_IS_TOAST_OVERLAY (content))
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
      right_to_left = argc > 4 && g_str_equal (argv[4], "rtl");
    }

  app = g_object_new (ADW_TYPE_APPLICATION,
                      "application-id", "org.edgenet.Gallery",
                      "flags", G_APPLICATION_NON_UNIQUE,
                      "resource-base-path", "/org/edgenet/EdgeNet", NULL);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
