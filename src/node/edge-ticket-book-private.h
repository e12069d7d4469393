/* edge-ticket-book-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-ticket-book.h"

G_BEGIN_DECLS

/* What the two files of EdgeTicketBook share: edge-ticket-book.c has the book,
 * edge-ticket-book-file.c how it is kept in a file. */

/* An address with the relay's token before the host. */
#define MAX_URL (EDGE_INVITATION_MAX_ADDRESS + EDGE_INVITATION_MAX_TOKEN * 3 + 1)

typedef struct
{
  char       *ticket;
  char       *network;
  char       *inviter;
  gint64      made;
  gint64      expires;
  gboolean    direct;
  GHashTable *takers;
} Ticket;

typedef struct
{
  char  *network;
  GStrv  urls;
} Relays;

struct _EdgeTicketBook
{
  GPtrArray *given;
  GPtrArray *taken;
  GPtrArray *relays;
};

void _edge_ticket_book_drop_expired (GPtrArray *tickets, gint64 now);
Ticket *_edge_ticket_book_add (GPtrArray *tickets, const char *text, const char *network, const char *inviter, gint64 expires);
void _edge_ticket_book_set_relays (EdgeTicketBook *self, const char *network_id, GStrv urls);

G_END_DECLS
