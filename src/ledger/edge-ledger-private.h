/* edge-ledger-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event-set.h"
#include "ledger/edge-fold-share.h"
#include "ledger/edge-holding-pool.h"
#include "ledger/edge-ledger-base.h"
#include "ledger/edge-ledger-store-base.h"
#include "ledger/edge-ledger.h"
#include "ledger/edge-local-limits.h"

G_BEGIN_DECLS

/*
 * What lies between open and close is made and freed by the ledger thread. The
 * lock guards dag, fold, pool, index, limits and batches; whoever holds it calls nobody else.
 */
struct _EdgeLedger
{
  GObject           parent_instance;

  char             *path;
  GMainContext     *owner;
  GMainContext     *context;
  GMainLoop        *loop;
  GThread          *thread;
  GThreadPool      *checkers;

  GMutex            lock;
  EdgeEvent        *genesis;
  EdgeDag          *dag;
  EdgeFold         *fold;
  EdgeHoldingPool  *pool;
  EdgeRangeIndex   *index;
  EdgeLocalLimits  *limits;
  guint64           limits_day;
  GHashTable       *batches;
  EdgeLedgerStore  *store;
  GHashTable       *kept;
  GHashTable       *strays;
  GSource          *folding;
  EdgeFoldShare     share;
  GSource          *waking;
  gboolean          open;
  gboolean          held;
  gboolean          clock_off;
  EdgeId            watched;
  gboolean          has_watched;
  gboolean          archive;
  gboolean          has_bones;
  guint             keep;
  guint             n_pruned;
  char             *two_books;

  EdgeLedgerFigures figures;
  GSource          *telling;
  gint64            told_at;
};

typedef void (*EdgeLedgerFunc) (EdgeLedger *self,
                                GTask      *task);

void     _edge_ledger_run       (EdgeLedger      *self,
                                 EdgeLedgerFunc   func,
                                 GTask           *task);
gboolean _edge_ledger_load      (EdgeLedger      *self,
                                 const char      *genesis,
                                 GError         **error);
void     _edge_ledger_unload    (EdgeLedger      *self);
void     _edge_ledger_put_stored (EdgeDag        *dag,
                                 EdgeEvent       *event,
                                 EdgeEventSet    *set,
                                 GArray          *added,
                                 GPtrArray       *strays);
void     _edge_ledger_keep_strays (EdgeLedger    *self,
                                 GPtrArray       *strays);
gboolean _edge_ledger_take      (EdgeLedger      *self,
                                 GPtrArray       *events,
                                 guint64          origin,
                                 EdgeIngestResult *result,
                                 GError         **error);
void     _edge_ledger_count_open (EdgeLedger     *self);
gboolean _edge_ledger_has_room  (EdgeLedger      *self,
                                 const EdgeEvent *event);
gboolean _edge_ledger_is_astray (EdgeLedger     *self,
                                 const EdgeEvent *event);
void     _edge_ledger_fold      (EdgeLedger      *self);
void     _edge_ledger_settle    (EdgeLedger      *self);
void     _edge_ledger_tell      (EdgeLedger      *self);
void     _edge_ledger_check     (EdgeLedger      *self,
                                 EdgeLedgerFunc   func,
                                 GTask           *task);
void     _edge_ledger_announce  (EdgeLedger      *self,
                                 GPtrArray       *events,
                                 guint64          origin);
void     _edge_ledger_repaired  (EdgeLedger      *self,
                                 guint64          n_saved);
gboolean _edge_ledger_concerns  (EdgeLedger      *self,
                                 guint32          index,
                                 const EdgeId    *key);

gboolean   _edge_ledger_close   (EdgeLedger            *self,
                                 const EdgeCheckpoint  *checkpoint,
                                 EdgeLedgerPage        *page,
                                 GError               **error);
void       _edge_ledger_prune   (EdgeLedger            *self,
                                 EdgeLedgerPage        *page);
void       _edge_ledger_page_clear (EdgeLedgerPage     *page);
GPtrArray *_edge_ledger_list_entries (EdgeState        *state);
gboolean   _edge_ledger_read_base (EdgeLedgerStore     *store,
                                 EdgeEvent             *genesis,
                                 EdgeDag              **dag,
                                 EdgeFold             **fold,
                                 GError               **error);
guint      _edge_ledger_count_pruned (EdgeFold         *fold,
                                 EdgeDag               *dag);
void     _edge_ledger_fault     (EdgeIngestResult *result,
                                 const GError    *error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeLedgerPage, _edge_ledger_page_clear)

G_END_DECLS
