/* edge-format-closures.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-format-closures.h"

#include "app/edge-format.h"
#include "app/edge-drawing.h"
#include "app/edge-map-layout.h"

#include <glib/gi18n.h>
#include <math.h>

/* The functions of edge-format.h as closures for templates: each has the
 * object it belongs to before its arguments. */

static char *
format_ms (gpointer object,
           double   milliseconds)
{
  return edge_format_ms (milliseconds);
}

static char *
format_ms_figure (gpointer object,
                  double   milliseconds)
{
  return edge_format_ms_figure (milliseconds);
}

static char *
format_rate (gpointer object,
             double   rate)
{
  return edge_format_rate (rate);
}

static char *
format_rate_figure (gpointer object,
                    double   rate)
{
  return edge_format_rate_figure (rate);
}

static char *
format_rate_unit (gpointer object,
                  double   rate)
{
  return edge_format_rate_unit (rate);
}

static char *
format_kilo_rate (gpointer      object,
                  double        rate,
                  EdgePeerState state)
{
  /* Without a link there is nothing to measure. */
  return edge_format_kilo_rate (state == EDGE_PEER_STATE_CONNECTED ? rate : NAN);
}

static char *
format_share (gpointer object,
              double   share)
{
  return edge_format_share (share);
}

static char *
format_exact_time (gpointer object,
                   gint64   then)
{
  return edge_format_exact_time (then);
}

static char *
format_peers_line (gpointer object,
                   guint    n_connected,
                   double   median)
{
  return edge_format_peers_line (n_connected, median);
}

static char *
format_found (gpointer    object,
              const char *found)
{
  return edge_format_found (found);
}

static char *
format_path (gpointer      object,
             EdgePeerPath  path,
             EdgePeerState state)
{
  return edge_format_path (path, state);
}

static char *
format_peer_name (gpointer    object,
                  const char *name,
                  const char *id)
{
  return edge_format_peer_name (name, id);
}

/* The colour of a latency, as style classes. */
static GStrv
latency_classes (gpointer object,
                 double   latency)
{
  const char *classes[] = { "numeric", NULL, NULL };

  switch ((EdgeInk) edge_map_latency_ink (latency))
    {
    case EDGE_INK_WARNING:
      classes[1] = "warning";
      break;
    case EDGE_INK_ERROR:
      classes[1] = "error";
      break;
    case EDGE_INK_ACCENT:
    case EDGE_INK_ACCENT_BG:
    case EDGE_INK_CARD:
    case EDGE_INK_WINDOW:
    default:
      break;
    }

  return g_strdupv ((GStrv) classes);
}

/* The network that is joined, of which the rows of a list know nothing. */
static char *own_network;

static gboolean
is_foreign (gpointer    object,
            const char *network)
{
  return network != NULL && own_network != NULL && !g_str_equal (network, own_network);
}

static char *
format_found_and_ledger (gpointer       object,
                         const char    *found,
                         const char    *network,
                         gboolean       in_step,
                         EdgePeerState  state)
{
  g_autofree char *how = edge_format_found (found);

  if (is_foreign (object, network))
    /* Translators: how a peer was found, and that it is of another network. */
    return g_strdup_printf (_("%s · of another network"), how);
  if (state != EDGE_PEER_STATE_CONNECTED)
    return g_steal_pointer (&how);
  /* Translators: how a peer was found, and whether it holds the same ledger. */
  return g_strdup_printf (in_step ? _("%s · ledger in step") : _("%s · ledger not in step"), how);
}

/**
 * edge_format_set_network:
 * @id: (nullable): the network that is joined
 *
 * Peers of another one are shown as such from now on.
 */
void
edge_format_set_network (const char *id)
{
  g_set_str (&own_network, id);
}

static gboolean
is_set (gpointer    object,
        const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * edge_format_bind:
 * @widget_class: a template class
 *
 * Makes the formats known to its template, under the names `format_ms`, `format_rate` and so on.
 */
void
edge_format_bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, format_ms);
  gtk_widget_class_bind_template_callback (widget_class, format_ms_figure);
  gtk_widget_class_bind_template_callback (widget_class, format_rate);
  gtk_widget_class_bind_template_callback (widget_class, format_rate_figure);
  gtk_widget_class_bind_template_callback (widget_class, format_rate_unit);
  gtk_widget_class_bind_template_callback (widget_class, format_kilo_rate);
  gtk_widget_class_bind_template_callback (widget_class, format_share);
  gtk_widget_class_bind_template_callback (widget_class, format_exact_time);
  gtk_widget_class_bind_template_callback (widget_class, format_peers_line);
  gtk_widget_class_bind_template_callback (widget_class, format_found);
  gtk_widget_class_bind_template_callback (widget_class, format_path);
  gtk_widget_class_bind_template_callback (widget_class, format_peer_name);
  gtk_widget_class_bind_template_callback (widget_class, latency_classes);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_bind_template_callback (widget_class, is_foreign);
  gtk_widget_class_bind_template_callback (widget_class, format_found_and_ledger);
}
