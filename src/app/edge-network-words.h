/* edge-network-words.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EdgeNetworkFacts:
 * @known: whether the ledger was read
 * @open: whether it is an open network, in which nothing is ever final
 * @member: whether we are a member
 * @joined: whether we have an account
 * @validating: whether this computer is a validator
 * @n: number of the last checkpoint
 * @count: events in it
 * @time: T of its state
 * @by: (nullable): key of who closed it
 *
 * A network and how far its book is closed, at one time.
 */
typedef struct
{
  gboolean  known;
  gboolean  open;
  gboolean  member;
  gboolean  joined;
  gboolean  validating;
  guint     n_validators;
  guint     n_awake;
  guint     n_needed;
  guint     n_members;
  guint     n;
  guint64   count;
  guint64   time;
  char     *by;
} EdgeNetworkFacts;

void        edge_network_facts_read          (EdgeNetworkFacts       *self,
                                              GObject                *node);
void        edge_network_facts_clear         (EdgeNetworkFacts       *self);

const char *edge_network_words_kind          (gboolean                open);
const char *edge_network_words_standing      (const EdgeNetworkFacts *facts);
char       *edge_network_words_closing       (const EdgeNetworkFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_sleep         (const EdgeNetworkFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_checkpoint    (const EdgeNetworkFacts *facts,
                                              const char             *by,
                                              gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_awake         (gboolean                awake,
                                              gboolean                you,
                                              gint64                  since,
                                              gint64                  now) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_waiting       (const char             *inviter) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_ballot        (const char             *added,
                                              const char             *removed) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_voters        (const char             *voters,
                                              guint                   n_voters,
                                              guint                   n_needed) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_deciding      (guint                   n_today,
                                              gboolean                leaves) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_network_words_choice        (guint                   n_validators,
                                              gboolean                here) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeNetworkFacts, edge_network_facts_clear)

G_END_DECLS
