/* edge-ticket-book.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "invite/edge-invitation.h"
#include "node/edge-given.h"

G_BEGIN_DECLS

/** EDGE_TICKET_BOOK_FILE: Invitations given and taken, in the node's folder. */
#define EDGE_TICKET_BOOK_FILE "invitations.json"

/** EDGE_TICKET_TEXT_LENGTH: Characters of a ticket in base64url. */
#define EDGE_TICKET_TEXT_LENGTH 22

/** EDGE_TICKET_BOOK_MAX: Invitations remembered of each side; the oldest go first. */
#define EDGE_TICKET_BOOK_MAX 256
/** EDGE_TICKET_BOOK_MAX_TAKERS: People who may take one invitation. */
#define EDGE_TICKET_BOOK_MAX_TAKERS 256
/** EDGE_TICKET_BOOK_MAX_NETWORKS: Networks whose relays are remembered. */
#define EDGE_TICKET_BOOK_MAX_NETWORKS 64

typedef struct _EdgeTicketBook EdgeTicketBook;

EdgeTicketBook *edge_ticket_book_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void            edge_ticket_book_free       (EdgeTicketBook      *self);

gboolean        edge_ticket_book_parse      (EdgeTicketBook      *self,
                                             const char          *text,
                                             gsize                length,
                                             gint64               now,
                                             GError             **error);
gboolean        edge_ticket_book_load       (EdgeTicketBook      *self,
                                             const char          *dir,
                                             gint64               now,
                                             GError             **error);
gboolean        edge_ticket_book_save       (EdgeTicketBook      *self,
                                             const char          *dir,
                                             GError             **error);

void            edge_ticket_book_add_given  (EdgeTicketBook      *self,
                                             EdgeInvitation      *invitation,
                                             gint64               now);
gboolean        edge_ticket_book_is_given   (EdgeTicketBook      *self,
                                             EdgeInvitation      *invitation);
gboolean        edge_ticket_book_take       (EdgeTicketBook      *self,
                                             const char          *ticket,
                                             const char          *network_id,
                                             const char          *peer_id,
                                             gint64               now);
gboolean        edge_ticket_book_has_taker  (EdgeTicketBook      *self,
                                             const char          *network_id,
                                             const char          *peer_id,
                                             gint64               now);
guint           edge_ticket_book_revoke     (EdgeTicketBook      *self,
                                             const char          *network_id,
                                             gint64               now);

gboolean        edge_ticket_book_withdraw   (EdgeTicketBook      *self,
                                             const char          *ticket);
GPtrArray      *edge_ticket_book_list       (EdgeTicketBook      *self,
                                             const char          *network_id,
                                             gint64               now) G_GNUC_WARN_UNUSED_RESULT;

void            edge_ticket_book_add_taken  (EdgeTicketBook      *self,
                                             EdgeInvitation      *invitation,
                                             gint64               now);
GStrv           edge_ticket_book_dup_due    (EdgeTicketBook      *self,
                                             const char          *network_id,
                                             const char          *inviter,
                                             gint64               now) G_GNUC_WARN_UNUSED_RESULT;
const char     *edge_ticket_book_get_inviter (EdgeTicketBook     *self,
                                             const char          *network_id,
                                             gint64               now);
GStrv           edge_ticket_book_dup_relays (EdgeTicketBook      *self,
                                             const char          *network_id) G_GNUC_WARN_UNUSED_RESULT;
void            edge_ticket_book_set_relays (EdgeTicketBook      *self,
                                             const char          *network_id,
                                             const char * const  *urls);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeTicketBook, edge_ticket_book_free)

G_END_DECLS
