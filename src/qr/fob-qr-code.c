/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-qr"

#include "config.h"

#include "fob-qr-code.h"

#include <errno.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <qrencode.h>

#include "fob-wipe.h"

#define DARK_BIT 1

#define UPPER_HALF "\xe2\x96\x80"
#define LOWER_HALF "\xe2\x96\x84"
#define FULL_BLOCK "\xe2\x96\x88"

/* Black on white, and back. */
#define COLOURS_ON  "\033[30;107m"
#define COLOURS_OFF "\033[0m"

struct _FobQrCode
{
  gatomicrefcount ref_count;

  guint size;
  guint8 *modules; /* row after row */
};

G_DEFINE_QUARK (fob_qr_error_quark, fob_qr_error)

FobQrCode *
fob_qr_code_new (const char *text, GError **error)
{
  QRcode *encoded = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  const int saved = errno;
  FobQrCode *self;
  gsize n_modules;

  if (encoded == NULL)
    {
      const gboolean is_long = saved == ERANGE;

      g_set_error_literal (error, FOB_QR_ERROR, is_long ? FOB_QR_ERROR_SIZE : FOB_QR_ERROR_FAILED,
                           is_long ? _ ("This is too long for a QR code. Shorten the names.")
                                   : _ ("The QR code could not be made."));
      return NULL;
    }

  self = g_new0 (FobQrCode, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->size = (guint) encoded->width;
  n_modules = (gsize) self->size * self->size;
  self->modules = g_memdup2 (encoded->data, n_modules);
  fob_wipe (encoded->data, n_modules);
  QRcode_free (encoded);

  return self;
}

FobQrCode *
fob_qr_code_ref (FobQrCode *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_qr_code_unref (FobQrCode *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  fob_wipe (self->modules, (gsize) self->size * self->size);
  g_clear_pointer (&self->modules, g_free);
  g_free (self);
}

guint
fob_qr_code_get_size (FobQrCode *self)
{
  return self->size;
}

gboolean
fob_qr_code_is_dark (FobQrCode *self, int x, int y)
{
  if (x < 0 || y < 0 || x >= (int) self->size || y >= (int) self->size)
    return FALSE;

  return (self->modules[(gsize) y * self->size + (gsize) x] & DARK_BIT) != 0;
}

/* What stands for two modules, the upper one and the lower one. @ink: whether dark is drawn, on a
 * light ground, or light on a dark one. */
static const char *
get_half_blocks (gboolean upper_dark, gboolean lower_dark, gboolean ink)
{
  const gboolean upper = upper_dark == ink;
  const gboolean lower = lower_dark == ink;

  if (upper && lower)
    return FULL_BLOCK;
  if (upper)
    return UPPER_HALF;

  return lower ? LOWER_HALF : " ";
}

char *
fob_qr_code_format_terminal (FobQrCode *self, gboolean colours)
{
  const int first = -FOB_QR_QUIET_ZONE;
  const int last = (int) self->size + FOB_QR_QUIET_ZONE;
  const gsize line = (gsize) (last - first) * strlen (FULL_BLOCK) + sizeof COLOURS_ON COLOURS_OFF;
  /* Whole from the start, so that it does not grow and leave copies behind. */
  GString *text = g_string_sized_new (line * (gsize) (last - first));

  for (int y = first; y < last; y += 2)
    {
      g_string_append (text, colours ? COLOURS_ON : "");
      for (int x = first; x < last; x++)
        g_string_append (text, get_half_blocks (fob_qr_code_is_dark (self, x, y),
                                                fob_qr_code_is_dark (self, x, y + 1), colours));
      g_string_append (text, colours ? COLOURS_OFF "\n" : "\n");
    }

  return g_string_free (text, FALSE);
}

GBytes *
fob_qr_code_format_svg (FobQrCode *self)
{
  const guint side = self->size + 2 * FOB_QR_QUIET_ZONE;
  GString *text = g_string_sized_new (512 + (gsize) self->size * self->size * 16);
  gsize length;

  g_string_append_printf (text,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
                          "shape-rendering=\"crispEdges\">"
                          "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/><path d=\"",
                          side, side, side, side);
  for (int y = 0; y < (int) self->size; y++)
    {
      for (int x = 0; x < (int) self->size; x++)
        {
          if (fob_qr_code_is_dark (self, x, y))
            g_string_append_printf (text, "M%d %dh1v1h-1z", x + FOB_QR_QUIET_ZONE,
                                    y + FOB_QR_QUIET_ZONE);
        }
    }
  g_string_append (text, "\"/></svg>\n");
  length = text->len;

  return fob_wipe_bytes_new_take (g_string_free (text, FALSE), length);
}

static void
draw_pixels (FobQrCode *self, GdkPixbuf *image, guint scale)
{
  guint8 *pixels = gdk_pixbuf_get_pixels (image);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (image);
  const int side = gdk_pixbuf_get_width (image);

  for (int y = 0; y < side; y++)
    {
      for (int x = 0; x < side; x++)
        {
          const gboolean dark = fob_qr_code_is_dark (self, x / (int) scale - FOB_QR_QUIET_ZONE,
                                                     y / (int) scale - FOB_QR_QUIET_ZONE);

          memset (pixels + (gsize) y * stride + (gsize) x * 3, dark ? 0 : 255, 3);
        }
    }
}

GBytes *
fob_qr_code_format_png (FobQrCode *self, guint scale, GError **error)
{
  const int side = (int) ((self->size + 2 * FOB_QR_QUIET_ZONE) * scale);
  g_autoptr (GdkPixbuf) image = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, side, side);
  g_autoptr (GError) cause = NULL;
  char *data = NULL;
  gsize size = 0;
  gboolean done = FALSE;

  if (image != NULL)
    {
      draw_pixels (self, image, scale);
      done = gdk_pixbuf_save_to_buffer (image, &data, &size, "png", &cause, NULL);
      fob_wipe (gdk_pixbuf_get_pixels (image), gdk_pixbuf_get_byte_length (image));
    }
  if (!done)
    {
      g_debug ("No PNG image: %s", cause != NULL ? cause->message : "no memory");
      g_set_error_literal (error, FOB_QR_ERROR, FOB_QR_ERROR_FAILED,
                           _ ("The image of the QR code could not be made."));
      return NULL;
    }

  return fob_wipe_bytes_new_take (data, size);
}
