/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-qr"

#include "config.h"

#include "fob-qr-reader.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <zbar.h>

#include "fob-wipe.h"

/* Screens with small pixels make large images; what is found in a quarter of them is found faster
 * than in all, and codes of three pixels a module come out better at twice the size. */
#define SMALL_PIXELS (1024 * 1024)
#define LARGE_PIXELS (4 * 1024 * 1024)

/* Light around the image: codes that touch its edge have no quiet zone. */
#define MARGIN 16

typedef zbar_image_scanner_t Scanner;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scanner, zbar_image_scanner_destroy)

typedef zbar_image_t Image;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Image, zbar_image_destroy)

/* A picture in shades of grey. */
typedef struct
{
  guint8 *data;
  guint width;
  guint height;
} Grey;

static void
grey_init (Grey *grey, guint width, guint height)
{
  grey->data = g_malloc0 ((gsize) width * height);
  grey->width = width;
  grey->height = height;
}

static void
grey_clear (Grey *grey)
{
  if (grey->data != NULL)
    fob_wipe (grey->data, (gsize) grey->width * grey->height);
  g_clear_pointer (&grey->data, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grey, grey_clear)

/* Scanning */

static Scanner *
create_scanner (void)
{
  Scanner *scanner = zbar_image_scanner_create ();

  /* It would tell everybody on the system bus what it reads. */
  zbar_image_scanner_request_dbus (scanner, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);

  return scanner;
}

static gboolean
has_text (GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    {
      if (g_str_equal (texts->pdata[i], text))
        return TRUE;
    }

  return FALSE;
}

/* The library lists what it found last first; people read the other way. */
static void
scan (Scanner *scanner, const Grey *grey, GPtrArray *texts)
{
  g_autoptr (Image) image = zbar_image_create ();
  const gint start = (gint) texts->len;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, grey->width, grey->height);
  zbar_image_set_data (image, grey->data, (gulong) grey->width * grey->height, NULL);
  if (zbar_scan_image (scanner, image) <= 0)
    return;

  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    {
      const char *data = zbar_symbol_get_data (symbol);
      const guint length = zbar_symbol_get_data_length (symbol);

      if (length > 0 && g_utf8_validate (data, length, NULL))
        {
          g_auto (FobWipedString) text = g_strndup (data, length);

          if (!has_text (texts, text))
            g_ptr_array_insert (texts, start, g_steal_pointer (&text));
        }
    }
}

/* Variants */

static void
invert (Grey *grey)
{
  const gsize n = (gsize) grey->width * grey->height;

  for (gsize i = 0; i < n; i++)
    grey->data[i] = (guint8) ~grey->data[i];
}

/* Makes the darkest black and the lightest white, but for the outermost hundredth. */
static void
stretch (Grey *grey)
{
  const gsize n = (gsize) grey->width * grey->height;
  gsize histogram[256] = { 0 };
  gsize seen = 0;
  int low = -1;
  int high = 255;

  for (gsize i = 0; i < n; i++)
    histogram[grey->data[i]]++;
  for (int i = 0; i < 256; i++)
    {
      seen += histogram[i];
      if (low < 0 && seen > n / 100)
        low = i;
      if (seen >= n - n / 100)
        {
          high = i;
          break;
        }
    }
  if (high <= low)
    return;
  for (gsize i = 0; i < n; i++)
    grey->data[i] =
      (guint8) (CLAMP ((int) grey->data[i] - low, 0, high - low) * 255 / (high - low));
}

static void
enlarge (const Grey *from, Grey *to)
{
  grey_init (to, 2 * from->width, 2 * from->height);
  for (guint y = 0; y < to->height; y++)
    for (guint x = 0; x < to->width; x++)
      to->data[(gsize) y * to->width + x] = from->data[(gsize) (y / 2) * from->width + x / 2];
}

static void
shrink (const Grey *from, Grey *to)
{
  grey_init (to, from->width / 2, from->height / 2);
  for (guint y = 0; y < to->height; y++)
    for (guint x = 0; x < to->width; x++)
      {
        const guint8 *p = from->data + (gsize) (2 * y) * from->width + 2 * x;

        to->data[(gsize) y * to->width + x] =
          (guint8) ((p[0] + p[1] + p[from->width] + p[from->width + 1]) / 4);
      }
}

/* Both ways: some pages show codes light on dark beside others. */
static void
scan_both_ways (Scanner *scanner, Grey *grey, GPtrArray *texts)
{
  scan (scanner, grey, texts);
  invert (grey);
  scan (scanner, grey, texts);
  invert (grey);
}

static void
scan_variants (Grey *grey, GPtrArray *texts, GCancellable *cancellable)
{
  g_autoptr (Scanner) scanner = create_scanner ();
  const gsize n = (gsize) grey->width * grey->height;
  g_auto (Grey) other = { 0 };

  scan_both_ways (scanner, grey, texts);
  if (texts->len > 0 || g_cancellable_is_cancelled (cancellable))
    return;
  stretch (grey);
  scan_both_ways (scanner, grey, texts);
  if (texts->len > 0 || g_cancellable_is_cancelled (cancellable))
    return;
  if (n <= SMALL_PIXELS)
    enlarge (grey, &other);
  else if (n >= LARGE_PIXELS)
    shrink (grey, &other);
  if (other.data != NULL)
    scan_both_ways (scanner, &other, texts);
}

/* Images */

static gboolean
fail_image (GError **error)
{
  g_set_error_literal (error, FOB_QR_ERROR, FOB_QR_ERROR_IMAGE,
                       _ ("The image cannot be read. Save it as PNG or JPEG and try again."));

  return FALSE;
}

static gboolean
fail_size (GError **error)
{
  g_set_error_literal (
    error, FOB_QR_ERROR, FOB_QR_ERROR_SIZE,
    _ ("The image is too large. Cut out the part with the QR code and try again."));

  return FALSE;
}

static GPtrArray *
read_grey (Grey *grey, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) texts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);

  scan_variants (grey, texts, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (texts->len == 0)
    {
      g_set_error_literal (error, FOB_QR_ERROR, FOB_QR_ERROR_NONE,
                           _ ("There is no QR code in the image, or it is too blurred. Take a "
                              "sharper picture, straight from the front."));
      return NULL;
    }

  return g_steal_pointer (&texts);
}

/* What shines through is white, as paper is. */
static guint8
get_luminance (const guint8 *pixel, int n_channels)
{
  const guint grey = (pixel[0] * 77u + pixel[1] * 150u + pixel[2] * 29u) >> 8;

  return n_channels < 4 ? (guint8) grey
                        : (guint8) ((grey * pixel[3] + 255u * (255u - pixel[3])) / 255u);
}

static void
fill_margin (Grey *grey, guint8 shade)
{
  for (guint y = 0; y < grey->height; y++)
    {
      guint8 *line = grey->data + (gsize) y * grey->width;

      if (y < MARGIN || y >= grey->height - MARGIN)
        memset (line, shade, grey->width);
      memset (line, shade, MARGIN);
      memset (line + grey->width - MARGIN, shade, MARGIN);
    }
}

static void
grey_from_pixbuf (Grey *grey, GdkPixbuf *pixbuf)
{
  const guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  const guint height = (guint) gdk_pixbuf_get_height (pixbuf);
  const int n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);

  guint8 lightest = 0;

  grey_init (grey, width + 2 * MARGIN, height + 2 * MARGIN);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *to = &grey->data[(gsize) (y + MARGIN) * grey->width + x + MARGIN];

        *to = get_luminance (pixels + y * stride + (gsize) x * (gsize) n_channels, n_channels);
        lightest = MAX (lightest, *to);
      }
  fill_margin (grey, lightest);
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gboolean *too_large)
{
  *too_large = (gint64) width * height > FOB_QR_READER_PIXELS_MAX;
  /* Before there is memory for it. */
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
load_pixbuf (GBytes *image, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *pixbuf;
  gboolean too_large = FALSE;
  gboolean written;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &too_large);
  written = gdk_pixbuf_loader_write_bytes (loader, image, &cause);
  if (!gdk_pixbuf_loader_close (loader, written ? &cause : NULL) || !written)
    {
      if (too_large)
        fail_size (error);
      else
        fail_image (error);
      return NULL;
    }
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL || too_large)
    {
      fail_image (error);
      return NULL;
    }

  /* A photograph knows how the camera was held. */
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

gboolean
fob_qr_reader_probe (GBytes *bytes)
{
  static const struct
  {
    const char *magic;
    gsize size;
    gsize offset;
  } formats[] = {
    { "\x89PNG\r\n\x1a\n", 8, 0 },
    { "\xff\xd8\xff", 3, 0 },
    { "GIF8", 4, 0 },
    { "WEBPVP8", 7, 8 },
    { "BM", 2, 0 },
    { "II*\0", 4, 0 },
    { "MM\0*", 4, 0 },
  };
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (size >= formats[i].offset + formats[i].size &&
          memcmp (data + formats[i].offset, formats[i].magic, formats[i].size) == 0)
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
fob_qr_reader_read (GBytes *image, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_auto (Grey) grey = { 0 };

  if (g_bytes_get_size (image) > FOB_QR_READER_BYTES_MAX)
    {
      fail_size (error);
      return NULL;
    }
  if (g_bytes_get_size (image) == 0)
    {
      fail_image (error);
      return NULL;
    }
  pixbuf = load_pixbuf (image, error);
  if (pixbuf == NULL)
    return NULL;
  grey_from_pixbuf (&grey, pixbuf);

  return read_grey (&grey, cancellable, error);
}

GPtrArray *
fob_qr_reader_read_pixels (const guint8 *luminance,
                           guint width,
                           guint height,
                           GCancellable *cancellable,
                           GError **error)
{
  g_auto (Grey) grey = { 0 };

  if (width == 0 || height == 0 || (guint64) width * height > FOB_QR_READER_PIXELS_MAX)
    {
      fail_size (error);
      return NULL;
    }
  grey_init (&grey, width, height);
  memcpy (grey.data, luminance, (gsize) width * height);

  return read_grey (&grey, cancellable, error);
}

GBytes *
fob_qr_reader_read_lines (GBytes *image, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) texts = fob_qr_reader_read (image, cancellable, error);
  gsize size = 0;
  gsize at = 0;
  char *lines;

  if (texts == NULL)
    return NULL;
  for (guint i = 0; i < texts->len; i++)
    size += strlen (texts->pdata[i]) + 1;
  lines = g_malloc (size);
  for (guint i = 0; i < texts->len; i++)
    {
      const gsize length = strlen (texts->pdata[i]);

      memcpy (lines + at, texts->pdata[i], length);
      lines[at + length] = '\n';
      at += length + 1;
    }

  return fob_wipe_bytes_new_take (lines, size);
}
