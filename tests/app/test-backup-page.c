/* test-backup-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-backup-page.h"

#include <string.h>

#include "invite/edge-qr-picture.h"

#define KEY  "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
#define TEXT "edge-net:k/ZWRnZS1rZXkBAQAAAAMAAQAAfoWMk5qhqK-2vcTL0tng5-71_AMKERgfJi00O0JJUFdeZWxzeoGIj-Z2qsWhtaDiGt0TbdGrImcvfJsVQZt5HSkx-Fgn-2wxV-bzUcJVonpLVYbg3_T48vp5jzk"

typedef struct
{
  char *text;
  gboolean done;
} Wait;

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Wait *wait = user_data;
  g_autoptr(GError) error = NULL;

  wait->text = edge_qr_picture_scan_finish (result, &error);
  g_assert_no_error (error);
  wait->done = TRUE;
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* What is on the paper can be read from it, on paper of any width. */
static void
test_code (void)
{
  static const struct { int width, height; } papers[] = { { 487, 734 }, { 504, 684 }, { 252, 396 } };

  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr(EdgeBackupPage) page = edge_backup_page_new (KEY, "Juniper", TEXT);
      g_autoptr(GByteArray) png = g_byte_array_new ();
      g_autoptr(GBytes) bytes = NULL;
      g_autofree char *text = NULL;
      const char *picture = g_getenv ("EDGE_BACKUP_PICTURE");
      cairo_surface_t *surface;
      cairo_t *cr;
      Wait wait = { NULL };

      /* As a scanner sees it, at 144 dots an inch. */
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, papers[i].width * 2 + 80,
                                            papers[i].height * 2 + 80);
      cr = cairo_create (surface);
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      cairo_translate (cr, 40, 40);
      cairo_scale (cr, 2, 2);
      edge_backup_page_draw (page, cr, papers[i].width, papers[i].height);
      cairo_destroy (cr);
      cairo_surface_write_to_png_stream (surface, append_cb, png);
      if (picture != NULL && i == 0)
        cairo_surface_write_to_png (surface, picture);
      cairo_surface_destroy (surface);

      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&png));
      edge_qr_picture_scan_async (bytes, NULL, scanned_cb, &wait);
      while (!wait.done)
        g_main_context_iteration (NULL, TRUE);
      text = g_steal_pointer (&wait.text);
      g_assert_cmpstr (text, ==, TEXT);
      g_assert_finalize_object (g_steal_pointer (&page));
    }
}

static void
test_pdf (void)
{
  g_autoptr(EdgeBackupPage) page = edge_backup_page_new (KEY, NULL, TEXT);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = edge_backup_page_pdf (page, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (pdf, &size);
  g_assert_cmpuint (size, >, 4096);
  g_assert_true (g_str_has_prefix (data, "%PDF-"));
  /* Whole: it ends as one does. The middle is binary, and no string. */
  g_assert_true (strncmp (data + size - strlen ("%%EOF\n"), "%%EOF", strlen ("%%EOF")) == 0);
  g_assert_finalize_object (g_steal_pointer (&page));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backup-page/code", test_code);
  g_test_add_func ("/backup-page/pdf", test_pdf);

  return g_test_run ();
}
