/* edge-book-tiles.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-book-tiles.h"

#include "app/edge-book-figures.h"
#include "app/edge-credits.h"
#include "app/edge-format.h"
#include "app/edge-multiplier-card.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

/**
 * EdgeBookTiles:
 *
 * Keeps what the overview shows of the ledger up to date: what was earned today, how far
 * the ledger is, the multiplier.
 */

struct _EdgeBookTiles
{
  GObject       parent_instance;

  GtkWidget    *earned_tile;     /* all three not owned: */
  GtkWidget    *ledger_tile;     /* they are of the page */
  GtkWidget    *multiplier_card; /* that owns us */
  GSignalGroup *node_signals;
  GSignalGroup *books_signals;
  guint         n_connected;
};

G_DEFINE_FINAL_TYPE (EdgeBookTiles, edge_book_tiles, G_TYPE_OBJECT)

static void
update_earned (EdgeBookTiles         *self,
               const EdgeBookFigures *figures)
{
  gboolean known = figures->ready && figures->joined;
  g_autofree char *figure = known ? edge_credits_format_tile (figures->earned_today) : NULL;
  g_autofree char *all = known ? edge_credits_format_tile (figures->earned) : NULL;
  g_autofree char *caption = NULL;

  if (known)
    {
      /* Translators: %s is an amount of credits. */
      caption = g_strdup_printf (_("%s in all"), all);
    }
  else if (isfinite (figures->join_progress))
    {
      g_autofree char *share = edge_format_share (figures->join_progress);

      /* Translators: %s is how far the proof of work is, in per cent. */
      caption = g_strdup_printf (_("making your account: %s"), share);
    }
  else
    {
      caption = g_strdup (_("no account yet"));
    }
  g_object_set (self->earned_tile,
                "figure", figure,
                "caption", caption,
                "loading", !known && isfinite (figures->join_progress),
                NULL);
}

/* In a network whose book nobody closes nothing is ever final, and nothing is said of it. */
static char *
dup_events (const EdgeBookFigures *figures)
{
  g_autofree char *events = edge_format_events (figures->n_events);

  if (figures->n_final == 0)
    return g_steal_pointer (&events);
  /* Translators: how many events there are, and how many of them are final. */
  return g_strdup_printf (C_("ledger", "%s, %'" PRIu64 " final"), events, figures->n_final);
}

static void
update_ledger (EdgeBookTiles         *self,
               const EdgeBookFigures *figures)
{
  gboolean in_step = edge_book_figures_is_in_step (figures);
  g_autofree char *figure = NULL;
  g_autofree char *caption = NULL;

  if (figures->ready && !in_step)
    {
      figure = edge_format_share (MIN (.99, floor (edge_book_figures_get_progress (figures) * 100)
                                            / 100));
      caption = edge_book_figures_dup_sentence (figures, self->n_connected);
    }
  else if (figures->ready)
    {
      figure = g_strdup (self->n_connected > 0 ? _("In step") : _("Alone"));
      caption = dup_events (figures);
    }
  else
    {
      caption = g_strdup (_("opening"));
    }
  g_object_set (self->ledger_tile,
                "figure", figure,
                "caption", caption,
                "loading", !figures->ready,
                NULL);
}

static void
update (EdgeBookTiles *self)
{
  g_autoptr(GObject) books = g_signal_group_dup_target (self->books_signals);
  EdgeBookFigures figures;

  edge_book_figures_read (&figures, books);
  update_earned (self, &figures);
  update_ledger (self, &figures);
  edge_multiplier_card_set_figures (EDGE_MULTIPLIER_CARD (self->multiplier_card), &figures);
}

static void
node_notify_cb (EdgeBookTiles *self,
                GParamSpec    *pspec,
                GObject       *node)
{
  g_autoptr(GObject) books = NULL;
  guint n_connected;

  g_object_get (node, "books", &books, "n-connected", &n_connected, NULL);
  self->n_connected = n_connected;
  g_signal_group_set_target (self->books_signals, books);
  update (self);
}

static void
node_bind_cb (EdgeBookTiles *self,
              GObject       *node,
              GSignalGroup  *group)
{
  node_notify_cb (self, NULL, node);
}

static void
edge_book_tiles_dispose (GObject *object)
{
  EdgeBookTiles *self = EDGE_BOOK_TILES (object);

  g_clear_object (&self->node_signals);
  g_clear_object (&self->books_signals);

  G_OBJECT_CLASS (edge_book_tiles_parent_class)->dispose (object);
}

static void
edge_book_tiles_class_init (EdgeBookTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_book_tiles_dispose;
}

static void
edge_book_tiles_init (EdgeBookTiles *self)
{
  self->books_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->books_signals, "notify", G_CALLBACK (update), self);
  self->node_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->node_signals, "notify::books",
                                  G_CALLBACK (node_notify_cb), self);
  g_signal_group_connect_swapped (self->node_signals, "notify::n-connected",
                                  G_CALLBACK (node_notify_cb), self);
  g_signal_connect_swapped (self->node_signals, "bind", G_CALLBACK (node_bind_cb), self);
}

/**
 * edge_book_tiles_new:
 * @node: an object with the properties of [class@Node]
 * @earned_tile: an [class@Tile]
 * @ledger_tile: an [class@Tile]
 * @multiplier_card: an [class@MultiplierCard]
 *
 * Returns: (transfer full): an object to keep as long as the three are there
 */
EdgeBookTiles *
edge_book_tiles_new (GObject   *node,
                     GtkWidget *earned_tile,
                     GtkWidget *ledger_tile,
                     GtkWidget *multiplier_card)
{
  EdgeBookTiles *self = g_object_new (EDGE_TYPE_BOOK_TILES, NULL);

  self->earned_tile = earned_tile;
  self->ledger_tile = ledger_tile;
  self->multiplier_card = multiplier_card;
  g_signal_group_set_target (self->node_signals, node);
  return self;
}

/**
 * edge_book_tiles_place:
 * @grid: a grid of tiles
 * @columns: how many to put side by side
 */
void
edge_book_tiles_place (GtkWidget *grid,
                       int        columns)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (grid);
  int at = 0;

  for (GtkWidget *tile = gtk_widget_get_first_child (grid); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      g_object_set (gtk_layout_manager_get_layout_child (layout, tile),
                    "column", at % columns, "row", at / columns, NULL);
      at++;
    }
}
