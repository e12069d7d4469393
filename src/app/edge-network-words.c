/* edge-network-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-network-words.h"

#include "app/edge-format.h"

#include <glib/gi18n.h>
#include <string.h>

/* Networks, validators and checkpoints in the words of a person. */

/**
 * edge_network_facts_read:
 * @self: (out): the facts; of what is not known nothing is set
 * @node: an object with the properties of [class@Node]
 */
void
edge_network_facts_read (EdgeNetworkFacts *self,
                         GObject          *node)
{
  g_autoptr(GObject) books = NULL;
  g_autoptr(GObject) finality = NULL;
  g_autofree char *kind = NULL;
  gboolean ready = FALSE;

  memset (self, 0, sizeof *self);
  g_object_get (node, "network-kind", &kind, "books", &books, NULL);
  self->open = g_strcmp0 (kind, "open") == 0;
  if (books == NULL)
    return;

  g_object_get (books, "ready", &ready, "member", &self->member, "joined", &self->joined,
                "finality", &finality, NULL);
  if (finality == NULL)
    return;

  g_object_get (finality,
                "n", &self->n,
                "time", &self->time,
                "count", &self->count,
                "by", &self->by,
                "n-members", &self->n_members,
                "n-validators", &self->n_validators,
                "n-awake", &self->n_awake,
                "n-needed", &self->n_needed,
                "validating", &self->validating,
                NULL);
  self->known = ready && (self->open || self->n_validators > 0);
}

void
edge_network_facts_clear (EdgeNetworkFacts *self)
{
  g_clear_pointer (&self->by, g_free);
}

const char *
edge_network_words_kind (gboolean open)
{
  return open ? _("Open network") : _("Founded network");
}

/** edge_network_words_standing: What we are in the network, in a word or two. */
const char *
edge_network_words_standing (const EdgeNetworkFacts *facts)
{
  if (!facts->known)
    return EDGE_FORMAT_UNKNOWN;
  if (facts->validating)
    return _("You close the book");
  if (facts->member)
    return _("You are a member");
  return facts->joined ? _("You wait to become a member") : _("You have no account yet");
}

/**
 * edge_network_words_closing:
 * @facts: a network
 *
 * Returns: (transfer full): whether payments become final now, in one sentence
 */
char *
edge_network_words_closing (const EdgeNetworkFacts *facts)
{
  if (facts->open)
    return g_strdup (_("Open network: payments never become final."));
  if (!facts->known)
    return g_strdup (_("Who closes the book is known once the ledger is read."));

  if (facts->n_awake >= facts->n_needed)
    {
      if (facts->n_validators > 1)
        return g_strdup_printf (ngettext ("%u of %u validators is awake: payments become final "
                                          "within half a minute.",
                                          "%u of %u validators are awake: payments become final "
                                          "within half a minute.", facts->n_awake),
                                facts->n_awake, facts->n_validators);
      if (facts->validating)
        return g_strdup (_("This computer closes the book: payments become final within half a "
                           "minute."));
      return g_strdup (_("The validator is awake: payments become final within half a minute."));
    }

  if (facts->n_validators == 1)
    return g_strdup (_("The validator sleeps: payments become final once it is back."));
  return g_strdup_printf (ngettext ("%u of %u validators is awake, %u are needed: payments become "
                                    "final once enough are back.",
                                    "%u of %u validators are awake, %u are needed: payments become "
                                    "final once enough are back.", facts->n_awake),
                          facts->n_awake, facts->n_validators, facts->n_needed);
}

/**
 * edge_network_words_sleep:
 * @facts: a network
 *
 * Returns: (transfer full): what happens while those who close its book sleep
 */
char *
edge_network_words_sleep (const EdgeNetworkFacts *facts)
{
  if (facts->open)
    return g_strdup (_("Nobody closes the book of an open network. Payments are confirmed by those "
                       "who build on them, and that is all."));
  if (facts->validating && facts->n_validators == 1)
    return g_strdup (_("While this computer is off, nothing becomes final. Everybody goes on paying "
                       "and earning, and what waits is closed when it is back. Nothing is lost."));
  if (facts->n_validators > 1)
    return g_strdup_printf (_("%u of %u must be awake. While fewer are, nothing becomes final: "
                              "everybody goes on paying and earning, and what waits is closed when "
                              "enough are back. Nothing is lost."),
                            facts->n_needed, facts->n_validators);
  return g_strdup (_("While it sleeps, nothing becomes final. Everybody goes on paying and earning, "
                     "and what waits is closed when it is back. Nothing is lost."));
}

/**
 * edge_network_words_checkpoint:
 * @facts: a network
 * @by: (nullable): name of who closed the last checkpoint
 * @now: wall clock in ms
 *
 * Returns: (transfer full): when the book was closed last, by whom, and how much
 */
char *
edge_network_words_checkpoint (const EdgeNetworkFacts *facts,
                               const char             *by,
                               gint64                  now)
{
  g_autofree char *events = NULL;
  g_autofree char *ago = NULL;

  if (facts->open)
    return g_strdup (_("Open network: payments never become final."));
  if (facts->n == 0)
    return g_strdup (_("No checkpoint yet"));

  events = edge_format_events (facts->count);
  ago = edge_format_ago ((gint64) facts->time, MAX (now, (gint64) facts->time));
  if (by == NULL)
    /* Translators: a checkpoint: when it was closed, and how many events it holds. */
    return g_strdup_printf (_("Closed %s · %s"), ago, events);
  /* Translators: a checkpoint: when it was closed, by whom, and how many events it holds. */
  return g_strdup_printf (_("Closed %s by %s · %s"), ago, by, events);
}

/**
 * edge_network_words_awake:
 * @awake: whether a validator is awake
 * @you: whether it is this computer
 * @since: since when, 0 if that is not known
 * @now: wall clock in ms
 *
 * Returns: (transfer full): that, in words
 */
char *
edge_network_words_awake (gboolean awake,
                          gboolean you,
                          gint64   since,
                          gint64   now)
{
  g_autofree char *duration = NULL;

  if (since > 0)
    duration = edge_format_duration (MAX (0, now - since));
  if (you && duration != NULL)
    /* Translators: %s is how long. */
    return g_strdup_printf (_("This computer, awake for %s"), duration);
  if (awake)
    return duration != NULL ? g_strdup_printf (_("Awake for %s"), duration) : g_strdup (_("Awake"));
  return duration != NULL ? g_strdup_printf (_("Asleep for %s"), duration)
                          : g_strdup (_("Not seen since you started"));
}

/**
 * edge_network_words_waiting:
 * @inviter: (nullable): name of who invited us
 *
 * Returns: (transfer full): what who waits to become a member can do already, and what not yet
 */
char *
edge_network_words_waiting (const char *inviter)
{
  if (inviter == NULL)
    return g_strdup (_("You can be paid and pay now, and see all of the ledger. You earn for work and "
                       "presence once somebody who closes the book says yes to you."));
  return g_strdup_printf (_("You can be paid and pay now, and see all of the ledger. You earn for work "
                            "and presence once %s, who invited you, or somebody who closes the book "
                            "says yes to you."), inviter);
}

/**
 * edge_network_words_ballot:
 * @added: names of those who shall be validators and are none, or nothing
 * @removed: names of those who shall be none any more, or nothing
 *
 * Returns: (transfer full): what is proposed
 */
char *
edge_network_words_ballot (const char *added,
                           const char *removed)
{
  if (*added != '\0' && *removed != '\0')
    /* Translators: names of validators to come and to go. */
    return g_strdup_printf (_("In: %s. Out: %s."), added, removed);
  if (*added != '\0')
    return g_strdup_printf (_("In: %s"), added);
  if (*removed != '\0')
    return g_strdup_printf (_("Out: %s"), removed);
  return g_strdup (_("It stays as it is"));
}

/**
 * edge_network_words_voters:
 * @voters: names of those who want something
 * @n_voters: how many they are
 * @n_needed: how many must be
 *
 * Returns: (transfer full): how far a vote is
 */
char *
edge_network_words_voters (const char *voters,
                           guint       n_voters,
                           guint       n_needed)
{
  /* Translators: how many say yes, how many must, and who does. */
  return g_strdup_printf (ngettext ("%u of %u needed says yes: %s", "%u of %u needed say yes: %s", n_voters),
                          n_voters, n_needed, voters);
}

/**
 * edge_network_words_deciding:
 * @n_today: how many validators there are, us among them
 * @leaves: whether we would be none any more
 *
 * Returns: (transfer full): who must agree to what we propose
 */
char *
edge_network_words_deciding (guint    n_today,
                             gboolean leaves)
{
  g_autofree char *who = NULL;
  guint n_others = 2 * n_today / 3;

  if (n_others == 0)
    who = g_strdup (_("You decide alone: it is so at once."));
  else if (n_others == n_today - 1)
    who = g_strdup_printf (ngettext ("It is so once the other validator says the same. What you propose "
                                     "stands until you say something else.",
                                     "It is so once all %u other validators say the same. What you propose "
                                     "stands until you say something else.", n_others),
                           n_others);
  else
    who = g_strdup_printf (_("It is so once %u of the %u other validators say the same. What you propose "
                             "stands until you say something else."), n_others, n_today - 1);
  if (!leaves)
    return g_steal_pointer (&who);
  return g_strconcat (who, " ", _("From then on you have no say in this."), NULL);
}

/**
 * edge_network_words_choice:
 * @n_validators: how many a new network would have
 * @here: whether this computer is one of them
 *
 * Returns: (transfer full): what that means
 */
char *
edge_network_words_choice (guint    n_validators,
                           gboolean here)
{
  if (n_validators == 0)
    return g_strdup (_("Somebody must close the book: this computer, or one whose key you give."));
  if (n_validators == 1 && here)
    return g_strdup (_("While this computer is off, nothing becomes final. Everybody goes on paying "
                       "and earning, and what waits is closed when it is back. Nothing is lost."));
  if (n_validators == 1)
    return g_strdup (_("A computer that is always on closes the book; this one may be off. Only who "
                       "closes the book can let in people that nobody invited."));
  if (n_validators < 4)
    return g_strdup_printf (_("All %u must be awake for payments to become final."), n_validators);
  return g_strdup_printf (ngettext ("%u of %u may be off, or cheat, and payments still become final.",
                                    "%u of %u may be off, or cheat, and payments still become final.",
                                    (n_validators - 1) / 3),
                          (n_validators - 1) / 3, n_validators);
}
