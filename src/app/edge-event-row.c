/* edge-event-row.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-event-row.h"

#include "app/edge-book-words.h"
#include "app/edge-event-sign.h"
#include "app/edge-format.h"
#include "app/edge-seal.h"

#include <glib/gi18n.h>

/**
 * EdgeEventRow:
 *
 * An event in a list: state, type, who, what, how many built on it, how long ago.
 */

struct _EdgeEventRow
{
  GtkWidget     parent_instance;

  GtkWidget    *sign;
  GtkWidget    *state_label;
  GtkWidget    *type_label;
  GtkWidget    *seal;
  GtkWidget    *words_box;
  GtkWidget    *name_label;
  GtkWidget    *text_label;
  GtkWidget    *weight_label;
  GtkWidget    *age_label;

  GSignalGroup *signals;
  GListModel   *peers;
  char         *own_id;
  char         *spoken;
  gint64        time;
  gint64        now;
  guint         update_source;
  guint         confirms;
  gboolean      narrow;
};

typedef enum
{
  PROP_ENTRY = 1,
  PROP_NOW,
  PROP_NARROW,
  PROP_CONFIRMS,
  PROP_SPOKEN,
} EdgeEventRowProperty;

static GParamSpec *properties[PROP_SPOKEN + 1];

G_DEFINE_FINAL_TYPE (EdgeEventRow, edge_event_row, GTK_TYPE_WIDGET)

static void
update_age (EdgeEventRow *self)
{
  gint64 now = self->now > 0 ? self->now : g_get_real_time () / 1000;
  g_autofree char *age = NULL;

  if (self->time <= 0)
    return;

  age = edge_format_duration (MAX (0, now - self->time));
  if (g_strcmp0 (age, gtk_label_get_label (GTK_LABEL (self->age_label))) != 0)
    gtk_label_set_label (GTK_LABEL (self->age_label), age);
}

/* Made when it is asked for: to set the text of a tooltip asks the display where the pointer
 * is, and waits for the answer. */
static gboolean
query_tooltip_cb (GtkWidget    *label,
                  int           x,
                  int           y,
                  gboolean      by_keyboard,
                  GtkTooltip   *tooltip,
                  EdgeEventRow *self)
{
  g_autoptr(GObject) entry = g_signal_group_dup_target (self->signals);
  g_autofree char *text = NULL;

  if (entry == NULL)
    return FALSE;
  if (label == self->age_label)
    {
      text = edge_format_exact_time (self->time);
    }
  else
    {
      g_auto(EdgeBookInfo) info = { 0 };

      edge_book_info_read (&info, entry);
      text = edge_book_info_dup_text (&info, self->peers, self->own_id);
    }
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL && *text != '\0';
}

static void
offer_tooltip (EdgeEventRow *self,
               GtkWidget    *label)
{
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (EdgeEventRow *self)
{
  g_autoptr(GObject) entry = g_signal_group_dup_target (self->signals);
  g_auto(EdgeBookInfo) info = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *weight = NULL;
  g_autofree char *spoken = NULL;
  const char *state, *type;

  if (entry == NULL)
    return;

  edge_book_info_read (&info, entry);
  name = edge_book_dup_name (self->peers, self->own_id, info.author);
  text = edge_book_info_dup_text (&info, self->peers, self->own_id);
  weight = edge_book_info_dup_weight (&info, self->confirms);
  spoken = edge_book_info_dup_spoken (&info, self->peers, self->own_id);
  state = edge_book_state_describe (info.state);
  type = edge_book_type_describe (info.type);

  edge_event_sign_set_state (EDGE_EVENT_SIGN (self->sign), info.state, FALSE);
  gtk_label_set_label (GTK_LABEL (self->state_label), state);
  gtk_label_set_label (GTK_LABEL (self->type_label), type);
  set_class (self->state_label, "error", info.state == EDGE_BOOK_STATE_VOID);
  set_class (self->state_label, "dim-label", info.state == EDGE_BOOK_STATE_FINAL
                                             || info.state == EDGE_BOOK_STATE_OFF);
  edge_seal_set_key (EDGE_SEAL (self->seal), info.author);
  gtk_label_set_label (GTK_LABEL (self->name_label), name);
  set_class (self->name_label, "accent", info.mine);
  if (self->narrow)
    {
      /* Translators: an event: state, type, what it says. */
      g_autofree char *all = g_strdup_printf (_("%s %s: %s"), state, type, text);

      gtk_label_set_label (GTK_LABEL (self->text_label), all);
    }
  else
    {
      gtk_label_set_label (GTK_LABEL (self->text_label), text);
    }
  gtk_label_set_label (GTK_LABEL (self->weight_label), weight);
  self->time = (gint64) info.time;
  update_age (self);
  if (g_set_str (&self->spoken, spoken))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}

static gboolean
update_cb (gpointer user_data)
{
  EdgeEventRow *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Several properties of an event change at once. */
static void
entry_notify_cb (EdgeEventRow *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
update_layout (EdgeEventRow *self)
{
  gtk_widget_set_visible (self->state_label, !self->narrow);
  gtk_widget_set_visible (self->type_label, !self->narrow);
  gtk_widget_set_visible (self->weight_label, !self->narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->words_box),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->words_box), self->narrow ? 0 : 12);
  gtk_label_set_width_chars (GTK_LABEL (self->name_label), self->narrow ? -1 : 13);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name_label), self->narrow ? 30 : 13);
  gtk_label_set_width_chars (GTK_LABEL (self->age_label), self->narrow ? -1 : 8);
  set_class (self->text_label, "caption", self->narrow);
  edge_seal_set_size (EDGE_SEAL (self->seal), self->narrow ? 30 : 24);
  update (self);
}

static void
edge_event_row_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgeEventRow *self = EDGE_EVENT_ROW (object);

  switch ((EdgeEventRowProperty) property_id)
    {
    case PROP_ENTRY:
      g_value_take_object (value, g_signal_group_dup_target (self->signals));
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_CONFIRMS:
      g_value_set_uint (value, self->confirms);
      break;
    case PROP_SPOKEN:
      g_value_set_string (value, self->spoken);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_event_row_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EdgeEventRow *self = EDGE_EVENT_ROW (object);

  switch ((EdgeEventRowProperty) property_id)
    {
    case PROP_ENTRY:
      edge_event_row_set_entry (self, g_value_get_object (value));
      break;
    case PROP_NOW:
      self->now = g_value_get_int64 (value);
      update_age (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      update_layout (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CONFIRMS:
      if (self->confirms == g_value_get_uint (value))
        return;
      self->confirms = g_value_get_uint (value);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SPOKEN:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_event_row_dispose (GObject *object)
{
  EdgeEventRow *self = EDGE_EVENT_ROW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->peers);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (edge_event_row_parent_class)->dispose (object);
}

static void
edge_event_row_finalize (GObject *object)
{
  g_clear_pointer (&EDGE_EVENT_ROW (object)->own_id, g_free);
  g_clear_pointer (&EDGE_EVENT_ROW (object)->spoken, g_free);

  G_OBJECT_CLASS (edge_event_row_parent_class)->finalize (object);
}

static void
edge_event_row_class_init (EdgeEventRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_event_row_get_property;
  object_class->set_property = edge_event_row_set_property;
  object_class->dispose = edge_event_row_dispose;
  object_class->finalize = edge_event_row_finalize;

  /**
   * EdgeEventRow:entry:
   *
   * An object with the properties of [class@BookEntry].
   */
  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, G_TYPE_OBJECT, flags);
  /**
   * EdgeEventRow:now:
   *
   * The wall clock in milliseconds, for the age.
   */
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  /**
   * EdgeEventRow:confirms:
   *
   * How many members must build on the event until it counts as confirmed.
   */
  properties[PROP_CONFIRMS] = g_param_spec_uint ("confirms", NULL, NULL, 1, G_MAXUINT,
                                                 EDGE_LEDGER_CONFIRMED, flags);
  /**
   * EdgeEventRow:spoken:
   *
   * All of it in one sentence, for the item of the list.
   */
  properties[PROP_SPOKEN] = g_param_spec_string ("spoken", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                 | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (GtkWidget  *parent,
           int         width_chars,
           double      xalign,
           const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), width_chars);
  gtk_widget_add_css_class (label, "numeric");
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  gtk_widget_set_parent (label, parent);
  return label;
}

static void
edge_event_row_init (EdgeEventRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  self->confirms = EDGE_LEDGER_CONFIRMED;
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->sign = edge_event_sign_new (EDGE_BOOK_STATE_PENDING, FALSE);
  gtk_widget_set_parent (self->sign, widget);
  self->state_label = add_label (widget, 9, 0, NULL);
  self->type_label = add_label (widget, 9, 0, NULL);
  self->seal = edge_seal_new (NULL, 24);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->seal), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (self->seal, widget);

  self->words_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_hexpand (self->words_box, TRUE);
  gtk_widget_set_valign (self->words_box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->words_box, widget);
  self->name_label = add_label (self->words_box, 13, 0, NULL);
  self->text_label = add_label (self->words_box, -1, 0, "dim-label");
  gtk_widget_set_hexpand (self->text_label, TRUE);

  self->weight_label = add_label (widget, 7, 0, "dim-label");
  self->age_label = add_label (widget, 8, 1, "dim-label");
  offer_tooltip (self, self->text_label);
  offer_tooltip (self, self->age_label);

  self->signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (entry_notify_cb), self);
  update_layout (self);
}

GtkWidget *
edge_event_row_new (void)
{
  return g_object_new (EDGE_TYPE_EVENT_ROW, NULL);
}

/**
 * edge_event_row_set_entry:
 * @self: a row
 * @entry: (nullable): an object with the properties of [class@BookEntry]
 */
void
edge_event_row_set_entry (EdgeEventRow *self,
                          GObject      *entry)
{
  g_autoptr(GObject) before = NULL;

  g_return_if_fail (EDGE_IS_EVENT_ROW (self));

  before = g_signal_group_dup_target (self->signals);
  if (before == entry)
    return;
  g_signal_group_set_target (self->signals, entry);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
}

/**
 * edge_event_row_set_people:
 * @self: a row
 * @peers: (nullable): a list of [class@Peer], for names
 * @own_id: (nullable): our key
 */
void
edge_event_row_set_people (EdgeEventRow *self,
                           GListModel   *peers,
                           const char   *own_id)
{
  g_return_if_fail (EDGE_IS_EVENT_ROW (self));

  if (g_set_object (&self->peers, peers) | g_set_str (&self->own_id, own_id))
    update (self);
}
