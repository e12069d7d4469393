/* edge-backend-row.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-backend-row.h"

#include "config.h"

#include "app/edge-format-closures.h"
#include "app/edge-format.h"

#include <glib/gi18n-lib.h>

/**
 * EdgeBackendRow:
 *
 * One way to find peers: what it is, what it answers, and another try.
 */

struct _EdgeBackendRow
{
  AdwActionRow parent_instance;

  EdgeSignaling *backend;
  guint          n_known;
};

typedef enum
{
  PROP_BACKEND = 1,
  PROP_N_KNOWN,
} EdgeBackendRowProperty;

static GParamSpec *properties[PROP_N_KNOWN + 1];

G_DEFINE_FINAL_TYPE (EdgeBackendRow, edge_backend_row, ADW_TYPE_ACTION_ROW)

static char *
format_backend (EdgeBackendRow *self,
                const char     *name,
                const char     *url)
{
  if (g_strcmp0 (name, "relay") == 0 && url != NULL)
    /* Translators: a way to find peers; %s is an address */
    return g_strdup_printf (_("Relay %s"), url);
  if (g_strcmp0 (name, "lan") == 0)
    return g_strdup (_("Local network"));
  if (g_strcmp0 (name, "tracker") == 0)
    return g_strdup (_("Trackers"));

  return g_strdup (url != NULL ? url : name != NULL ? name : "");
}

static char *
format_answer (EdgeBackendRow     *self,
               EdgeSignalingState  state,
               const char         *detail,
               guint               n_known)
{
  if (detail != NULL && *detail != '\0')
    return g_strdup (detail);

  return edge_format_signaling_state (state, n_known);
}

static char *
backend_icon (EdgeBackendRow *self,
              const char     *name)
{
  if (g_strcmp0 (name, "lan") == 0)
    return g_strdup ("edge-local-network-symbolic");
  if (g_strcmp0 (name, "relay") == 0)
    return g_strdup ("edge-relay-symbolic");

  return g_strdup ("edge-swarm-symbolic");
}

static gboolean
is_trying (EdgeBackendRow     *self,
           EdgeSignalingState  state)
{
  return state == EDGE_SIGNALING_STATE_CONNECTING || state == EDGE_SIGNALING_STATE_UP;
}

static gboolean
can_retry (EdgeBackendRow     *self,
           EdgeSignalingState  state)
{
  return state == EDGE_SIGNALING_STATE_WAITING || state == EDGE_SIGNALING_STATE_REFUSED;
}

/* A fresh start also forgets how long the backoff has grown. */
static void
retry_cb (EdgeBackendRow *self)
{
  if (self->backend == NULL)
    return;

  edge_signaling_stop (self->backend);
  edge_signaling_start (self->backend);
}

static void
edge_backend_row_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EdgeBackendRow *self = EDGE_BACKEND_ROW (object);

  switch ((EdgeBackendRowProperty) property_id)
    {
    case PROP_BACKEND:
      g_value_set_object (value, self->backend);
      break;
    case PROP_N_KNOWN:
      g_value_set_uint (value, self->n_known);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_backend_row_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EdgeBackendRow *self = EDGE_BACKEND_ROW (object);

  switch ((EdgeBackendRowProperty) property_id)
    {
    case PROP_BACKEND:
      edge_backend_row_set_backend (self, g_value_get_object (value));
      break;
    case PROP_N_KNOWN:
      if (self->n_known != g_value_get_uint (value))
        {
          self->n_known = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_backend_row_dispose (GObject *object)
{
  EdgeBackendRow *self = EDGE_BACKEND_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_BACKEND_ROW);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (edge_backend_row_parent_class)->dispose (object);
}

static void
edge_backend_row_class_init (EdgeBackendRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_backend_row_get_property;
  object_class->set_property = edge_backend_row_set_property;
  object_class->dispose = edge_backend_row_dispose;

  properties[PROP_BACKEND] = g_param_spec_object ("backend", NULL, NULL, EDGE_TYPE_SIGNALING,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                            G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_KNOWN] = g_param_spec_uint ("n-known", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_SIGNALING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/edgenet/EdgeNet/edge-backend-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, format_backend);
  gtk_widget_class_bind_template_callback (widget_class, format_answer);
  gtk_widget_class_bind_template_callback (widget_class, backend_icon);
  gtk_widget_class_bind_template_callback (widget_class, is_trying);
  gtk_widget_class_bind_template_callback (widget_class, can_retry);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  edge_format_bind (widget_class);
}

static void
edge_backend_row_init (EdgeBackendRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
edge_backend_row_new (EdgeSignaling *backend)
{
  return g_object_new (EDGE_TYPE_BACKEND_ROW, "backend", backend, NULL);
}

EdgeSignaling *
edge_backend_row_get_backend (EdgeBackendRow *self)
{
  g_return_val_if_fail (EDGE_IS_BACKEND_ROW (self), NULL);

  return self->backend;
}

void
edge_backend_row_set_backend (EdgeBackendRow *self,
                              EdgeSignaling  *backend)
{
  g_return_if_fail (EDGE_IS_BACKEND_ROW (self));
  g_return_if_fail (backend == NULL || EDGE_IS_SIGNALING (backend));

  if (g_set_object (&self->backend, backend))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BACKEND]);
}
