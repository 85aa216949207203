/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-strength-meter.h"

#include <glib/gi18n-lib.h>

#include "fob-passphrase-strength.h"

struct _FobStrengthMeter
{
  GtkWidget parent_instance;

  GtkLevelBar *bar;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FobStrengthMeter, fob_strength_meter, GTK_TYPE_WIDGET)

static const char *
get_word (FobPassphraseStrength strength)
{
  switch (strength)
    {
    case FOB_PASSPHRASE_STRENGTH_WEAK:
      return C_ ("strength of a passphrase", "Weak: easily guessed");
    case FOB_PASSPHRASE_STRENGTH_FAIR:
      return C_ ("strength of a passphrase", "Fair: add another word");
    case FOB_PASSPHRASE_STRENGTH_GOOD:
      return C_ ("strength of a passphrase", "Good");
    case FOB_PASSPHRASE_STRENGTH_STRONG:
      return C_ ("strength of a passphrase", "Strong");
    case FOB_PASSPHRASE_STRENGTH_NONE:
    default:
      return "";
    }
}

void
fob_strength_meter_show (FobStrengthMeter *self, const char *passphrase)
{
  FobPassphraseStrength strength;

  g_return_if_fail (FOB_IS_STRENGTH_METER (self));

  strength = fob_passphrase_strength_estimate (passphrase);
  gtk_level_bar_set_value (self->bar, strength);
  gtk_label_set_text (self->label, get_word (strength));
}

static void
fob_strength_meter_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (fob_strength_meter_parent_class)->dispose (object);
}

static void
fob_strength_meter_class_init (FobStrengthMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fob_strength_meter_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
fob_strength_meter_init (FobStrengthMeter *self)
{
  static const char *const offsets[] = { GTK_LEVEL_BAR_OFFSET_LOW, GTK_LEVEL_BAR_OFFSET_HIGH,
                                         GTK_LEVEL_BAR_OFFSET_FULL };
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->bar = GTK_LEVEL_BAR (gtk_level_bar_new_for_interval (0, FOB_PASSPHRASE_STRENGTH_STRONG));
  gtk_level_bar_set_mode (self->bar, GTK_LEVEL_BAR_MODE_DISCRETE);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    gtk_level_bar_add_offset_value (self->bar, offsets[i],
                                    (double) (FOB_PASSPHRASE_STRENGTH_FAIR + i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Strength of the passphrase"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
}
