/* edge-backup-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-backup-page.h"

#include "identity/edge-words.h"
#include "invite/edge-qr-matrix.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

/**
 * EdgeBackupPage:
 *
 * The backup of an identity on one sheet of paper: its code, the same as text,
 * whose it is, and how it is brought back.
 */

/* Points. A4 is what the PDF is; a printer may have other paper. */
#define A4_WIDTH   595.0
#define A4_HEIGHT  842.0
#define MARGIN     54.0
#define GAP        14.0
#define QR_SHARE   0.44
#define MIN_WIDTH  280.0

/* The text in lines that can be read aloud and found again. */
#define TEXT_LINE  32

#define FONT_TITLE "Cantarell, Sans Bold 20"
#define FONT_HEAD  "Cantarell, Sans Bold 11"
#define FONT_BODY  "Cantarell, Sans 10.5"
#define FONT_WORDS "Cantarell, Sans Bold 12"
#define FONT_MONO  "Monospace 10"

struct _EdgeBackupPage
{
  GObject  parent_instance;

  char    *key;
  char    *name;
  char    *text;
};

G_DEFINE_FINAL_TYPE (EdgeBackupPage, edge_backup_page, G_TYPE_OBJECT)

static void
edge_backup_page_finalize (GObject *object)
{
  EdgeBackupPage *self = EDGE_BACKUP_PAGE (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (edge_backup_page_parent_class)->finalize (object);
}

static void
edge_backup_page_class_init (EdgeBackupPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_backup_page_finalize;
}

static void
edge_backup_page_init (EdgeBackupPage *self)
{
}

/**
 * edge_backup_page_new:
 * @key: whose backup it is
 * @name: (nullable): what others call it
 * @text: the backup, by edge_key_text_write()
 *
 * Returns: (transfer full): the page
 */
EdgeBackupPage *
edge_backup_page_new (const char *key,
                      const char *name,
                      const char *text)
{
  EdgeBackupPage *self = g_object_new (EDGE_TYPE_BACKUP_PAGE, NULL);

  self->key = g_strdup (key);
  self->name = g_strdup (name);
  self->text = g_strdup (text);
  return self;
}

/* Returns: where what follows begins */
static double
draw_text (cairo_t    *cr,
           double      x,
           double      y,
           double      width,
           const char *font,
           const char *text)
{
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr(PangoFontDescription) description = pango_font_description_from_string (font);
  int height;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, 2 * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_size (layout, NULL, &height);
  return y + (double) height / PANGO_SCALE;
}

static void
draw_code (cairo_t      *cr,
           EdgeQrMatrix *matrix,
           double        x,
           double        y,
           double        size)
{
  guint n = edge_qr_matrix_get_size (matrix);
  double module = size / (n + 2.0 * EDGE_QR_QUIET_ZONE);

  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x, y, size, size);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      if (edge_qr_matrix_is_dark (matrix, (int) column, (int) row))
        cairo_rectangle (cr, x + (column + EDGE_QR_QUIET_ZONE) * module,
                         y + (row + EDGE_QR_QUIET_ZONE) * module, module, module);
  cairo_fill (cr);
  cairo_restore (cr);
}

static double
draw_words (EdgeBackupPage *self,
            cairo_t        *cr,
            double          x,
            double          y,
            double          width)
{
  g_auto(GStrv) words = edge_words_for_key (self->key);
  double bottom = y;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%u  %s", i + 1, words[i]);
      double column = (double) (i / 6) * width / 2;
      double below;

      below = draw_text (cr, x + column, y + (i % 6) * 19, width / 2, FONT_WORDS, numbered);
      bottom = MAX (bottom, below);
    }
  return bottom;
}

static char *
break_lines (const char *text)
{
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      if (i > 0 && i % TEXT_LINE == 0)
        g_string_append_c (lines, '\n');
      g_string_append_c (lines, text[i]);
    }
  return g_string_free (lines, FALSE);
}

static double
draw_head (EdgeBackupPage *self,
           cairo_t        *cr,
           double          width)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  /* Translators: a day, as in “27 November 2026”; see strftime(3). */
  g_autofree char *day = g_date_time_format (now, _("%e %B %Y"));
  g_autofree char *line = NULL;
  double y;

  y = draw_text (cr, 0, 0, width, FONT_TITLE, _("Backup of an Edge-Net Identity"));
  /* Translators: the name of a person, and the day on which the page was made. */
  line = g_strdup_printf (_("%1$s, made on %2$s"),
                          self->name != NULL && self->name[0] != '\0' ? self->name : self->key,
                          g_strchug (day));
  y = draw_text (cr, 0, y + 4, width, FONT_BODY, line);
  return y + GAP;
}

/**
 * edge_backup_page_draw:
 * @self: a page
 * @cr: where to
 * @width: of the paper within its margins, in points
 * @height: likewise
 *
 * Draws it from the top left.
 */
void
edge_backup_page_draw (EdgeBackupPage *self,
                       cairo_t        *cr,
                       double          width,
                       double          height)
{
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (self->text, NULL);
  g_autofree char *lines = break_lines (self->text);
  double side = width * QR_SHARE;
  double y, code_bottom;

  /* On paper that is narrower than the page was made for, all of it gets smaller. */
  if (width < MIN_WIDTH)
    {
      cairo_scale (cr, width / MIN_WIDTH, width / MIN_WIDTH);
      width = MIN_WIDTH;
      side = width * QR_SHARE;
    }
  cairo_set_source_rgb (cr, 0, 0, 0);

  y = draw_head (self, cr, width);
  if (matrix != NULL)
    draw_code (cr, matrix, 0, y, side);
  code_bottom = y + side;
  y = draw_text (cr, side + GAP, y + 8, width - side - GAP, FONT_HEAD,
                 _("Whose it is, in words"));
  draw_words (self, cr, side + GAP, y + 6, width - side - GAP);

  y = draw_text (cr, 0, code_bottom + GAP, width, FONT_HEAD, _("The same as the code, as text"));
  y = draw_text (cr, 0, y + 4, width, FONT_MONO, lines);
  y = draw_text (cr, 0, y + GAP, width, FONT_HEAD, _("What it is good for"));
  y = draw_text (cr, 0, y + 4, width, FONT_BODY,
                 _("With this page and its passphrase the identity goes on at another computer: the same name in the ledger, the same credits. It does not grow old: what is earned later is there as well."));
  y = draw_text (cr, 0, y + GAP, width, FONT_HEAD, _("How to restore it"));
  y = draw_text (cr, 0, y + 4, width, FONT_BODY,
                 _("1. Install Edge-Net, and quit it wherever this identity still runs.\n"
                   "2. On the first page choose “Restore”, or in the window Identity, Restore.\n"
                   "3. Hold the code before the camera, or open a picture of it, or type the text.\n"
                   "4. Give the passphrase, compare the twelve words, and confirm.\n"
                   "5. Join your network again: it knows you."));
  y = draw_text (cr, 0, y + GAP, width, FONT_HEAD, _("Keep in mind"));
  draw_text (cr, 0, y + 4, width, FONT_BODY,
             _("Do not write the passphrase on this page. Whoever has both owns the identity; without the passphrase nobody can open it, and nobody can reset it."));
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * edge_backup_page_pdf:
 * @self: a page
 * @error: return location for an error in the `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): a PDF of it, A4
 */
GBytes *
edge_backup_page_pdf (EdgeBackupPage  *self,
                      GError         **error)
{
  g_autoptr(GByteArray) content = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  g_return_val_if_fail (EDGE_IS_BACKUP_PAGE (self), NULL);

  surface = cairo_pdf_surface_create_for_stream (append_cb, content, A4_WIDTH, A4_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  _("Backup of an Edge-Net Identity"));
  cr = cairo_create (surface);
  cairo_translate (cr, MARGIN, MARGIN);
  edge_backup_page_draw (self, cr, A4_WIDTH - 2 * MARGIN, A4_HEIGHT - 2 * MARGIN);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&content));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  return NULL;
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                number,
              EdgeBackupPage    *self)
{
  edge_backup_page_draw (self, gtk_print_context_get_cairo_context (context),
                         gtk_print_context_get_width (context),
                         gtk_print_context_get_height (context));
}

/**
 * edge_backup_page_print:
 * @self: a page
 * @parent: over which the dialog opens
 * @error: return location for an error in the `GTK_PRINT_ERROR` domain
 *
 * Asks for a printer and prints.
 *
 * Returns: whether it could be begun
 */
gboolean
edge_backup_page_print (EdgeBackupPage  *self,
                        GtkWindow       *parent,
                        GError         **error)
{
  g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr(GtkPageSetup) setup = gtk_page_setup_new ();

  g_return_val_if_fail (EDGE_IS_BACKUP_PAGE (self), FALSE);

  gtk_page_setup_set_top_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Backup of an Edge-Net Identity"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  /* Where it is drawn only after the dialog, whoever asked for it is gone by then. */
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), g_object_ref (self),
                         (GClosureNotify) g_object_unref, G_CONNECT_DEFAULT);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent,
                                  error) != GTK_PRINT_OPERATION_RESULT_ERROR;
}
