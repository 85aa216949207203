/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-image.h"

#include <glib/gi18n-lib.h>

#include "fob-icon-pack.h"

#define SIZE          128
#define PREPARED_SIZE 256
#define KEPT_SIZE_MAX ((gsize) (64 * 1024))
#define PIXELS_MAX    (32 * 1024 * 1024)

/* How much of the square an image takes that has nothing around it, in percent: its corners must
 * stay within the circle of an avatar. */
#define LOGO_PERCENT 68

#define OPAQUE 250

static GdkPixbuf *
fail_image (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("The image cannot be read. Save it as PNG or JPEG and try again."));

  return NULL;
}

/* Drawings come at the size that is needed, photographs at their own. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, const int *size)
{
  double scale;

  if (width <= 0 || height <= 0 || (gint64) width * height > PIXELS_MAX)
    {
      /* Before there is memory for it. */
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  scale = (double) *size / MAX (width, height);
  gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)),
                              MAX (1, (int) (height * scale + 0.5)));
}

static GdkPixbuf *
load (GBytes *image, int size, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  gboolean written;

  if (g_bytes_get_size (image) == 0)
    return fail_image (error);
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &size);
  written = gdk_pixbuf_loader_write_bytes (loader, image, NULL);
  if (!gdk_pixbuf_loader_close (loader, NULL) || !written)
    return fail_image (error);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    return fail_image (error);

  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

static gboolean
is_opaque (GdkPixbuf *pixbuf, int x, int y)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);

  return pixels[(gsize) y * stride + (gsize) x * 4 + 3] >= OPAQUE;
}

/* Whether an image reaches its edges: a square, or a circle. */
static gboolean
fills_circle (GdkPixbuf *pixbuf)
{
  const int width = gdk_pixbuf_get_width (pixbuf);
  const int height = gdk_pixbuf_get_height (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return TRUE;

  return is_opaque (pixbuf, width / 2, 1 % height) &&
         is_opaque (pixbuf, width / 2, MAX (height - 2, 0)) &&
         is_opaque (pixbuf, 1 % width, height / 2) &&
         is_opaque (pixbuf, MAX (width - 2, 0), height / 2);
}

static GdkTexture *
create_texture (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 pixels, (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

GdkTexture *
fob_icon_image_decode (GBytes *image, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = load (image, SIZE, error);
  g_autoptr (GdkPixbuf) square = NULL;
  gboolean fills;
  int width;
  int height;
  int shorter;
  double scale;

  if (pixbuf == NULL)
    return NULL;

  fills = fills_circle (pixbuf);
  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  shorter = MIN (width, height);
  /* One that fills the circle covers it; one that does not has to fit in. */
  scale = fills ? (double) SIZE / shorter : SIZE * LOGO_PERCENT / 100.0 / MAX (width, height);
  square = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIZE, SIZE);
  gdk_pixbuf_fill (square, 0xffffffff);
  width = MAX (1, (int) (width * scale + 0.5));
  height = MAX (1, (int) (height * scale + 0.5));
  gdk_pixbuf_composite (pixbuf, square, MAX (0, (SIZE - width) / 2), MAX (0, (SIZE - height) / 2),
                        MIN (width, SIZE), MIN (height, SIZE), (SIZE - width) / 2.0,
                        (SIZE - height) / 2.0, scale, scale, GDK_INTERP_BILINEAR, 255);

  return create_texture (square);
}

GBytes *
fob_icon_image_prepare (GBytes *image, const char **type, GError **error)
{
  const char *own_type = fob_icon_type (image);
  g_autoptr (GdkPixbuf) pixbuf = load (image, PREPARED_SIZE, error);
  g_autofree char *data = NULL;
  gsize size;

  if (pixbuf == NULL)
    return NULL;
  /* Not WebP, which only newer systems read. */
  if (g_bytes_get_size (image) <= KEPT_SIZE_MAX && own_type != NULL &&
      !g_str_equal (own_type, "image/webp"))
    {
      *type = own_type;
      return g_bytes_ref (image);
    }
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", NULL, NULL))
    {
      fail_image (error);
      return NULL;
    }
  *type = "image/png";

  return g_bytes_new_take (g_steal_pointer (&data), size);
}
