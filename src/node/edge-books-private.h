/* edge-books-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-sync.h"
#include "mesh/edge-uptime.h"
#include "node/edge-book-entry.h"
#include "node/edge-books.h"
#include "node/edge-finality.h"
#include "node/edge-joiner.h"

G_BEGIN_DECLS

/** EDGE_BOOKS_ENTRIES: Events in the list, the newest ones. */
#define EDGE_BOOKS_ENTRIES 500

/*
 * What the ledger said of itself at one moment. Amounts are nano, times milliseconds.
 */
typedef struct
{
  EdgeLedgerFigures figures;
  EdgeAccount      *account;
  GArray           *entries;
  GArray           *earnings;
  guint64           escrowed;
  char             *two_books;
} EdgeBooksView;

struct _EdgeBooks
{
  GObject        parent_instance;

  EdgeLedger    *ledger;
  EdgeIdentity  *identity;
  EdgeSync      *sync;
  EdgeAgreement *agreement;
  EdgeJoiner    *joiner;
  EdgeFinality  *finality;
  EdgeUptime    *uptime;
  GCancellable  *cancellable;
  GListStore    *entries;
  GListStore    *unlocks;
  GHashTable    *by_id;
  GQueue         arrivals;
  GPtrArray     *unsettled;
  EdgeBooksView *view;
  EdgeId         key;
  double         rate;
  gint64         opened_at;
  guint          n_before;
  guint          rate_source;
  gboolean       reading;
  gboolean       stale;
};

guint64 _edge_books_earned_today (EdgeBooks *self);
gint64  _edge_books_remaining    (EdgeBooks *self);
void    _edge_books_start_uptime (EdgeBooks *self,
                                  EdgeMesh  *mesh);

/* edge-books-issue.c */
gboolean _edge_books_refuse        (GError            **error,
                                    const char         *reason);
gboolean _edge_books_check_account (EdgeBooks          *self,
                                    const EdgeAccount  *account,
                                    GError            **error);
gboolean _edge_books_is_open       (EdgeBooks          *self,
                                    GError            **error);
void     _edge_books_issue         (EdgeBooks          *self,
                                    GTask              *task,
                                    EdgeEventType       type,
                                    const char         *body);

void _edge_books_settle       (EdgeBooks *self);
void _edge_books_read         (EdgeBooks *self);
void _edge_books_show_entries (EdgeBooks *self);
void _edge_books_show_unlocks (EdgeBooks *self);

G_END_DECLS
