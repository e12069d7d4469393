/* edge-dag.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"
#include "ledger/edge-rules.h"

G_BEGIN_DECLS

/** EDGE_DAG_NONE: No node, or no author. */
#define EDGE_DAG_NONE G_MAXUINT32

/** EDGE_DAG_OPEN: The set of a node that is in no checkpoint. */
#define EDGE_DAG_OPEN G_MAXUINT32

/**
 * EdgeDagNode:
 *
 * An event in the DAG. Others are named by their number, which is the order in
 * which they came here. @refs are the two parents and `prev`, @next the next of
 * those that build on the same one; @first_after and @next_rival chain those that
 * have this one as `prev`, and the joins of one author.
 *
 * @place is the row of the ledger's file that has its text, 0 if none does. @set is
 * the number of the checkpoint that holds it, @mark and @mark_of are for whoever
 * walks the DAG.
 */
typedef struct
{
  EdgeId         id;
  EdgeEventBody *body;
  guint64        place;
  guint64        time;
  guint32        author;
  guint32        seq;
  guint32        height;
  guint32        set;
  guint32        refs[3];
  guint32        next[3];
  guint32        first_child;
  guint32        first_after;
  guint32        next_rival;
  guint32        mark;
  guint32        mark_of;
  guint8         type;
  guint8         verdict;
  guint8         reason;
  guint8         forked : 1;
  guint8         lost : 1;
} EdgeDagNode;

/**
 * EdgeDagBone:
 *
 * What is kept of a final event when its body is not: enough to judge what builds
 * upon it. Such a node has no body, and no parents but `prev`.
 */
typedef struct
{
  EdgeId  id;
  EdgeId  author;
  EdgeId  prev;
  guint64 time;
  guint32 seq;
  guint32 height;
  guint8  type;
  guint8  verdict;
  guint8  has_prev;
} EdgeDagBone;

/** EDGE_DAG_PREV: Place of `prev` in the refs of a node. */
#define EDGE_DAG_PREV 2

/**
 * EdgeDagAuthor:
 *
 * Who signed something in the DAG. @mark and @mark_of are for whoever walks it.
 */
typedef struct
{
  EdgeId  key;
  guint32 first_join;
  guint32 mark;
  guint32 mark_of;
  guint8  member : 1;
} EdgeDagAuthor;

/**
 * EdgeDagResult:
 * @EDGE_DAG_ADDED: it is in the DAG now
 * @EDGE_DAG_KNOWN: it was in the DAG already
 * @EDGE_DAG_MISSING: something it builds upon is not in the DAG
 * @EDGE_DAG_INVALID: it does not fit what it builds upon, and never will
 */
typedef enum
{
  EDGE_DAG_ADDED,
  EDGE_DAG_KNOWN,
  EDGE_DAG_MISSING,
  EDGE_DAG_INVALID,
} EdgeDagResult;

/**
 * EdgeDag:
 *
 * All valid events of a network and how they build upon each other.
 */
typedef struct _EdgeDag EdgeDag;

EdgeDag       *edge_dag_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void           edge_dag_free          (EdgeDag        *self);

EdgeDagResult  edge_dag_add           (EdgeDag        *self,
                                       EdgeEvent      *event,
                                       guint32        *index,
                                       GError        **error);
gboolean       edge_dag_add_bone      (EdgeDag           *self,
                                       const EdgeDagBone *bone,
                                       guint32            set,
                                       GError           **error);
void           edge_dag_get_bone      (EdgeDag        *self,
                                       guint32         index,
                                       EdgeDagBone    *bone);
void           edge_dag_give_body     (EdgeDag        *self,
                                       guint32         index,
                                       EdgeEvent      *event);
void           edge_dag_drop_body     (EdgeDag        *self,
                                       guint32         index);
guint32        edge_dag_get_size      (EdgeDag        *self);
gboolean       edge_dag_has_forks     (EdgeDag        *self);
EdgeDagNode   *edge_dag_get_node      (EdgeDag        *self,
                                       guint32         index);
guint32        edge_dag_find          (EdgeDag        *self,
                                       const EdgeId   *id);
guint32        edge_dag_get_n_authors (EdgeDag        *self);
EdgeDagAuthor *edge_dag_get_author    (EdgeDag        *self,
                                       guint32         index);
guint32        edge_dag_find_author   (EdgeDag        *self,
                                       const EdgeId   *key);

int            edge_dag_compare       (EdgeDag        *self,
                                       guint32         a,
                                       guint32         b);
guint32        edge_dag_first_rival   (EdgeDag        *self,
                                       guint32         index);
guint32        edge_dag_next_rival    (EdgeDag        *self,
                                       guint32         index);
guint32        edge_dag_first_child   (EdgeDag        *self,
                                       guint32         index);
guint32        edge_dag_next_child    (EdgeDag        *self,
                                       guint32         parent,
                                       guint32         child);
guint32        edge_dag_new_mark      (EdgeDag        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeDag, edge_dag_free)

G_END_DECLS
