/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-row-layout.h"

#define SPACING 12
/* Between code and next code on one line. */
#define NEXT_SPACING 8
/* Names and code side by side want at least this many characters. */
#define WIDE_TEXT_CHARS 30

struct _FobRowLayout
{
  GtkLayoutManager parent_instance;

  GtkWidget *avatar;
  GtkWidget *names;
  GtkWidget *code;
  GtkWidget *next;
  GtkWidget *trailing;
  double reveal;
};

G_DEFINE_FINAL_TYPE (FobRowLayout, fob_row_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
fob_row_layout_minimum_width (GtkWidget *child)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static int
fob_row_layout_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static int
fob_row_layout_height (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* What is left of a row is for names and codes. */
static int
fob_row_layout_fixed_width (FobRowLayout *self)
{
  return fob_row_layout_width (self->avatar) + fob_row_layout_width (self->trailing) + 2 * SPACING;
}

/* The same answer for every row of a list, whatever is in it. */
static gboolean
fob_row_layout_is_wide (FobRowLayout *self, int width)
{
  PangoContext *context = gtk_widget_get_pango_context (self->names);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  const int char_width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);

  return width >= fob_row_layout_fixed_width (self) + WIDE_TEXT_CHARS * char_width;
}

static GtkSizeRequestMode
fob_row_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fob_row_layout_measure (GtkLayoutManager *manager,
                        GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FobRowLayout *self = FOB_ROW_LAYOUT (manager);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      const int fixed = fob_row_layout_fixed_width (self);
      const int code = fob_row_layout_width (self->code);

      *minimum = fixed + MAX (code, fob_row_layout_minimum_width (self->names));
      *natural = MAX (*minimum, fixed + code + SPACING + fob_row_layout_width (self->names));
      return;
    }

  height = fob_row_layout_height (self->names);
  if (for_size < 0 || fob_row_layout_is_wide (self, for_size))
    height = MAX (height, fob_row_layout_height (self->code) + fob_row_layout_height (self->next));
  else
    height += fob_row_layout_height (self->code);
  height = MAX (height, fob_row_layout_height (self->avatar));
  height = MAX (height, fob_row_layout_height (self->trailing));
  *minimum = *natural = height;
}

static void
fob_row_layout_place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, MAX (width, 0), height }, -1);
}

/* Code and next code at the end of the line; the code makes room as the next one appears. */
static void
fob_row_layout_allocate_wide (FobRowLayout *self, GtkWidget *widget, int start, int end, int height)
{
  const int code_width = fob_row_layout_width (self->code);
  const int code_height = fob_row_layout_height (self->code);
  const int next_width = fob_row_layout_width (self->next);
  const int next_height = fob_row_layout_height (self->next);
  const int names_width = end - start - MAX (code_width, next_width) - SPACING;
  const int names_height = fob_row_layout_height (self->names);
  const int centred = (height - code_height) / 2;
  const int raised = (height - code_height - next_height) / 2;
  const int y = centred + (int) ((raised - centred) * self->reveal);

  fob_row_layout_place (widget, self->names, start, (height - names_height) / 2, names_width,
                        names_height);
  fob_row_layout_place (widget, self->code, end - code_width, y, code_width, code_height);
  fob_row_layout_place (widget, self->next, end - next_width, y + code_height, next_width,
                        next_height);
  gtk_widget_set_child_visible (self->next, TRUE);
}

/* The code below the names, the next one after it. */
static void
fob_row_layout_allocate_narrow (FobRowLayout *self,
                                GtkWidget *widget,
                                int start,
                                int end,
                                int height)
{
  const int code_width = fob_row_layout_width (self->code);
  const int code_height = fob_row_layout_height (self->code);
  const int next_width = fob_row_layout_width (self->next);
  const int next_height = fob_row_layout_height (self->next);
  const int names_height = fob_row_layout_height (self->names);
  const int top = (height - names_height - code_height) / 2;
  const int next_x = start + code_width + NEXT_SPACING;

  fob_row_layout_place (widget, self->names, start, top, end - start, names_height);
  fob_row_layout_place (widget, self->code, start, top + names_height, code_width, code_height);
  fob_row_layout_place (widget, self->next, next_x,
                        top + names_height + (code_height - next_height) / 2 + 1, next_width,
                        next_height);
  /* Long codes in large text leave no room; the menu still copies the next one. */
  gtk_widget_set_child_visible (self->next, next_x + next_width <= end);
}

static void
fob_row_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         int width,
                         int height,
                         int baseline)
{
  FobRowLayout *self = FOB_ROW_LAYOUT (manager);
  const int avatar_width = fob_row_layout_width (self->avatar);
  const int trailing_width = fob_row_layout_width (self->trailing);
  const int start = avatar_width + SPACING;
  const int end = width - trailing_width - SPACING;

  fob_row_layout_place (widget, self->avatar, 0, 0, avatar_width, height);
  fob_row_layout_place (widget, self->trailing, width - trailing_width, 0, trailing_width, height);
  if (fob_row_layout_is_wide (self, width))
    fob_row_layout_allocate_wide (self, widget, start, end, height);
  else
    fob_row_layout_allocate_narrow (self, widget, start, end, height);
}

static void
fob_row_layout_class_init (FobRowLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = fob_row_layout_get_request_mode;
  layout_class->measure = fob_row_layout_measure;
  layout_class->allocate = fob_row_layout_allocate;
}

static void
fob_row_layout_init (FobRowLayout *self)
{
}

FobRowLayout *
fob_row_layout_new (void)
{
  return g_object_new (FOB_TYPE_ROW_LAYOUT, NULL);
}

void
fob_row_layout_set_children (FobRowLayout *self,
                             GtkWidget *avatar,
                             GtkWidget *names,
                             GtkWidget *code,
                             GtkWidget *next,
                             GtkWidget *trailing)
{
  g_return_if_fail (FOB_IS_ROW_LAYOUT (self));

  self->avatar = avatar;
  self->names = names;
  self->code = code;
  self->next = next;
  self->trailing = trailing;
}

void
fob_row_layout_set_reveal (FobRowLayout *self, double reveal)
{
  g_return_if_fail (FOB_IS_ROW_LAYOUT (self));

  self->reveal = reveal;
  /* Positions change, sizes do not. */
  gtk_widget_queue_allocate (gtk_layout_manager_get_widget (GTK_LAYOUT_MANAGER (self)));
}
