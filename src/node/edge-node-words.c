/* edge-node-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-words.h"

#include <glib/gi18n-lib.h>

#include "identity/edge-words.h"

/**
 * edge_node_words_headline:
 * @state: the node's state
 * @network_name: (nullable): the network
 * @alone: whether nobody was found for a while
 * @policy: what may be used, and why
 *
 * Returns: (transfer full): what happens now and why, in one sentence
 */
char *
edge_node_words_headline (EdgeNodeState  state,
                          const char    *network_name,
                          gboolean       alone,
                          EdgePolicy    *policy)
{
  switch (state)
    {
    case EDGE_NODE_STATE_NONE:
      return g_strdup (_("Not in a network"));
    case EDGE_NODE_STATE_JOINING:
      if (alone)
        return g_strdup_printf (_("Nobody found in %s yet"), network_name);
      return g_strdup_printf (_("Looking for peers in %s"), network_name);
    case EDGE_NODE_STATE_JOINED:
    case EDGE_NODE_STATE_PAUSED:
      return g_strdup (edge_policy_get_headline (policy));
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * edge_node_words_remedy:
 * @own_relay: (nullable): address of the built-in relay, when it runs
 *
 * Returns: (transfer full): what to do when nobody is found
 */
char *
edge_node_words_remedy (const char *own_relay)
{
  if (own_relay != NULL)
    return g_strdup_printf (_("Set a relay that others use, or have them use yours: %s"),
                            own_relay);

  return g_strdup (_("It goes on looking. See that others use the same relay and network."));
}

/**
 * edge_node_words_detail:
 * @state: the node's state
 * @n_connected: peers linked
 * @alone: whether nobody was found for a while
 * @own_relay: (nullable): address of the built-in relay, when it runs
 * @policy: what may be used, and why
 *
 * Returns: (transfer full) (nullable): a second sentence or two, %NULL for none
 */
char *
edge_node_words_detail (EdgeNodeState  state,
                        guint          n_connected,
                        gboolean       alone,
                        const char    *own_relay,
                        EdgePolicy    *policy)
{
  g_autofree char *outlook = NULL;
  g_autofree char *linked = NULL;

  if (state == EDGE_NODE_STATE_NONE)
    return NULL;
  if (state == EDGE_NODE_STATE_JOINING)
    return alone ? edge_node_words_remedy (own_relay) : NULL;

  g_object_get (policy, "outlook", &outlook, NULL);
  linked = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u peer linked.", "%u peers linked.",
                                         n_connected), n_connected);
  if (outlook == NULL)
    return g_steal_pointer (&linked);

  /* Translators: two sentences: "3 peers linked. Goes on when the power is back." */
  return g_strdup_printf (_("%1$s %2$s"), linked, outlook);
}

static char *
capitalise (const char *word)
{
  char *text = g_strdup (word);

  text[0] = g_ascii_toupper (text[0]);
  return text;
}

/**
 * edge_node_words_name:
 * @node_id: a node id
 *
 * A name to begin with: the first two words of the key. It tells nothing of the person or the
 * computer.
 *
 * Returns: (transfer full): the name
 */
char *
edge_node_words_name (const char *node_id)
{
  g_auto(GStrv) words = edge_words_for_key (node_id);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_return_val_if_fail (words != NULL, NULL);

  first = capitalise (words[0]);
  second = capitalise (words[1]);
  return g_strconcat (first, " ", second, NULL);
}
