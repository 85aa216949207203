/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-qr-paintable.h"

#include <gtk/gtk.h>
#include <math.h>

/* Large enough for the camera of a telephone, where nothing else decides. */
#define USUAL_SIZE 280

struct _FobQrPaintable
{
  GObject parent_instance;

  FobQrCode *code;
};

static void fob_qr_paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FobQrPaintable,
                               fob_qr_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      fob_qr_paintable_iface_init))

/* One rectangle for each run of dark modules in a line. */
static void
append_line (GtkSnapshot *snapshot, FobQrCode *code, int y, float left, float top, float module)
{
  const int size = (int) fob_qr_code_get_size (code);
  const GdkRGBA black = { 0, 0, 0, 1 };
  int start = -1;

  for (int x = 0; x <= size; x++)
    {
      const gboolean dark = fob_qr_code_is_dark (code, x, y);

      if (dark && start < 0)
        start = x;
      if (dark || start < 0)
        continue;
      gtk_snapshot_append_color (snapshot, &black,
                                 &GRAPHENE_RECT_INIT (left + (float) start * module,
                                                      top + (float) y * module,
                                                      (float) (x - start) * module, module));
      start = -1;
    }
}

static void
fob_qr_paintable_snapshot (GdkPaintable *paintable,
                           GdkSnapshot *snapshot,
                           double width,
                           double height)
{
  FobQrPaintable *self = FOB_QR_PAINTABLE (paintable);
  const int size = (int) fob_qr_code_get_size (self->code);
  const int all = size + 2 * FOB_QR_QUIET_ZONE;
  const double room = MIN (width, height);
  const GdkRGBA white = { 1, 1, 1, 1 };
  /* Whole pixels, unless there are none. */
  const double module = room >= all ? floor (room / all) : room / all;
  const double left = floor ((width - module * size) / 2);
  const double top = floor ((height - module * size) / 2);

  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  for (int y = 0; y < size; y++)
    append_line (snapshot, self->code, y, (float) left, (float) top, (float) module);
}

static GdkPaintableFlags
fob_qr_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static int
fob_qr_paintable_get_intrinsic_size (GdkPaintable *paintable)
{
  return USUAL_SIZE;
}

static double
fob_qr_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return 1;
}

static void
fob_qr_paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = fob_qr_paintable_snapshot;
  iface->get_flags = fob_qr_paintable_get_flags;
  iface->get_intrinsic_width = fob_qr_paintable_get_intrinsic_size;
  iface->get_intrinsic_height = fob_qr_paintable_get_intrinsic_size;
  iface->get_intrinsic_aspect_ratio = fob_qr_paintable_get_intrinsic_aspect_ratio;
}

static void
fob_qr_paintable_finalize (GObject *object)
{
  g_clear_pointer (&FOB_QR_PAINTABLE (object)->code, fob_qr_code_unref);

  G_OBJECT_CLASS (fob_qr_paintable_parent_class)->finalize (object);
}

static void
fob_qr_paintable_class_init (FobQrPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_qr_paintable_finalize;
}

static void
fob_qr_paintable_init (FobQrPaintable *self)
{
}

FobQrPaintable *
fob_qr_paintable_new (FobQrCode *code)
{
  FobQrPaintable *self = g_object_new (FOB_TYPE_QR_PAINTABLE, NULL);

  self->code = fob_qr_code_ref (code);

  return self;
}
