/* edge-members-lists.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-members-private.h"

static EdgeApplicant *
find_applicant (EdgeMembers *self,
                const char  *key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeApplicant) there = g_list_model_get_item (G_LIST_MODEL (self->waiting), i);

      if (g_str_equal (edge_applicant_get_key (there), key))
        return g_steal_pointer (&there);
    }
  return NULL;
}

/* _edge_members_show_waiting: the same object for the same key as long as it waits. */
void
_edge_members_show_waiting (EdgeMembers *self)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));
  guint first = 0;

  for (guint i = 0; i < self->view->waiting->len; i++)
    {
      const EdgeLedgerMember *entry = &g_array_index (self->view->waiting, EdgeLedgerMember, i);
      g_autofree char *key = edge_id_to_text (&entry->key);
      EdgeApplicant *there;

      if (edge_members_is_declined (self, key))
        continue;
      there = find_applicant (self, key);
      g_ptr_array_add (wanted, there != NULL ? there : edge_applicant_new (entry));
    }

  while (first < n && first < wanted->len)
    {
      g_autoptr(EdgeApplicant) there = g_list_model_get_item (G_LIST_MODEL (self->waiting), first);

      if (there != wanted->pdata[first])
        break;
      first++;
    }
  if (first < n || first < wanted->len)
    g_list_store_splice (self->waiting, first, n - first, wanted->pdata + first, wanted->len - first);
}

/* _edge_members_show_names: takes over what links tell of who waits. */
void
_edge_members_show_names (EdgeMembers *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeApplicant) applicant = g_list_model_get_item (G_LIST_MODEL (self->waiting), i);
      g_autofree char *name = edge_members_dup_name (self, edge_applicant_get_key (applicant));
      g_autofree char *inviter = NULL;

      if (g_strcmp0 (edge_applicant_get_inviter (applicant), self->own) != 0)
        inviter = edge_members_dup_name (self, edge_applicant_get_inviter (applicant));
      edge_applicant_set_names (applicant, name, inviter);
    }
}
