/* edge-book-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-book-words.h"

#include "app/edge-credits.h"
#include "app/edge-format.h"
#include "mesh/edge-peer.h"

#include <glib/gi18n.h>

/* Events in the words of a person. */

static const struct
{
  const char    *type;
  const char    *word;
  EdgeBookGroup  group;
} types[] = {
  { "genesis", N_("genesis"), EDGE_BOOK_GROUP_MEMBERS },
  { "join", N_("join"), EDGE_BOOK_GROUP_MEMBERS },
  { "vouch", N_("vouch"), EDGE_BOOK_GROUP_MEMBERS },
  { "transfer", N_("transfer"), EDGE_BOOK_GROUP_PAYMENTS },
  { "stake", N_("stake"), EDGE_BOOK_GROUP_PAYMENTS },
  { "unstake", N_("unstake"), EDGE_BOOK_GROUP_PAYMENTS },
  { "escrow", N_("escrow"), EDGE_BOOK_GROUP_WORK },
  { "receipt", N_("receipt"), EDGE_BOOK_GROUP_WORK },
  { "settle", N_("settle"), EDGE_BOOK_GROUP_WORK },
  { "refund", N_("refund"), EDGE_BOOK_GROUP_WORK },
  { "uptime", N_("uptime"), EDGE_BOOK_GROUP_MEMBERS },
  { "slash", N_("slash"), EDGE_BOOK_GROUP_MEMBERS },
  { "validators", N_("validators"), EDGE_BOOK_GROUP_MEMBERS },
};

void
edge_book_info_read (EdgeBookInfo *self,
                     gpointer      entry)
{
  int state = 0;

  g_object_get (entry,
                "id", &self->id,
                "author", &self->author,
                "other", &self->other,
                "type", &self->type,
                "reason", &self->reason,
                "parents", &self->parents,
                "time", &self->time,
                "amount", &self->amount,
                "seq", &self->seq,
                "height", &self->height,
                "place", &self->place,
                "builders", &self->builders,
                "checkpoint", &self->checkpoint,
                "state", &state,
                "mine", &self->mine,
                NULL);
  self->state = state;
}

void
edge_book_info_clear (EdgeBookInfo *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->other, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->parents, g_strfreev);
}

/** edge_book_state_describe: A state as one word, translated. */
const char *
edge_book_state_describe (EdgeBookState state)
{
  switch (state)
    {
    case EDGE_BOOK_STATE_CONFIRMED:
      return C_("event", "confirmed");
    case EDGE_BOOK_STATE_FINAL:
      return C_("event", "final");
    case EDGE_BOOK_STATE_OFF:
      return C_("event", "off");
    case EDGE_BOOK_STATE_VOID:
      return C_("event", "void");
    case EDGE_BOOK_STATE_PENDING:
    default:
      return C_("event", "pending");
    }
}

/** edge_book_type_describe: A type as one word, translated; @type itself when it is not known. */
const char *
edge_book_type_describe (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_strcmp0 (types[i].type, type) == 0)
        return _(types[i].word);
    }
  return type != NULL ? type : EDGE_FORMAT_UNKNOWN;
}

EdgeBookGroup
edge_book_type_get_group (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_strcmp0 (types[i].type, type) == 0)
        return types[i].group;
    }
  return EDGE_BOOK_GROUP_ALL;
}

/**
 * edge_book_info_in_group:
 * @self: an event
 * @group: a group of events
 * @own_id: (nullable): our key
 */
gboolean
edge_book_info_in_group (const EdgeBookInfo *self,
                         EdgeBookGroup       group,
                         const char         *own_id)
{
  if (group == EDGE_BOOK_GROUP_ALL)
    return TRUE;
  if (group == EDGE_BOOK_GROUP_YOURS)
    return self->mine || (own_id != NULL && g_strcmp0 (self->other, own_id) == 0);

  return edge_book_type_get_group (self->type) == group;
}

/**
 * edge_book_dup_name:
 * @peers: (nullable): a list of [class@Peer]
 * @own_id: (nullable): our key
 * @id: (nullable): a key
 *
 * Returns: (transfer full): who that is, as far as it is known here
 */
char *
edge_book_dup_name (GListModel *peers,
                    const char *own_id,
                    const char *id)
{
  guint n = peers != NULL ? g_list_model_get_n_items (peers) : 0;

  if (id != NULL && g_strcmp0 (own_id, id) == 0)
    return g_strdup (C_("author", "You"));
  for (guint i = 0; id != NULL && i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (peers, i);

      if (g_strcmp0 (edge_peer_get_id (peer), id) == 0)
        return edge_format_peer_name (edge_peer_get_name (peer), id);
    }

  return edge_format_peer_name (NULL, id);
}

/**
 * edge_book_info_dup_text:
 * @self: an event
 * @peers: (nullable): a list of [class@Peer]
 * @own_id: (nullable): our key
 *
 * Returns: (transfer full): what it says in one line; why, when it has no effect
 */
char *
edge_book_info_dup_text (const EdgeBookInfo *self,
                         GListModel         *peers,
                         const char         *own_id)
{
  g_autofree char *amount = edge_credits_format_exact (self->amount);
  g_autofree char *other = edge_book_dup_name (peers, own_id, self->other);
  const char *type = self->type != NULL ? self->type : "";

  if (self->reason != NULL && *self->reason != '\0')
    return g_strdup (self->reason);
  if (g_str_equal (type, "transfer"))
    /* Translators: an amount and who gets it. */
    return g_strdup_printf (_("%s to %s"), amount, other);
  if (g_str_equal (type, "stake"))
    return g_strdup_printf (_("%s put into stake"), amount);
  if (g_str_equal (type, "unstake"))
    return g_strdup_printf (_("%s leaves the stake"), amount);
  if (g_str_equal (type, "escrow"))
    return g_strdup_printf (_("%s set aside for work"), amount);
  if (g_str_equal (type, "receipt"))
    return g_strdup (_("pays for work"));
  if (g_str_equal (type, "settle"))
    return g_strdup (_("settles work that was not paid for"));
  if (g_str_equal (type, "refund"))
    return g_strdup (_("takes back what was set aside"));
  if (g_str_equal (type, "uptime"))
    return g_strdup (_("a day of presence, with two witnesses"));
  if (g_str_equal (type, "join"))
    return self->other != NULL ? g_strdup_printf (_("invited by %s"), other)
                               : g_strdup (_("a new key"));
  if (g_str_equal (type, "vouch"))
    return g_strdup_printf (_("makes %s a member"), other);
  if (g_str_equal (type, "slash"))
    return g_strdup (_("proves that somebody signed twice"));
  if (g_str_equal (type, "validators"))
    return g_strdup (_("proposes who closes the book"));
  if (g_str_equal (type, "genesis"))
    return g_strdup (_("the first event of this network"));

  return g_strdup ("");
}

/**
 * edge_book_confirms:
 * @n_members: how many members the network has, 0 when that is not known
 *
 * Returns: how many of them must build on an event until it counts as confirmed
 */
guint
edge_book_confirms (guint n_members)
{
  if (n_members == 0)
    return EDGE_LEDGER_CONFIRMED;
  return CLAMP (n_members - 1, 1, EDGE_LEDGER_CONFIRMED);
}

/**
 * edge_book_info_dup_weight:
 * @self: an event
 * @confirms: how many members must build on it
 *
 * Returns: (transfer full): how many members built on it, as far as that is counted
 */
char *
edge_book_info_dup_weight (const EdgeBookInfo *self,
                           guint               confirms)
{
  if (self->state == EDGE_BOOK_STATE_OFF || self->state == EDGE_BOOK_STATE_VOID
      || self->state == EDGE_BOOK_STATE_FINAL)
    return g_strdup (EDGE_FORMAT_UNKNOWN);

  /* Translators: so many members built on an event; counted up to this many. */
  return g_strdup_printf (_("%u of %u"), MIN (self->builders, confirms), confirms);
}

/**
 * edge_book_info_dup_meaning:
 * @self: an event
 * @confirms: how many members must build on it
 * @open: whether it is in an open network
 *
 * Returns: (transfer full): what its state means, and what comes next
 */
char *
edge_book_info_dup_meaning (const EdgeBookInfo *self,
                            guint               confirms,
                            gboolean            open)
{
  switch (self->state)
    {
    case EDGE_BOOK_STATE_CONFIRMED:
      return g_strdup (open ? _("Members built on it. In an open network nothing goes further.")
                            : _("Members built on it. The next checkpoint makes it final."));
    case EDGE_BOOK_STATE_FINAL:
      return g_strdup_printf (_("In checkpoint %u, which nothing undoes."), self->checkpoint);
    case EDGE_BOOK_STATE_OFF:
      return g_strdup (_("Its author signed another event in this place; this one has no effect."));
    case EDGE_BOOK_STATE_VOID:
      return g_strdup (_("It breaks a rule in its place and has no effect."));
    case EDGE_BOOK_STATE_PENDING:
    default:
      return g_strdup_printf (ngettext ("It waits for %u member to build on it; %u did.",
                                        "It waits for %u members to build on it; %u did.", confirms),
                              confirms, MIN (self->builders, confirms));
    }
}

/** edge_book_info_dup_spoken: All of an event in one sentence, for screen readers and tooltips. */
char *
edge_book_info_dup_spoken (const EdgeBookInfo *self,
                           GListModel         *peers,
                           const char         *own_id)
{
  g_autofree char *author = edge_book_dup_name (peers, own_id, self->author);
  g_autofree char *text = edge_book_info_dup_text (self, peers, own_id);
  g_autofree char *time = edge_format_exact_time ((gint64) self->time);

  /* Translators: an event: its state, its type, who signed it, what it says, when. */
  return g_strdup_printf (_("%s %s by %s: %s, %s"), edge_book_state_describe (self->state),
                          edge_book_type_describe (self->type), author, text, time);
}
