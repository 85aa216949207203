/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "fob-qr-reader.h"

#define LINK                                                                                       \
  "otpauth://totp/Bank:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bank"
#define OTHER "otpauth://hotp/Other:bob?secret=MFRGGZDFMZTWQ2LK&issuer=Other&counter=3"

/* Images */

static GdkPixbuf *
draw (const char *text, guint scale, guint8 dark, guint8 light)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FobQrCode) code = fob_qr_code_new (text, &error);
  const int size = (int) fob_qr_code_get_size (code) + 2 * FOB_QR_QUIET_ZONE;
  GdkPixbuf *pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, size * (int) scale, size * (int) scale);
  const int stride = gdk_pixbuf_get_rowstride (pixbuf);

  g_assert_no_error (error);
  for (int y = 0; y < size * (int) scale; y++)
    for (int x = 0; x < size * (int) scale; x++)
      memset (gdk_pixbuf_get_pixels (pixbuf) + y * stride + 3 * x,
              fob_qr_code_is_dark (code, x / (int) scale - FOB_QR_QUIET_ZONE,
                                   y / (int) scale - FOB_QR_QUIET_ZONE)
                ? dark
                : light,
              3);

  return pixbuf;
}

static GBytes *
save (GdkPixbuf *pixbuf, const char *type)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

/* Turned about its middle, on grey, nearest neighbour. */
static GdkPixbuf *
turn (GdkPixbuf *from, double degrees)
{
  const int size = gdk_pixbuf_get_width (from);
  const int side = (int) (size * 1.5);
  const double a = degrees * G_PI / 180;
  GdkPixbuf *to = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, side, side);

  gdk_pixbuf_fill (to, 0xc0c0c0ff);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        const double dx = x - side / 2.0;
        const double dy = y - side / 2.0;
        const int fx = (int) floor (dx * cos (a) + dy * sin (a) + size / 2.0);
        const int fy = (int) floor (dy * cos (a) - dx * sin (a) + size / 2.0);

        if (fx >= 0 && fy >= 0 && fx < size && fy < size)
          memcpy (gdk_pixbuf_get_pixels (to) + y * gdk_pixbuf_get_rowstride (to) + 3 * x,
                  gdk_pixbuf_get_pixels (from) + fy * gdk_pixbuf_get_rowstride (from) + 3 * fx, 3);
      }

  return to;
}

static void
assert_reads (GBytes *image, const char *const *texts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_assert_true (fob_qr_reader_probe (image));
  found = fob_qr_reader_read (image, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, g_strv_length ((char **) texts));
  for (guint i = 0; texts[i] != NULL; i++)
    g_assert_true (g_ptr_array_find_with_equal_func (found, texts[i], g_str_equal, NULL));
}

static void
assert_reads_link (GdkPixbuf *pixbuf, const char *type)
{
  g_autoptr (GBytes) image = save (pixbuf, type);

  assert_reads (image, (const char *const[]){ LINK, NULL });
}

static void
assert_fails (GBytes *image, FobQrError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fob_qr_reader_read (image, NULL, &error));
  g_assert_error (error, FOB_QR_ERROR, (gint) code);
}

/* Tests */

static void
test_scales (void)
{
  static const guint scales[] = { 2, 3, 4, 8, 24 };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = draw (LINK, scales[i], 0, 255);

      assert_reads_link (pixbuf, "png");
      assert_reads_link (pixbuf, "jpeg");
    }
}

static void
test_colours (void)
{
  static const guint8 colours[][2] = { { 255, 0 },   { 230, 20 }, { 110, 150 },
                                       { 150, 110 }, { 0, 60 },   { 200, 255 } };

  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = draw (LINK, 5, colours[i][0], colours[i][1]);

      assert_reads_link (pixbuf, "png");
    }
}

static void
test_turned (void)
{
  g_autoptr (GdkPixbuf) pixbuf = draw (LINK, 6, 0, 255);

  for (int degrees = 0; degrees < 360; degrees += 15)
    {
      g_autoptr (GdkPixbuf) turned = turn (pixbuf, degrees);

      assert_reads_link (turned, "png");
    }
}

/* A screen with several, one of them light on dark, in all the room of a large screenshot. */
static void
test_several (void)
{
  g_autoptr (GdkPixbuf) screen = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3840, 2160);
  g_autoptr (GdkPixbuf) first = draw (LINK, 6, 0, 255);
  g_autoptr (GdkPixbuf) second = draw (OTHER, 9, 255, 20);
  g_autoptr (GdkPixbuf) third = draw ("not a link", 4, 0, 255);
  g_autoptr (GBytes) image = NULL;

  gdk_pixbuf_fill (screen, 0x336699ff);
  gdk_pixbuf_copy_area (first, 0, 0, gdk_pixbuf_get_width (first), gdk_pixbuf_get_height (first),
                        screen, 100, 200);
  gdk_pixbuf_copy_area (first, 0, 0, gdk_pixbuf_get_width (first), gdk_pixbuf_get_height (first),
                        screen, 2900, 1500);
  gdk_pixbuf_copy_area (second, 0, 0, gdk_pixbuf_get_width (second), gdk_pixbuf_get_height (second),
                        screen, 1500, 900);
  gdk_pixbuf_copy_area (third, 0, 0, gdk_pixbuf_get_width (third), gdk_pixbuf_get_height (third),
                        screen, 3000, 100);
  image = save (screen, "png");
  assert_reads (image, (const char *const[]){ LINK, OTHER, "not a link", NULL });
}

static void
test_lines (void)
{
  g_autoptr (GdkPixbuf) pixbuf = draw (LINK, 4, 0, 255);
  g_autoptr (GBytes) image = save (pixbuf, "png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) lines = fob_qr_reader_read_lines (image, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (lines, NULL), g_bytes_get_size (lines), LINK "\n",
                   strlen (LINK) + 1);
}

/* The head of a PNG image that says it has 60,000 by 60,000 pixels. */
static GBytes *
create_bomb (void)
{
  static const guint8 head[] = { 0x89, 'P',  'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0,    0,    0,
                                 13,   'I',  'H', 'D', 'R',  0,    0,    0xea, 0x60, 0,    0,
                                 0xea, 0x60, 8,   2,   0,    0,    0,    0xd0, 0x33, 0x84, 0x98 };

  return g_bytes_new_static (head, sizeof head);
}

static void
test_bad (void)
{
  g_autoptr (GdkPixbuf) pixbuf = draw (LINK, 4, 0, 255);
  g_autoptr (GBytes) image = save (pixbuf, "png");
  g_autoptr (GdkPixbuf) blank = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 300, 200);
  g_autoptr (GBytes) nothing = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) bomb = create_bomb ();
  const gsize size = g_bytes_get_size (image);

  gdk_pixbuf_fill (blank, 0);
  nothing = save (blank, "png");
  assert_fails (nothing, FOB_QR_ERROR_NONE);
  g_assert_false (fob_qr_reader_probe (text));
  g_assert_false (fob_qr_reader_probe (empty));
  assert_fails (text, FOB_QR_ERROR_IMAGE);
  assert_fails (empty, FOB_QR_ERROR_IMAGE);
  for (gsize length = 8; length < size / 2; length += size / 20)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (image, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = fob_qr_reader_read (cut, NULL, &error);

      g_assert_null (found);
      g_assert_cmpint (error->domain, ==, FOB_QR_ERROR);
    }
  g_assert_true (fob_qr_reader_probe (bomb));
  {
    g_autoptr (GError) error = NULL;
    const gint64 start = g_get_monotonic_time ();

    g_assert_null (fob_qr_reader_read (bomb, NULL, &error));
    g_assert_cmpint (error->domain, ==, FOB_QR_ERROR);
    g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  }
}

/* Whoever waits no longer gets no answer. */
static void
test_cancelled (void)
{
  g_autoptr (GdkPixbuf) pixbuf = draw (LINK, 4, 0, 255);
  g_autoptr (GBytes) image = save (pixbuf, "png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (fob_qr_reader_read (image, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr/reader/scales", test_scales);
  g_test_add_func ("/qr/reader/colours", test_colours);
  g_test_add_func ("/qr/reader/turned", test_turned);
  g_test_add_func ("/qr/reader/several", test_several);
  g_test_add_func ("/qr/reader/lines", test_lines);
  g_test_add_func ("/qr/reader/bad", test_bad);
  g_test_add_func ("/qr/reader/cancelled", test_cancelled);

  return g_test_run ();
}
