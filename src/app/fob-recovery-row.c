/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-recovery-row.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-wipe.h"

#define DOTS "••••••••"

struct _FobRecoveryRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *used_check;
  GtkButton *copy_button;

  FobSecret *text;
};

enum
{
  SIGNAL_TOGGLED,
  SIGNAL_COPY,
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobRecoveryRow, fob_recovery_row, ADW_TYPE_ACTION_ROW)

static void
fob_recovery_row_toggled_cb (FobRecoveryRow *self)
{
  if (fob_recovery_row_get_used (self))
    gtk_widget_add_css_class (GTK_WIDGET (self), "used");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "used");
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

static void
fob_recovery_row_copy_cb (FobRecoveryRow *self)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0);
}

static void
fob_recovery_row_remove_cb (FobRecoveryRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
fob_recovery_row_finalize (GObject *object)
{
  FobRecoveryRow *self = FOB_RECOVERY_ROW (object);

  g_clear_pointer (&self->text, fob_secret_unref);

  G_OBJECT_CLASS (fob_recovery_row_parent_class)->finalize (object);
}

static void
fob_recovery_row_class_init (FobRecoveryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_recovery_row_finalize;

  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COPY] = g_signal_new ("copy", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-recovery-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryRow, used_check);
  gtk_widget_class_bind_template_child (widget_class, FobRecoveryRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_row_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_row_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_recovery_row_remove_cb);
}

static void
fob_recovery_row_init (FobRecoveryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FobRecoveryRow *
fob_recovery_row_new (const FobRecoveryCode *code)
{
  FobRecoveryRow *self = g_object_new (FOB_TYPE_RECOVERY_ROW, NULL);

  self->text = fob_secret_ref (code->text);
  gtk_check_button_set_active (self->used_check, code->used);

  return self;
}

gboolean
fob_recovery_row_get_used (FobRecoveryRow *self)
{
  g_return_val_if_fail (FOB_IS_RECOVERY_ROW (self), FALSE);

  return gtk_check_button_get_active (self->used_check);
}

FobSecret *
fob_recovery_row_get_text (FobRecoveryRow *self)
{
  g_return_val_if_fail (FOB_IS_RECOVERY_ROW (self), NULL);

  return self->text;
}

void
fob_recovery_row_set_hidden (FobRecoveryRow *self, gboolean hidden)
{
  gsize size;
  const char *data;
  g_auto (FobWipedString) text = NULL;
  g_auto (FobWipedString) shown = NULL;

  g_return_if_fail (FOB_IS_RECOVERY_ROW (self));

  data = fob_secret_get_data (self->text, &size);
  text = g_strndup (data, size);
  shown = fob_display_text (text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), hidden ? DOTS : shown);
}

void
fob_recovery_row_set_copied (FobRecoveryRow *self, gboolean copied)
{
  const char *label = copied ? _ ("Copied") : _ ("Copy Code");

  g_return_if_fail (FOB_IS_RECOVERY_ROW (self));

  gtk_button_set_icon_name (self->copy_button,
                            copied ? "object-select-symbolic" : "edit-copy-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}
