/* edge-mesh-map.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-mesh-map.h"

#include "config.h"

#include "app/edge-map-model.h"
#include "app/edge-map-motion.h"
#include "app/edge-seal.h"

#include <glib/gi18n-lib.h>

/**
 * EdgeMeshMap:
 *
 * The peers around the person's own node: how far each is in milliseconds, over what and how much.
 *
 * Peers move towards the middle and away from it as their latency changes.
 * Arrow keys walk them, Enter opens one; a click selects, a second one opens.
 * Nothing is computed or drawn while the map can't be seen.
 */

#define REFRESH_MS   400 /* between two refreshes at least: latencies of many peers come singly */
#define WIDTH        320
#define HEIGHT       160

struct _EdgeMeshMap
{
  EdgeDrawing      parent_instance;

  EdgeMapModel    *model;
  char            *own_id;
  char            *selected;
  char            *focused;
  char            *hovered;
  EdgeSealBits     me;
  GdkPaintable    *icon;
  EdgeMapMotion   *motion;
  EdgeMapCache    *cache;
  gint64           refreshed;
  guint            refresh_source;
  EdgeMeshMapMode  mode;
};

typedef enum
{
  PROP_PEERS = 1,
  PROP_OWN_ID,
  PROP_MODE,
  PROP_SELECTED,
} EdgeMeshMapProperty;

enum
{
  PEER_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_SELECTED + 1];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (EdgeMeshMapMode, edge_mesh_map_mode,
                    G_DEFINE_ENUM_VALUE (EDGE_MESH_MAP_NORMAL, "normal"),
                    G_DEFINE_ENUM_VALUE (EDGE_MESH_MAP_COMPACT, "compact"),
                    G_DEFINE_ENUM_VALUE (EDGE_MESH_MAP_WELCOME, "welcome"),
                    G_DEFINE_ENUM_VALUE (EDGE_MESH_MAP_ALONE, "alone"))

G_DEFINE_FINAL_TYPE (EdgeMeshMap, edge_mesh_map, EDGE_TYPE_DRAWING)

static EdgeMapKind
get_kind (EdgeMeshMap *self)
{
  G_STATIC_ASSERT ((int) EDGE_MAP_KIND_ALONE == (int) EDGE_MESH_MAP_ALONE);

  return (EdgeMapKind) self->mode;
}

static void
update_description (EdgeMeshMap *self)
{
  g_autofree char *summary = edge_mesh_map_dup_summary (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EdgeMeshMap *self = user_data;

  self->refresh_source = 0;
  self->refreshed = g_get_monotonic_time ();
  edge_map_motion_refresh (self->motion, get_kind (self));
  update_description (self);
  return G_SOURCE_REMOVE;
}

static void
outdated_cb (EdgeMeshMap *self)
{
  gint64 wait;

  if (self->mode == EDGE_MESH_MAP_WELCOME || self->refresh_source != 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* The first change shows at once; those that follow closely share a refresh. */
  wait = self->refreshed + REFRESH_MS * G_TIME_SPAN_MILLISECOND - g_get_monotonic_time ();
  self->refresh_source = g_timeout_add_full (G_PRIORITY_HIGH_IDLE,
                                             MAX (wait, 0) / G_TIME_SPAN_MILLISECOND,
                                             refresh_cb, self, NULL);
}

static void
edge_mesh_map_map (GtkWidget *widget)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);

  GTK_WIDGET_CLASS (edge_mesh_map_parent_class)->map (widget);

  if (self->mode != EDGE_MESH_MAP_WELCOME)
    edge_map_model_refresh (self->model);
  update_description (self);
  edge_map_motion_update (self->motion);
}

static void
edge_mesh_map_unmap (GtkWidget *widget)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->motion != NULL)
    edge_map_motion_stop (self->motion);
  GTK_WIDGET_CLASS (edge_mesh_map_parent_class)->unmap (widget);
}

static void
edge_mesh_map_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH / 2 : HEIGHT / 2;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
edge_mesh_map_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);
  EdgeMapScene scene = { 0 };

  edge_map_motion_place (self->motion, get_kind (self));
  scene.frame = *edge_map_motion_get_frame (self->motion);
  scene.nodes = edge_map_model_get_nodes (self->model);
  scene.points = edge_map_motion_get_points (self->motion, &scene.n_nodes);
  scene.me = self->me;
  scene.icon = self->mode == EDGE_MESH_MAP_WELCOME ? self->icon : NULL;
  scene.selected = edge_map_model_find (self->model, self->selected);
  scene.hovered = edge_map_model_find (self->model, self->hovered);
  scene.focused = -1;
  if (gtk_widget_has_visible_focus (widget))
    scene.focused = edge_map_model_find (self->model, self->focused);
  scene.on_card = self->mode == EDGE_MESH_MAP_NORMAL || self->mode == EDGE_MESH_MAP_COMPACT;
  scene.alone = scene.n_nodes == 0;
  scene.serial = edge_map_model_get_serial (self->model);
  scene.done = edge_map_motion_get_done (self->motion);
  scene.phase = edge_map_motion_get_phase (self->motion);

  edge_map_paint (EDGE_DRAWING (self), snapshot, &scene, self->cache);
}

static int
node_at (EdgeMeshMap *self,
         double       x,
         double       y)
{
  const EdgeMapPoint *points = NULL;
  guint n_points;

  if (self->mode == EDGE_MESH_MAP_WELCOME)
    return -1;

  points = edge_map_motion_get_points (self->motion, &n_points);
  return edge_map_find_node (edge_map_motion_get_frame (self->motion), points, n_points, x, y);
}

static void
activate_peer (EdgeMeshMap *self,
               int          index)
{
  EdgePeer *peer = index >= 0 ? edge_map_model_get_peer (self->model, index) : NULL;

  if (peer != NULL)
    {
      g_autoptr(EdgePeer) kept = g_object_ref (peer);

      g_signal_emit (self, signals[PEER_ACTIVATED], 0, kept);
    }
}

static void
pressed_cb (EdgeMeshMap     *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  int index = node_at (self, x, y);
  const char *id = NULL;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (index < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  id = edge_map_model_get_id (self->model, index);
  g_set_str (&self->focused, id);
  if (g_strcmp0 (id, self->selected) == 0)
    activate_peer (self, index);
  else
    edge_mesh_map_set_selected (self, id);
}

static void
motion_cb (EdgeMeshMap              *self,
           double                    x,
           double                    y,
           GtkEventControllerMotion *controller)
{
  int index = node_at (self, x, y);
  const char *id = index >= 0 ? edge_map_model_get_id (self->model, index) : NULL;

  if (!g_set_str (&self->hovered, id))
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), id != NULL ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (EdgeMeshMap              *self,
          GtkEventControllerMotion *controller)
{
  if (g_set_str (&self->hovered, NULL))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Says where the keyboard is, as there is no child to hold the focus. */
static void
walk_to (EdgeMeshMap *self,
         int          index)
{
  g_autofree char *text = edge_map_model_dup_text (self->model, index);

  g_set_str (&self->focused, edge_map_model_get_id (self->model, index));
  edge_mesh_map_set_selected (self, self->focused);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (EdgeMeshMap           *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  int n = edge_map_model_get_length (self->model);
  int at = edge_map_model_find (self->model, self->focused);

  if (n == 0 || self->mode == EDGE_MESH_MAP_WELCOME)
    return GDK_EVENT_PROPAGATE;

  /* Keys of the number pad are in the same order. */
  if (keyval >= GDK_KEY_KP_Home && keyval <= GDK_KEY_KP_End)
    keyval = keyval - GDK_KEY_KP_Home + GDK_KEY_Home;

  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      walk_to (self, (at + 1) % n);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_Up:
      walk_to (self, at <= 0 ? n - 1 : at - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_End:
      walk_to (self, keyval == GDK_KEY_Home ? 0 : n - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      activate_peer (self, at);
      return at >= 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
edge_mesh_map_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard,
                             GtkTooltip *tooltip)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);
  int index = keyboard ? edge_map_model_find (self->model, self->focused) : node_at (self, x, y);
  g_autofree char *text = NULL;

  if (index < 0)
    return FALSE;

  text = edge_map_model_dup_text (self->model, index);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
edge_mesh_map_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (object);

  switch ((EdgeMeshMapProperty) property_id)
    {
    case PROP_PEERS:
      g_value_set_object (value, edge_mesh_map_get_peers (self));
      break;
    case PROP_OWN_ID:
      g_value_set_string (value, self->own_id);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_SELECTED:
      g_value_set_string (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_mesh_map_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (object);

  switch ((EdgeMeshMapProperty) property_id)
    {
    case PROP_PEERS:
      edge_mesh_map_set_peers (self, g_value_get_object (value));
      break;
    case PROP_OWN_ID:
      edge_mesh_map_set_own_id (self, g_value_get_string (value));
      break;
    case PROP_MODE:
      edge_mesh_map_set_mode (self, g_value_get_enum (value));
      break;
    case PROP_SELECTED:
      edge_mesh_map_set_selected (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_mesh_map_dispose (GObject *object)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  edge_map_model_set_peers (self->model, NULL);
  g_clear_object (&self->motion);
  g_clear_object (&self->icon);

  G_OBJECT_CLASS (edge_mesh_map_parent_class)->dispose (object);
}

static void
edge_mesh_map_finalize (GObject *object)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->cache, edge_map_cache_free);
  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->focused, g_free);
  g_clear_pointer (&self->hovered, g_free);

  G_OBJECT_CLASS (edge_mesh_map_parent_class)->finalize (object);
}

static void
edge_mesh_map_class_init (EdgeMeshMapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_mesh_map_get_property;
  object_class->set_property = edge_mesh_map_set_property;
  object_class->dispose = edge_mesh_map_dispose;
  object_class->finalize = edge_mesh_map_finalize;
  widget_class->map = edge_mesh_map_map;
  widget_class->unmap = edge_mesh_map_unmap;
  widget_class->measure = edge_mesh_map_measure;
  widget_class->snapshot = edge_mesh_map_snapshot;
  widget_class->query_tooltip = edge_mesh_map_query_tooltip;
  EDGE_DRAWING_CLASS (klass)->inks = (1u << EDGE_N_INKS) - 1;

  properties[PROP_PEERS] = g_param_spec_object ("peers", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_OWN_ID] = g_param_spec_string ("own-id", NULL, NULL, NULL, flags);
  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, EDGE_TYPE_MESH_MAP_MODE,
                                             EDGE_MESH_MAP_NORMAL, flags);
  /**
   * EdgeMeshMap:selected:
   *
   * The id of the peer with a ring around it.
   */
  properties[PROP_SELECTED] = g_param_spec_string ("selected", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeMeshMap::peer-activated:
   * @self: a map
   * @peer: the peer to open
   */
  signals[PEER_ACTIVATED] = g_signal_new ("peer-activated", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, EDGE_TYPE_PEER);

  gtk_widget_class_set_css_name (widget_class, "meshmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_mesh_map_init (EdgeMeshMap *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->model = edge_map_model_new ();
  self->cache = edge_map_cache_new ();
  self->motion = edge_map_motion_new (EDGE_DRAWING (self), self->model);
  edge_seal_bits_from_key (&self->me, NULL);
  g_signal_connect_object (self->model, "outdated", G_CALLBACK (outdated_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Map of the mesh"),
                                  GTK_ACCESSIBLE_PROPERTY_HELP_TEXT,
                                  _("Arrow keys walk the peers, Enter opens one"), -1);
}

GtkWidget *
edge_mesh_map_new (void)
{
  return g_object_new (EDGE_TYPE_MESH_MAP, NULL);
}

GListModel *
edge_mesh_map_get_peers (EdgeMeshMap *self)
{
  g_return_val_if_fail (EDGE_IS_MESH_MAP (self), NULL);

  return edge_map_model_get_peers (self->model);
}

/**
 * edge_mesh_map_set_peers:
 * @self: a map
 * @peers: (nullable): a list of [class@EdgePeer]
 */
void
edge_mesh_map_set_peers (EdgeMeshMap *self,
                         GListModel  *peers)
{
  g_return_if_fail (EDGE_IS_MESH_MAP (self));

  if (edge_map_model_get_peers (self->model) == peers)
    return;
  edge_map_model_set_peers (self->model, peers);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEERS]);
}

void
edge_mesh_map_set_own_id (EdgeMeshMap *self,
                          const char  *own_id)
{
  g_return_if_fail (EDGE_IS_MESH_MAP (self));

  if (!g_set_str (&self->own_id, own_id))
    return;
  edge_seal_bits_from_key (&self->me, own_id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWN_ID]);
}

void
edge_mesh_map_set_mode (EdgeMeshMap     *self,
                        EdgeMeshMapMode  mode)
{
  g_return_if_fail (EDGE_IS_MESH_MAP (self));

  if (self->mode == mode)
    return;
  self->mode = mode;
  if (mode == EDGE_MESH_MAP_WELCOME)
    {
      GtkIconTheme *theme =
        gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

      edge_map_model_set_illustration (self->model);
      g_set_object (&self->icon, NULL);
      self->icon = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (theme, EDGE_APP_ID, NULL, 128, 1,
                                                              GTK_TEXT_DIR_NONE, 0));
    }
  else
    edge_map_model_refresh (self->model);
  gtk_widget_set_focusable (GTK_WIDGET (self), mode != EDGE_MESH_MAP_WELCOME &&
                                               mode != EDGE_MESH_MAP_ALONE);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

const char *
edge_mesh_map_get_selected (EdgeMeshMap *self)
{
  g_return_val_if_fail (EDGE_IS_MESH_MAP (self), NULL);

  return self->selected;
}

void
edge_mesh_map_set_selected (EdgeMeshMap *self,
                            const char  *peer_id)
{
  g_return_if_fail (EDGE_IS_MESH_MAP (self));

  if (!g_set_str (&self->selected, peer_id))
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * edge_mesh_map_dup_summary:
 * @self: a map
 *
 * Returns: (transfer full): what the map shows, in words
 */
char *
edge_mesh_map_dup_summary (EdgeMeshMap *self)
{
  g_return_val_if_fail (EDGE_IS_MESH_MAP (self), NULL);

  if (self->mode == EDGE_MESH_MAP_WELCOME)
    return g_strdup (_("An illustration: your computer in the middle, others around it"));

  return edge_map_model_dup_summary (self->model);
}
