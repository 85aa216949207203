/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-preview.h"

#include "fob-code-text.h"
#include "fob-countdown-ring.h"
#include "fob-settings.h"
#include "fob-wipe.h"

#define PLACEHOLDER "•••\xe2\x80\x89•••"

struct _FobAccountPreview
{
  GtkBox parent_instance;

  GtkLabel *code_label;
  FobCountdownRing *ring;

  FobClock *clock;
  FobOtp *otp;
  gulong clock_handler;
};

G_DEFINE_FINAL_TYPE (FobAccountPreview, fob_account_preview, GTK_TYPE_BOX)

static void
fob_account_preview_update (FobAccountPreview *self)
{
  const gint64 now_us = fob_clock_get_time_us (self->clock);
  const gboolean timed = self->otp != NULL && fob_otp_is_time_based (self->otp);
  char code[FOB_OTP_CODE_SIZE];
  char text[FOB_CODE_TEXT_SIZE];

  gtk_widget_set_visible (GTK_WIDGET (self->ring), timed);
  if (self->otp == NULL || !fob_otp_code (self->otp, now_us / G_USEC_PER_SEC, code, NULL))
    {
      gtk_label_set_text (self->code_label, PLACEHOLDER);
      gtk_widget_add_css_class (GTK_WIDGET (self->code_label), "dim-label");
      return;
    }

  fob_code_text_group (code, fob_settings_get_group_codes (), text);
  gtk_label_set_text (self->code_label, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->code_label), "dim-label");
  fob_wipe (code, sizeof code);
  fob_wipe (text, sizeof text);
  if (timed)
    {
      const gint64 period_us = (gint64) fob_otp_get_period (self->otp) * G_USEC_PER_SEC;

      fob_countdown_ring_set_time (self->ring, period_us - now_us % period_us, period_us);
    }
}

static void
fob_account_preview_map (GtkWidget *widget)
{
  FobAccountPreview *self = FOB_ACCOUNT_PREVIEW (widget);

  GTK_WIDGET_CLASS (fob_account_preview_parent_class)->map (widget);

  fob_clock_hold (self->clock);
  self->clock_handler =
    g_signal_connect_swapped (self->clock, "tick", G_CALLBACK (fob_account_preview_update), self);
}

static void
fob_account_preview_unmap (GtkWidget *widget)
{
  FobAccountPreview *self = FOB_ACCOUNT_PREVIEW (widget);

  g_clear_signal_handler (&self->clock_handler, self->clock);
  fob_clock_release (self->clock);

  GTK_WIDGET_CLASS (fob_account_preview_parent_class)->unmap (widget);
}

static void
fob_account_preview_finalize (GObject *object)
{
  FobAccountPreview *self = FOB_ACCOUNT_PREVIEW (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->otp, fob_otp_unref);

  G_OBJECT_CLASS (fob_account_preview_parent_class)->finalize (object);
}

static void
fob_account_preview_class_init (FobAccountPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_account_preview_finalize;

  widget_class->map = fob_account_preview_map;
  widget_class->unmap = fob_account_preview_unmap;

  g_type_ensure (FOB_TYPE_COUNTDOWN_RING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, FobAccountPreview, code_label);
  gtk_widget_class_bind_template_child (widget_class, FobAccountPreview, ring);
}

static void
fob_account_preview_init (FobAccountPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->code_label), GTK_TEXT_DIR_LTR);
}

void
fob_account_preview_set_clock (FobAccountPreview *self, FobClock *clock)
{
  g_return_if_fail (FOB_IS_ACCOUNT_PREVIEW (self) && self->clock == NULL);

  self->clock = g_object_ref (clock);
}

void
fob_account_preview_set_otp (FobAccountPreview *self, FobOtp *otp)
{
  g_return_if_fail (FOB_IS_ACCOUNT_PREVIEW (self));

  g_clear_pointer (&self->otp, fob_otp_unref);
  self->otp = otp != NULL ? fob_otp_ref (otp) : NULL;
  fob_account_preview_update (self);
}
