/* scripted.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "signaling/edge-signaling.h"

G_BEGIN_DECLS

#define EDGE_TYPE_SCRIPTED_SIGNALING (edge_scripted_signaling_get_type ())

G_DECLARE_FINAL_TYPE (EdgeScriptedSignaling, edge_scripted_signaling, EDGE, SCRIPTED_SIGNALING, GObject)

/* A backend whose network is a list of members in this process. All that is
 * sent goes by the tap, which says whether it arrives; what else should
 * arrive, it posts itself. */
typedef struct _ScriptedNet ScriptedNet;

typedef gboolean (*ScriptedTap) (ScriptedNet    *net,
                                 const char     *from,
                                 const char     *to,
                                 EdgeSignalKind  kind,
                                 const char     *blob,
                                 gpointer        user_data);

typedef struct
{
  char           *to;
  EdgeSignalKind  kind;
  char           *blob;
} ScriptedSent;

ScriptedNet           *scripted_net_new                (void);
void                   scripted_net_free               (ScriptedNet           *net);
void                   scripted_net_set_tap            (ScriptedNet           *net,
                                                        ScriptedTap            tap,
                                                        gpointer               user_data);
/* Arrives in order, at the next turns of the main loop. */
void                   scripted_net_post               (ScriptedNet           *net,
                                                        const char            *from,
                                                        const char            *to,
                                                        const char            *blob);

/* Without a net what is sent stays in the list of edge_scripted_signaling_get_sent(). */
EdgeScriptedSignaling *edge_scripted_signaling_new     (ScriptedNet           *net,
                                                        const char            *id,
                                                        const char            *name);
GPtrArray             *edge_scripted_signaling_get_sent (EdgeScriptedSignaling *self);
void                   edge_scripted_signaling_set_carries_data (EdgeScriptedSignaling *self,
                                                        gboolean               carries);
void                   edge_scripted_signaling_set_state (EdgeScriptedSignaling *self,
                                                        EdgeSignalingState     state);

G_END_DECLS
