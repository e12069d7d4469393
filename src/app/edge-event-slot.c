/* edge-event-slot.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-event-slot.h"

/**
 * EdgeEventSlot:
 *
 * A place in a list, in which now this event is and now that. Rows of a list whose events
 * change all the time stay, and only show others.
 */

struct _EdgeEventSlot
{
  GObject  parent_instance;

  GObject *entry;
};

typedef enum
{
  PROP_ENTRY = 1,
} EdgeEventSlotProperty;

static GParamSpec *properties[PROP_ENTRY + 1];

G_DEFINE_FINAL_TYPE (EdgeEventSlot, edge_event_slot, G_TYPE_OBJECT)

static void
edge_event_slot_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeEventSlot *self = EDGE_EVENT_SLOT (object);

  switch ((EdgeEventSlotProperty) property_id)
    {
    case PROP_ENTRY:
      g_value_set_object (value, self->entry);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_event_slot_dispose (GObject *object)
{
  g_clear_object (&EDGE_EVENT_SLOT (object)->entry);

  G_OBJECT_CLASS (edge_event_slot_parent_class)->dispose (object);
}

static void
edge_event_slot_class_init (EdgeEventSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_event_slot_get_property;
  object_class->dispose = edge_event_slot_dispose;

  /**
   * EdgeEventSlot:entry:
   *
   * An object with the properties of [class@BookEntry].
   */
  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, G_TYPE_OBJECT,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_event_slot_init (EdgeEventSlot *self)
{
}

EdgeEventSlot *
edge_event_slot_new (void)
{
  return g_object_new (EDGE_TYPE_EVENT_SLOT, NULL);
}

/**
 * edge_event_slot_set_entry:
 * @self: a slot
 * @entry: (nullable): the event that is there now
 */
void
edge_event_slot_set_entry (EdgeEventSlot *self,
                           GObject       *entry)
{
  g_return_if_fail (EDGE_IS_EVENT_SLOT (self));

  if (g_set_object (&self->entry, entry))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
}
