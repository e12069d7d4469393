/* edge-applicant.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "ledger/edge-ledger-members.h"

G_BEGIN_DECLS

#define EDGE_TYPE_APPLICANT (edge_applicant_get_type ())

G_DECLARE_FINAL_TYPE (EdgeApplicant, edge_applicant, EDGE, APPLICANT, GObject)

/*
 * Somebody who joined a network and waits to be made a member. Properties, read-only,
 * the names with notify:
 *
 *   key           string   43 characters
 *   name          string   what they call themselves, NULL while no link tells
 *   inviter       string   key of whose invitation they took, NULL without one
 *   inviter-name  string   what that one is called, NULL when not known
 *   since         uint64   when they joined, ms
 */

EdgeApplicant *edge_applicant_new         (const EdgeLedgerMember *entry) G_GNUC_WARN_UNUSED_RESULT;
const char    *edge_applicant_get_key     (EdgeApplicant          *self);
const char    *edge_applicant_get_inviter (EdgeApplicant          *self);
void           edge_applicant_set_names   (EdgeApplicant          *self,
                                           const char             *name,
                                           const char             *inviter_name);

G_END_DECLS
