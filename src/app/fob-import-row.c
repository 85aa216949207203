/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-import-row.h"

#include <glib/gi18n-lib.h>

#include "fob-code-text.h"
#include "fob-display-text.h"
#include "fob-settings.h"
#include "fob-wipe.h"

struct _FobImportRow
{
  GtkWidget parent_instance;

  GtkCheckButton *check_button;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkLabel *status_label;
  GtkLabel *code_label;

  FobClock *clock;
  FobImportItem *item;
  GBinding *binding;
  gint64 shown_step;    /* the time step whose code the label shows; -1 for none */
  gulong clock_handler; /* connected while mapped */
};

G_DEFINE_FINAL_TYPE (FobImportRow, fob_import_row, GTK_TYPE_WIDGET)

static void
fob_import_row_show_code (FobImportRow *self, FobOtp *otp, gint64 time)
{
  char code[FOB_OTP_CODE_SIZE];
  char text[FOB_CODE_TEXT_SIZE];

  if (!fob_otp_code (otp, time, code, NULL))
    {
      /* It waits for a PIN or a challenge. */
      gtk_label_set_text (self->code_label, "");
      return;
    }
  fob_code_text_group (code, fob_settings_get_group_codes (), text);
  gtk_label_set_text (self->code_label, text);
  fob_wipe (code, sizeof code);
  fob_wipe (text, sizeof text);
}

static void
fob_import_row_tick_cb (FobImportRow *self)
{
  const gint64 time = fob_clock_get_time (self->clock);
  gint64 step = 0;
  FobOtp *otp;

  if (self->item == NULL)
    return;
  otp = fob_account_get_otp (fob_import_item_get_account (self->item));
  if (fob_otp_is_time_based (otp))
    step = time / (gint64) fob_otp_get_period (otp);
  if (step == self->shown_step)
    return;

  self->shown_step = step;
  fob_import_row_show_code (self, otp, time);
}

static void
fob_import_row_map (GtkWidget *widget)
{
  FobImportRow *self = FOB_IMPORT_ROW (widget);

  GTK_WIDGET_CLASS (fob_import_row_parent_class)->map (widget);

  fob_clock_hold (self->clock);
  self->clock_handler = g_signal_connect_object (
    self->clock, "tick", G_CALLBACK (fob_import_row_tick_cb), self, G_CONNECT_SWAPPED);
  fob_import_row_tick_cb (self);
}

static void
fob_import_row_unmap (GtkWidget *widget)
{
  FobImportRow *self = FOB_IMPORT_ROW (widget);

  g_clear_signal_handler (&self->clock_handler, self->clock);
  fob_clock_release (self->clock);

  GTK_WIDGET_CLASS (fob_import_row_parent_class)->unmap (widget);
}

/* The row's name for a screen reader; the item that has the focus is the parent. */
static void
fob_import_row_update_accessible (FobImportRow *self)
{
  const char *title = gtk_label_get_text (self->title_label);
  const char *subtitle = gtk_label_get_text (self->subtitle_label);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *label = NULL;

  if (self->item == NULL || item == NULL)
    return;
  if (fob_import_item_get_selected (self->item))
    /* Translators: read by a screen reader: service, account name */
    label = g_strdup_printf (C_ ("screen reader", "%s, %s, will be imported"), title, subtitle);
  else
    /* Translators: read by a screen reader: service, account name */
    label = g_strdup_printf (C_ ("screen reader", "%s, %s, will not be imported"), title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
fob_import_row_dispose (GObject *object)
{
  FobImportRow *self = FOB_IMPORT_ROW (object);
  GtkWidget *child;

  fob_import_row_set_item (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fob_import_row_parent_class)->dispose (object);
}

static void
fob_import_row_class_init (FobImportRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_import_row_dispose;

  widget_class->map = fob_import_row_map;
  widget_class->unmap = fob_import_row_unmap;

  gtk_widget_class_set_css_name (widget_class, "importrow");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-import-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FobImportRow, check_button);
  gtk_widget_class_bind_template_child (widget_class, FobImportRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, FobImportRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, FobImportRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, FobImportRow, code_label);
}

static void
fob_import_row_init (FobImportRow *self)
{
  self->shown_step = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
fob_import_row_new (FobClock *clock)
{
  FobImportRow *self = g_object_new (FOB_TYPE_IMPORT_ROW, NULL);

  self->clock = g_object_ref (clock);

  return GTK_WIDGET (self);
}

static void
fob_import_row_show_names (FobImportRow *self, FobAccount *account)
{
  g_autofree char *issuer = fob_display_text (fob_account_get_issuer (account));
  g_autofree char *name = fob_display_text (fob_account_get_name (account));
  const char *title = *issuer != '\0' ? issuer : name;

  if (*title == '\0')
    title = _ ("Unnamed account");
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->subtitle_label, *issuer != '\0' ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), *issuer != '\0' && *name != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
fob_import_row_show_status (FobImportRow *self, FobImportItem *item)
{
  const FobImportStatus status = fob_import_item_get_status (item);
  const char *text = "";

  if (status == FOB_IMPORT_DUPLICATE)
    text = _ ("You have this one already");
  else if (status == FOB_IMPORT_CONFLICT)
    text = _ ("You have one of this name with another secret. Both can stay.");
  gtk_label_set_text (self->status_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), *text != '\0');
}

void
fob_import_row_set_item (FobImportRow *self, FobImportItem *item)
{
  g_clear_pointer (&self->binding, g_binding_unbind);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, fob_import_row_update_accessible, self);
  self->shown_step = -1;
  if (!g_set_object (&self->item, item) && item == NULL)
    return;
  if (item == NULL)
    {
      if (self->code_label != NULL)
        gtk_label_set_text (self->code_label, "");
      return;
    }

  self->binding = g_object_bind_property (item, "selected", self->check_button, "active",
                                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (item, "notify::selected", G_CALLBACK (fob_import_row_update_accessible),
                           self, G_CONNECT_SWAPPED);
  fob_import_row_show_names (self, fob_import_item_get_account (item));
  fob_import_row_show_status (self, item);
  fob_import_row_update_accessible (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fob_import_row_tick_cb (self);
}
