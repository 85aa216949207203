/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-countdown-ring.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINIMUM_SIZE 34
#define LINE_WIDTH   3.0
/* One step of the drawn arc is well under a pixel at the usual sizes. */
#define ARC_STEPS 240

struct _FobCountdownRing
{
  GtkWidget parent_instance;

  GtkProgressBar *progress; /* never drawn: what assistive technologies see of the ring */
  PangoLayout *layout;      /* the text inside; NULL until it is needed */
  gint64 seconds;           /* left, rounded up; -1 before the first time */
  guint arc;                /* left, in ARC_STEPS */
};

G_DEFINE_FINAL_TYPE (FobCountdownRing, fob_countdown_ring, GTK_TYPE_WIDGET)

/* Short enough for the inside of the ring, whatever the period. */
static char *
fob_countdown_ring_dup_text (gint64 seconds)
{
  if (seconds < 100)
    return g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  if (seconds < 100 * 60)
    /* Translators: minutes left inside the countdown ring, as short as can be */
    return g_strdup_printf (C_ ("countdown", "%um"), (guint) ((seconds + 59) / 60));
  if (seconds < 100 * 3600)
    /* Translators: hours left inside the countdown ring, as short as can be */
    return g_strdup_printf (C_ ("countdown", "%uh"), (guint) ((seconds + 3599) / 3600));

  /* Translators: days left inside the countdown ring, as short as can be */
  return g_strdup_printf (C_ ("countdown", "%ud"), (guint) ((seconds + 86399) / 86400));
}

static PangoLayout *
fob_countdown_ring_get_layout (FobCountdownRing *self)
{
  if (self->layout == NULL)
    {
      g_autofree char *text = fob_countdown_ring_dup_text (MAX (self->seconds, 0));

      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
    }

  return self->layout;
}

static void
fob_countdown_ring_get_color (FobCountdownRing *self, GdkRGBA *color)
{
#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (GTK_WIDGET (self), color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), color);
#endif
}

static void
fob_countdown_ring_update_accessible (FobCountdownRing *self, gint64 period)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%u second left", "%u seconds left", (gulong) self->seconds),
                          (guint) self->seconds);
  gtk_progress_bar_set_fraction (self->progress, (double) self->seconds / (double) period);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
fob_countdown_ring_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "00");
  int width;
  int height;

  /* Two digits and the line must fit at any text size. */
  pango_layout_get_pixel_size (layout, &width, &height);
  *minimum = *natural = MAX (MINIMUM_SIZE, (int) ceil (hypot (width, height) + 3 * LINE_WIDTH));
}

static void
fob_countdown_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FobCountdownRing *self = FOB_COUNTDOWN_RING (widget);
  const double width = gtk_widget_get_width (widget);
  const double height = gtk_widget_get_height (widget);
  const double radius = (MIN (width, height) - LINE_WIDTH) / 2;
  const double start = -G_PI / 2;
  PangoLayout *layout = fob_countdown_ring_get_layout (self);
  PangoRectangle ink;
  GdkRGBA color;
  GdkRGBA track;
  cairo_t *cr;

  if (radius <= 0 || self->seconds < 0)
    return;

  fob_countdown_ring_get_color (self, &color);
  track = color;
  track.alpha *= 0.18F;

  cr =
    gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  gdk_cairo_set_source_rgba (cr, &track);
  cairo_arc (cr, width / 2, height / 2, radius, 0, 2 * G_PI);
  cairo_stroke (cr);

  /* The head of the ring is at the top; what is left runs back from it, so the gap grows clockwise
   * (and the other way round where time runs from right to left). */
  gdk_cairo_set_source_rgba (cr, &color);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    cairo_arc (cr, width / 2, height / 2, radius, start, start + 2 * G_PI * self->arc / ARC_STEPS);
  else
    cairo_arc_negative (cr, width / 2, height / 2, radius, start,
                        start - 2 * G_PI * self->arc / ARC_STEPS);
  cairo_stroke (cr);
  cairo_destroy (cr);

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) ((width - ink.width) / 2 - ink.x),
                                                (float) ((height - ink.height) / 2 - ink.y)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
fob_countdown_ring_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fob_countdown_ring_parent_class)->css_changed (widget, change);

  /* The font may be another one. */
  g_clear_object (&FOB_COUNTDOWN_RING (widget)->layout);
  gtk_widget_queue_draw (widget);
}

static void
fob_countdown_ring_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (fob_countdown_ring_parent_class)->system_setting_changed (widget, setting);

  g_clear_object (&FOB_COUNTDOWN_RING (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
fob_countdown_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *progress = GTK_WIDGET (FOB_COUNTDOWN_RING (widget)->progress);
  int minimum_width;
  int minimum_height;

  gtk_widget_measure (progress, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
  gtk_widget_measure (progress, GTK_ORIENTATION_VERTICAL, -1, &minimum_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (
    progress, &(GtkAllocation){ 0, 0, MAX (width, minimum_width), MAX (height, minimum_height) },
    -1);
}

static void
fob_countdown_ring_dispose (GObject *object)
{
  FobCountdownRing *self = FOB_COUNTDOWN_RING (object);

  if (self->progress != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->progress));
  self->progress = NULL;

  G_OBJECT_CLASS (fob_countdown_ring_parent_class)->dispose (object);
}

static void
fob_countdown_ring_finalize (GObject *object)
{
  g_clear_object (&FOB_COUNTDOWN_RING (object)->layout);

  G_OBJECT_CLASS (fob_countdown_ring_parent_class)->finalize (object);
}

static void
fob_countdown_ring_class_init (FobCountdownRingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_countdown_ring_dispose;
  object_class->finalize = fob_countdown_ring_finalize;

  widget_class->measure = fob_countdown_ring_measure;
  widget_class->size_allocate = fob_countdown_ring_size_allocate;
  widget_class->snapshot = fob_countdown_ring_snapshot;
  widget_class->css_changed = fob_countdown_ring_css_changed;
  widget_class->system_setting_changed = fob_countdown_ring_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "countdownring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fob_countdown_ring_init (FobCountdownRing *self)
{
  self->seconds = -1;
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_can_target (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->progress), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Time left"), -1);
}

GtkWidget *
fob_countdown_ring_new (void)
{
  return g_object_new (FOB_TYPE_COUNTDOWN_RING, NULL);
}

void
fob_countdown_ring_set_time (FobCountdownRing *self, gint64 left_us, gint64 period_us)
{
  const gint64 seconds = (left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  guint arc;

  g_return_if_fail (FOB_IS_COUNTDOWN_RING (self));
  g_return_if_fail (period_us > 0);

  arc = (guint) lround ((double) left_us * ARC_STEPS / (double) period_us);
  if (seconds != self->seconds)
    {
      self->seconds = seconds;
      g_clear_object (&self->layout);
      if (seconds <= FOB_COUNTDOWN_RING_WARNING_SECONDS)
        gtk_widget_add_css_class (GTK_WIDGET (self), "ending");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "ending");
      fob_countdown_ring_update_accessible (self, period_us / G_USEC_PER_SEC);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (arc != self->arc)
    {
      self->arc = arc;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}
