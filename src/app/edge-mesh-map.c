/* edge-mesh-map.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-mesh-map.h"

#include "config.h"

#include "app/edge-map-model.h"
#include "app/edge-seal.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * EdgeMeshMap:
 *
 * The peers around the person's own node: how far each is in milliseconds, over what and how much.
 *
 * Peers move towards the middle and away from it as their latency changes.
 * Arrow keys walk them, Enter opens one; a click selects, a second one opens.
 * Nothing is computed or drawn while the map can't be seen.
 */

#define MOVE_MS      200
#define TRAVEL_US    (1800 * G_TIME_SPAN_MILLISECOND) /* of a frame dot, end to end */
#define REFRESH_MS   400   /* between two refreshes at least: latencies of many peers come singly */
#define STILL        1.0   /* pixels a node may jump without a move */
#define TRAVEL_TICK  (33 * G_TIME_SPAN_MILLISECOND)
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
  AdwAnimation    *move;
  GHashTable      *from;   /* id → EdgeMapPoint at which the move began, relative to the middle */
  GArray          *points; /* where nodes are drawn */
  EdgeMapFrame     frame;
  gint64           refreshed;
  gint64           travel_drawn;
  guint            travel_tick;
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
  switch (self->mode)
    {
    case EDGE_MESH_MAP_COMPACT:
      return EDGE_MAP_KIND_COMPACT;
    case EDGE_MESH_MAP_WELCOME:
      return EDGE_MAP_KIND_WELCOME;
    case EDGE_MESH_MAP_ALONE:
      return EDGE_MAP_KIND_ALONE;
    case EDGE_MESH_MAP_NORMAL:
    default:
      return EDGE_MAP_KIND_NORMAL;
    }
}

/* Where each node is, given how far the move has come. */
static void
place_nodes (EdgeMeshMap *self)
{
  guint n = edge_map_model_get_length (self->model);
  EdgeMapNode *nodes = edge_map_model_get_nodes (self->model);
  double done = 1;

  if (self->move != NULL && adw_animation_get_state (self->move) == ADW_ANIMATION_PLAYING)
    done = adw_animation_get_value (self->move);

  edge_map_frame_init (&self->frame, get_kind (self), gtk_widget_get_width (GTK_WIDGET (self)),
                       gtk_widget_get_height (GTK_WIDGET (self)), n);
  g_array_set_size (self->points, n);
  for (guint i = 0; i < n; i++)
    {
      EdgeMapPoint at = edge_map_place (&self->frame, i, n, nodes[i].latency);
      EdgeMapPoint *from = g_hash_table_lookup (self->from,
                                                edge_map_model_get_id (self->model, i));

      if (from != NULL && done < 1)
        {
          at.x = (self->frame.cx + from->x) * (1 - done) + at.x * done;
          at.y = (self->frame.cy + from->y) * (1 - done) + at.y * done;
        }
      g_array_index (self->points, EdgeMapPoint, i) = at;
    }
}

static void
note_places (EdgeMeshMap *self)
{
  g_hash_table_remove_all (self->from);
  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return;

  place_nodes (self);
  for (guint i = 0; i < self->points->len; i++)
    {
      EdgeMapPoint *from = g_memdup2 (&g_array_index (self->points, EdgeMapPoint, i),
                                      sizeof *from);

      from->x -= self->frame.cx;
      from->y -= self->frame.cy;
      g_hash_table_insert (self->from, g_strdup (edge_map_model_get_id (self->model, i)), from);
    }
}

static gboolean
travel_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  /* Thirty steps a second look smooth for dots and halve the work. */
  if (now - self->travel_drawn >= TRAVEL_TICK)
    {
      self->travel_drawn = now;
      gtk_widget_queue_draw (widget);
    }

  return G_SOURCE_CONTINUE;
}

static void
update_travel (EdgeMeshMap *self)
{
  EdgeMapNode *nodes = edge_map_model_get_nodes (self->model);
  guint n = edge_map_model_get_length (self->model);
  gboolean travels = FALSE;

  if (edge_drawing_may_animate (EDGE_DRAWING (self)) && n <= EDGE_MAP_MAX_SEALS)
    for (guint i = 0; i < n && !travels; i++)
      travels = nodes[i].linked && edge_map_node_shows_frames (&nodes[i]);

  if (travels && self->travel_tick == 0)
    self->travel_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), travel_cb, NULL, NULL);
  else if (!travels && self->travel_tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->travel_tick);
      self->travel_tick = 0;
    }
}

static void
update_description (EdgeMeshMap *self)
{
  g_autofree char *summary = edge_mesh_map_dup_summary (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

/* Whether the refreshed nodes are elsewhere than the drawn ones were. */
static gboolean
has_moved (EdgeMeshMap *self)
{
  place_nodes (self);
  for (guint i = 0; i < self->points->len; i++)
    {
      const EdgeMapPoint *at = &g_array_index (self->points, EdgeMapPoint, i);
      const EdgeMapPoint *from = g_hash_table_lookup (self->from,
                                                      edge_map_model_get_id (self->model, i));

      if (from != NULL && hypot (self->frame.cx + from->x - at->x,
                                 self->frame.cy + from->y - at->y) > STILL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
refresh_cb (gpointer user_data)
{
  EdgeMeshMap *self = user_data;

  self->refresh_source = 0;
  self->refreshed = g_get_monotonic_time ();
  note_places (self);
  adw_animation_reset (self->move);
  edge_map_model_refresh (self->model);
  update_description (self);
  update_travel (self);
  if (has_moved (self))
    adw_animation_play (self->move);
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
move_cb (double   value,
         gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

static void
edge_mesh_map_map (GtkWidget *widget)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);

  GTK_WIDGET_CLASS (edge_mesh_map_parent_class)->map (widget);

  if (self->mode != EDGE_MESH_MAP_WELCOME)
    edge_map_model_refresh (self->model);
  update_description (self);
  update_travel (self);
}

static void
edge_mesh_map_unmap (GtkWidget *widget)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (widget);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->move != NULL)
    adw_animation_skip (self->move);
  GTK_WIDGET_CLASS (edge_mesh_map_parent_class)->unmap (widget);
  update_travel (self);
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

  place_nodes (self);
  scene.frame = self->frame;
  scene.nodes = edge_map_model_get_nodes (self->model);
  scene.points = (const EdgeMapPoint *) (gpointer) self->points->data;
  scene.n_nodes = self->points->len;
  scene.me = self->me;
  scene.icon = self->mode == EDGE_MESH_MAP_WELCOME ? self->icon : NULL;
  scene.selected = edge_map_model_find (self->model, self->selected);
  scene.hovered = edge_map_model_find (self->model, self->hovered);
  scene.focused = -1;
  if (gtk_widget_has_visible_focus (widget))
    scene.focused = edge_map_model_find (self->model, self->focused);
  scene.on_card = self->mode == EDGE_MESH_MAP_NORMAL || self->mode == EDGE_MESH_MAP_COMPACT;
  scene.alone = scene.n_nodes == 0;
  scene.phase = -1;
  if (self->travel_tick != 0)
    scene.phase = (double) (self->travel_drawn % TRAVEL_US) / TRAVEL_US;

  edge_map_paint (EDGE_DRAWING (self), snapshot, &scene);
}

static int
node_at (EdgeMeshMap *self,
         double       x,
         double       y)
{
  if (self->mode == EDGE_MESH_MAP_WELCOME)
    return -1;

  return edge_map_find_node (&self->frame, (const EdgeMapPoint *) (gpointer) self->points->data,
                             self->points->len, x, y);
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
  EdgeMapNode *node = &edge_map_model_get_nodes (self->model)[index];
  g_autofree char *text = g_strdup_printf ("%s, %s", node->name, node->latency_text);

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

  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Right:
    case GDK_KEY_KP_Down:
      walk_to (self, (at + 1) % n);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_Up:
    case GDK_KEY_KP_Left:
    case GDK_KEY_KP_Up:
      walk_to (self, at <= 0 ? n - 1 : at - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      walk_to (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      walk_to (self, n - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      if (at < 0)
        return GDK_EVENT_PROPAGATE;
      activate_peer (self, at);
      return GDK_EVENT_STOP;
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
  EdgeMapNode *node = NULL;

  if (index < 0)
    return FALSE;

  node = &edge_map_model_get_nodes (self->model)[index];
  text = g_strdup_printf ("%s · %s", node->name, node->latency_text);
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
  g_clear_object (&self->move);
  g_clear_object (&self->icon);

  G_OBJECT_CLASS (edge_mesh_map_parent_class)->dispose (object);
}

static void
edge_mesh_map_finalize (GObject *object)
{
  EdgeMeshMap *self = EDGE_MESH_MAP (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->focused, g_free);
  g_clear_pointer (&self->hovered, g_free);
  g_clear_pointer (&self->from, g_hash_table_unref);
  g_clear_pointer (&self->points, g_array_unref);

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
  AdwAnimationTarget *target = adw_callback_animation_target_new (move_cb, self, NULL);

  self->model = edge_map_model_new ();
  self->from = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->points = g_array_new (FALSE, TRUE, sizeof (EdgeMapPoint));
  edge_seal_bits_from_key (&self->me, NULL);
  g_signal_connect_object (self->model, "outdated", G_CALLBACK (outdated_cb), self,
                           G_CONNECT_SWAPPED);

  self->move = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, MOVE_MS, target);
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->move), ADW_EASE_OUT_CUBIC);

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

const char *
edge_mesh_map_get_own_id (EdgeMeshMap *self)
{
  g_return_val_if_fail (EDGE_IS_MESH_MAP (self), NULL);

  return self->own_id;
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

EdgeMeshMapMode
edge_mesh_map_get_mode (EdgeMeshMap *self)
{
  g_return_val_if_fail (EDGE_IS_MESH_MAP (self), EDGE_MESH_MAP_NORMAL);

  return self->mode;
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

/**
 * edge_mesh_map_set_selected:
 * @self: a map
 * @peer_id: (nullable): whose node gets a ring
 */
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
