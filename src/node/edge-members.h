/* edge-members.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-applicant.h"
#include "node/edge-books.h"
#include "node/edge-node-store.h"
#include "node/edge-ticket-book.h"

G_BEGIN_DECLS

#define EDGE_TYPE_MEMBERS (edge_members_get_type ())

G_DECLARE_FINAL_TYPE (EdgeMembers, edge_members, EDGE, MEMBERS, GObject)

/** EDGE_MEMBERS_MAX_WAITING: How many who wait are shown at once, those who wait longest. */
#define EDGE_MEMBERS_MAX_WAITING 500

/*
 * Who belongs to the network that is joined. Properties, all read-only with notify on the
 * main context:
 *
 *   you               string   "member"; "waiting": joined, and somebody has to say yes;
 *                              "none": not joined yet
 *   inviter           string   key of who invited us, NULL without one
 *   inviter-name      string   what that one is called, NULL when not known
 *   may-vouch         boolean  edge_node_vouch_async() would be let through now
 *   vouchers-left     int      for how many keys; -1 for any number, as validators can
 *   waiting           GListModel<EdgeApplicant>  who waits to be a member, the longest first;
 *                              without those we said no to, and empty where all are members
 *
 * To say yes to who waits: edge_node_vouch_async(); to say no, for good: edge_node_decline().
 */

EdgeMembers *edge_members_new          (EdgeBooks      *books,
                                        EdgeIdentity   *identity,
                                        GListModel     *peers,
                                        EdgeTicketBook *tickets,
                                        EdgeNodeStore  *store) G_GNUC_WARN_UNUSED_RESULT;
void         edge_members_refresh      (EdgeMembers    *self);
void         edge_members_update_peers (EdgeMembers    *self);

const char  *edge_members_get_you      (EdgeMembers    *self);
GListModel  *edge_members_get_waiting  (EdgeMembers    *self);
gboolean     edge_members_is_declined  (EdgeMembers    *self,
                                        const char     *key);
char        *edge_members_dup_name     (EdgeMembers    *self,
                                        const char     *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
