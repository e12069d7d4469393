/* edge-validator-row.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-validator-row.h"

#include "app/edge-format.h"
#include "app/edge-network-words.h"
#include "app/edge-seal.h"

#include <glib/gi18n.h>

/**
 * EdgeValidatorRow:
 *
 * One of those who close the book, and whether it is awake, for a boxed list.
 */

#define SEAL_SIZE 32

struct _EdgeValidatorRow
{
  AdwActionRow   parent_instance;

  GtkWidget     *sign;
  EdgeCloser *validator;
};

G_DEFINE_FINAL_TYPE (EdgeValidatorRow, edge_validator_row, ADW_TYPE_ACTION_ROW)

static void
changed_cb (EdgeValidatorRow *self)
{
  edge_validator_row_update (self, g_get_real_time () / 1000);
}

static void
edge_validator_row_dispose (GObject *object)
{
  EdgeValidatorRow *self = EDGE_VALIDATOR_ROW (object);

  if (self->validator != NULL)
    g_signal_handlers_disconnect_by_data (self->validator, self);
  g_clear_object (&self->validator);

  G_OBJECT_CLASS (edge_validator_row_parent_class)->dispose (object);
}

static void
edge_validator_row_class_init (EdgeValidatorRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_validator_row_dispose;
}

static void
edge_validator_row_init (EdgeValidatorRow *self)
{
  self->sign = gtk_image_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->sign);
}

/**
 * edge_validator_row_new:
 * @validator: one of those who close the book
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
edge_validator_row_new (EdgeCloser *validator)
{
  EdgeValidatorRow *self = g_object_new (EDGE_TYPE_VALIDATOR_ROW, NULL);
  GtkWidget *seal = edge_seal_new (edge_closer_get_id (validator), SEAL_SIZE);

  self->validator = g_object_ref (validator);
  gtk_widget_set_valign (seal, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), seal);
  g_signal_connect_object (validator, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * edge_validator_row_update:
 * @self: a row
 * @now: wall clock in ms
 *
 * Lets the time go on.
 */
void
edge_validator_row_update (EdgeValidatorRow *self,
                           gint64            now)
{
  gboolean awake = edge_closer_get_awake (self->validator);
  gboolean you = edge_closer_get_you (self->validator);
  gint64 since = edge_closer_get_since (self->validator);
  g_autofree char *name = you ? g_strdup (C_("author", "You"))
                              : edge_format_peer_name (edge_closer_get_name (self->validator),
                                                       edge_closer_get_id (self->validator));
  g_autofree char *words = edge_network_words_awake (awake, you, since, now);
  g_autofree char *exact = edge_format_exact_time (since);
  const char *class = awake ? "accent" : "warning";
  const char *classes[] = { class, NULL };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), words) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *exact != '\0' ? exact : NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), awake ? "object-select-symbolic"
                                                              : "weather-clear-night-symbolic");
  gtk_widget_set_css_classes (self->sign, classes);
  gtk_widget_set_tooltip_text (self->sign, awake ? C_("validator", "awake")
                                                 : C_("validator", "asleep"));
}
