/* edge-ledger.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "ledger/edge-fold.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-reconcile.h"

G_BEGIN_DECLS

#define EDGE_TYPE_LEDGER (edge_ledger_get_type ())

/** EDGE_LEDGER_MAX_AHEAD: How far in the future an event may be, in milliseconds. */
#define EDGE_LEDGER_MAX_AHEAD G_GUINT64_CONSTANT (300000)

/** EDGE_LEDGER_KEEP: Of how many checkpoints, the last ones, a node keeps the events in full though
 * it prunes: who was away meanwhile can get them from it. */
#define EDGE_LEDGER_KEEP 64

/** EDGE_LEDGER_OWN: The origin of what this computer made itself. */
#define EDGE_LEDGER_OWN G_GUINT64_CONSTANT (0)

/**
 * EDGE_LEDGER_ASKED: Bit of an origin that says it was asked for.
 *
 * What a reconciliation brings, or was named as missing, is under no limit.
 */
#define EDGE_LEDGER_ASKED G_GUINT64_CONSTANT (1)

G_DECLARE_FINAL_TYPE (EdgeLedger, edge_ledger, EDGE, LEDGER, GObject)

/**
 * EdgeIngestResult:
 * @n_new: events that entered the DAG, those that had waited for them too
 * @n_known: events that were there before
 * @n_held: events that wait for others or for their time
 * @n_put_off: events of authors that sign too much now; a reconciliation brings them
 * @n_bad: events that are invalid, or came with a wrong signature
 * @n_bad_work: how many of these had a wrong proof of work, which closes the link
 * @fault: (nullable): what is wrong with the first bad one
 * @missing: (element-type EdgeId): what those held wait for
 *
 * What became of a batch of events.
 */
typedef struct
{
  guint   n_new;
  guint   n_known;
  guint   n_held;
  guint   n_put_off;
  guint   n_bad;
  guint   n_bad_work;
  char   *fault;
  GArray *missing;
} EdgeIngestResult;

/**
 * EdgeLedgerEntry:
 * @checkpoint: number of the checkpoint that holds it, 0 while it is open
 * @other: whom it names: who is paid or vouched for, the escrow, the inviter
 * @builders: members that built on it, counted up to %EDGE_LEDGER_CONFIRMED
 * @place: its place in the total order, from 0
 *
 * An event as lists show it.
 */
typedef struct
{
  EdgeId        id;
  EdgeId        author;
  EdgeId        other;
  guint64       time;
  guint64       amount;
  guint64       seq;
  guint64       height;
  guint         checkpoint;
  guint         builders;
  guint         place;
  guint         n_parents;
  EdgeId        parents[EDGE_EVENT_MAX_PARENTS];
  EdgeEventType type;
  EdgeVerdict   verdict;
  EdgeReason    reason;
  gboolean      has_other;
  gboolean      confirmed;
} EdgeLedgerEntry;

/** EDGE_LEDGER_CONFIRMED: Members that build on an event until it counts as confirmed, at most. */
#define EDGE_LEDGER_CONFIRMED 5

/**
 * EdgeLedgerFigures:
 *
 * The ledger in numbers, as of the last change that was told. @final_time is that of
 * the last checkpoint.
 */
typedef struct
{
  guint64 time;
  guint64 multiplier;
  guint64 minted;
  guint64 burned;
  guint64 cpu_ms;
  guint64 final_time;
  guint   n_events;
  guint   n_open;
  guint   n_behind;
  guint   n_held;
  guint   n_checkpoints;
  guint   n_off;
  guint   n_void;
} EdgeLedgerFigures;

EdgeLedger        *edge_ledger_new              (const char           *path) G_GNUC_WARN_UNUSED_RESULT;
const char        *edge_ledger_get_path         (EdgeLedger           *self);
void               edge_ledger_watch            (EdgeLedger           *self,
                                                 const EdgeId         *key);

void               edge_ledger_set_archive      (EdgeLedger           *self,
                                                 gboolean              archive,
                                                 guint                 keep);
gboolean           edge_ledger_keeps_all        (EdgeLedger           *self);
gboolean           edge_ledger_is_archive       (EdgeLedger           *self);
guint              edge_ledger_get_n_pruned     (EdgeLedger           *self);

void               edge_ledger_open_async       (EdgeLedger           *self,
                                                 const char           *genesis,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean           edge_ledger_open_finish      (EdgeLedger           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void               edge_ledger_close_async      (EdgeLedger           *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean           edge_ledger_close_finish     (EdgeLedger           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

const EdgeGenesis *edge_ledger_get_genesis      (EdgeLedger           *self);
void               edge_ledger_get_figures      (EdgeLedger           *self,
                                                 EdgeLedgerFigures    *figures);

void               edge_ledger_ingest_async     (EdgeLedger           *self,
                                                 const char *const    *texts,
                                                 guint64               origin,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
EdgeIngestResult  *edge_ledger_ingest_finish    (EdgeLedger           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void               edge_ingest_result_free      (EdgeIngestResult     *result);
void               edge_ledger_drop_origin      (EdgeLedger           *self,
                                                 guint64               origin);

void               edge_ledger_set_held         (EdgeLedger           *self,
                                                 gboolean              held);
gboolean           edge_ledger_get_held         (EdgeLedger           *self);
void               edge_ledger_set_clock_off    (EdgeLedger           *self,
                                                 gboolean              off);
gboolean           edge_ledger_get_clock_off    (EdgeLedger           *self);
void               edge_ledger_issue_async      (EdgeLedger           *self,
                                                 EdgeIdentity         *identity,
                                                 EdgeEventType         type,
                                                 const char           *body,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
char              *edge_ledger_issue_finish     (EdgeLedger           *self,
                                                 GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void               edge_ledger_close_book_async (EdgeLedger           *self,
                                                 const EdgeCheckpoint *checkpoint,
                                                 const char           *certificate,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean           edge_ledger_close_book_finish (EdgeLedger          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

void               edge_ledger_keep_notes_async (EdgeLedger           *self,
                                                 guint64               n,
                                                 const char *const    *notes,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean           edge_ledger_keep_notes_finish (EdgeLedger          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
void               edge_ledger_load_notes_async (EdgeLedger           *self,
                                                 guint64               n,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GStrv              edge_ledger_load_notes_finish (EdgeLedger          *self,
                                                 GAsyncResult         *result,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char              *edge_ledger_dup_certificate  (EdgeLedger           *self,
                                                 guint                 n) G_GNUC_WARN_UNUSED_RESULT;
gboolean           edge_ledger_get_leader       (EdgeLedger           *self,
                                                 guint                 n,
                                                 EdgeId               *leader);

EdgeAccount       *edge_ledger_dup_account      (EdgeLedger           *self,
                                                 const EdgeId         *key) G_GNUC_WARN_UNUSED_RESULT;
gboolean           edge_ledger_is_member        (EdgeLedger           *self,
                                                 const EdgeId         *key);
gboolean           edge_ledger_get_final        (EdgeLedger           *self,
                                                 const EdgeId         *key,
                                                 guint64              *nano);
guint              edge_ledger_count_members    (EdgeLedger           *self);
guint64            edge_ledger_get_escrowed     (EdgeLedger           *self,
                                                 const EdgeId         *key);
GArray            *edge_ledger_dup_earnings     (EdgeLedger           *self) G_GNUC_WARN_UNUSED_RESULT;
char              *edge_ledger_dup_event        (EdgeLedger           *self,
                                                 const EdgeId         *id) G_GNUC_WARN_UNUSED_RESULT;
gboolean           edge_ledger_get_entry        (EdgeLedger           *self,
                                                 const EdgeId         *id,
                                                 EdgeLedgerEntry      *entry);
GArray            *edge_ledger_list             (EdgeLedger           *self,
                                                 const EdgeId         *key,
                                                 guint                 skip,
                                                 guint                 most) G_GNUC_WARN_UNUSED_RESULT;
GArray            *edge_ledger_list_tips        (EdgeLedger           *self,
                                                 guint                 most) G_GNUC_WARN_UNUSED_RESULT;
guint              edge_ledger_get_validators   (EdgeLedger           *self,
                                                 EdgeId               *validators);
guint              edge_ledger_get_judges       (EdgeLedger           *self,
                                                 guint64              *n_closed,
                                                 EdgeId               *last,
                                                 EdgeId               *judges);
guint              edge_ledger_list_open_tips   (EdgeLedger           *self,
                                                 EdgeCheckpoint       *checkpoint);
GStrv              edge_ledger_dup_closed       (EdgeLedger           *self,
                                                 guint64               n,
                                                 guint                 skip,
                                                 gsize                 most) G_GNUC_WARN_UNUSED_RESULT;
gboolean           edge_ledger_try_checkpoint   (EdgeLedger           *self,
                                                 EdgeCheckpoint       *checkpoint,
                                                 GError              **error);
gboolean           edge_ledger_get_last         (EdgeLedger           *self,
                                                 EdgeCheckpoint       *checkpoint,
                                                 guint64              *time);
gboolean           edge_ledger_get_checkpoint   (EdgeLedger           *self,
                                                 guint                 n,
                                                 EdgeCheckpoint       *checkpoint);

char              *edge_ledger_dup_proof        (EdgeLedger           *self,
                                                 const EdgeId         *key,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean           edge_ledger_verify           (EdgeLedger           *self,
                                                 GCancellable         *cancellable,
                                                 GError              **error);
char              *edge_ledger_export           (EdgeLedger           *self,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

char              *edge_ledger_begin_sync       (EdgeLedger           *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean           edge_ledger_answer_sync      (EdgeLedger           *self,
                                                 const char           *message,
                                                 gsize                 length,
                                                 GArray               *later,
                                                 gboolean              may_ask,
                                                 EdgeReconcileResult  *result,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeIngestResult, edge_ingest_result_free)

G_END_DECLS
