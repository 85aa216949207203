/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fob-account-badge.h"
#include "fob-account-names.h"
#include "fob-code-text.h"
#include "fob-countdown-ring.h"
#include "fob-row-layout.h"
#include "fob-settings.h"
#include "fob-wipe.h"

#define REVEAL_DURATION_MS 250
/* Time to read a code and type it, where codes are hidden. */
#define REVEALED_SECONDS    15
#define NO_CODE_PLACEHOLDER "•••\xe2\x80\x89•••"

struct _FobAccountRow
{
  GtkWidget parent_instance;

  FobAccountBadge *badge;
  FobAccountNames *names;
  GtkLabel *code_label;
  GtkLabel *next_label;
  GtkWidget *trailing_box;
  FobCountdownRing *countdown_ring;
  GtkWidget *counter_button;
  GtkWidget *menu_button;
  GMenuModel *row_menu;
  GtkWidget *menu_popover; /* while it is open */

  FobClock *clock;
  FobCounterCodes *counter_codes;
  FobAccount *account;
  AdwAnimation *reveal_animation;
  FobRowLayout *layout;
  double reveal;        /* how far the next code is shown, 0 to 1 */
  gboolean next_shown;  /* where the reveal is heading */
  gint64 shown_step;    /* the time step whose code the label shows; -1 for none */
  gulong clock_handler; /* connected while mapped */
  guint reveal_source;  /* hides the code again; 0 while it is hidden, if codes are */
};

G_DEFINE_FINAL_TYPE (FobAccountRow, fob_account_row, GTK_TYPE_WIDGET)

/* Codes */

/* Those of counters are shown when somebody asks for them, and not before. */
static gboolean
fob_account_row_is_hidden (FobAccountRow *self)
{
  return self->reveal_source == 0 && fob_settings_get_hide_codes () &&
         fob_otp_is_time_based (fob_account_get_otp (self->account));
}

static void
fob_account_row_set_code (FobAccountRow *self, const char *code)
{
  char text[FOB_CODE_TEXT_SIZE];

  fob_code_text_group (code, fob_settings_get_group_codes (), text);
  gtk_label_set_text (self->code_label, text);
  fob_wipe (text, sizeof text);
}

/* The row's name for a screen reader; the item that has the focus is the parent. */
static void
fob_account_row_update_accessible (FobAccountRow *self, const char *code)
{
  const char *title = fob_account_names_get_title (self->names);
  const char *subtitle = fob_account_names_get_subtitle (self->names);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_auto (FobWipedString) label = NULL;
  char spelled[FOB_CODE_TEXT_SIZE] = "";

  if (code != NULL)
    fob_code_text_spell (code, spelled);
  if (fob_account_row_is_hidden (self))
    /* Translators: read by a screen reader: service, account name */
    label = g_strdup_printf (C_ ("screen reader", "%s, %s, code hidden"), title, subtitle);
  else if (code == NULL)
    /* Translators: read by a screen reader: service, account name */
    label = g_strdup_printf (C_ ("screen reader", "%s, %s, no code yet"), title, subtitle);
  else if (*subtitle == '\0')
    /* Translators: read by a screen reader: service, code digit by digit */
    label = g_strdup_printf (C_ ("screen reader", "%s, code %s"), title, spelled);
  else
    /* Translators: read by a screen reader: service, account name, code digit by digit */
    label = g_strdup_printf (C_ ("screen reader", "%s, %s, code %s"), title, subtitle, spelled);
  fob_wipe (spelled, sizeof spelled);

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}

static void
fob_account_row_show_otp_code (FobAccountRow *self, FobOtp *otp, gint64 time)
{
  char code[FOB_OTP_CODE_SIZE];

  if (otp != NULL && !fob_account_row_is_hidden (self) && fob_otp_code (otp, time, code, NULL))
    {
      fob_account_row_set_code (self, code);
      fob_account_row_update_accessible (self, code);
      fob_wipe (code, sizeof code);
      gtk_widget_remove_css_class (GTK_WIDGET (self->code_label), "dim-label");
    }
  else
    {
      gtk_label_set_text (self->code_label, NO_CODE_PLACEHOLDER);
      fob_account_row_update_accessible (self, NULL);
      gtk_widget_add_css_class (GTK_WIDGET (self->code_label), "dim-label");
    }
}

static void
fob_account_row_set_next_shown (FobAccountRow *self, FobOtp *otp, gint64 time, gboolean shown)
{
  char code[FOB_OTP_CODE_SIZE];
  char text[FOB_CODE_TEXT_SIZE];

  if (self->next_shown == shown)
    return;

  self->next_shown = shown;
  if (shown && fob_otp_code (otp, time + (gint64) fob_otp_get_period (otp), code, NULL))
    {
      const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
      g_auto (FobWipedString) label = NULL;
      g_auto (FobWipedString) spoken = NULL;

      fob_code_text_group (code, fob_settings_get_group_codes (), text);
      label = rtl ? g_strconcat (text, " ←", NULL) : g_strconcat ("→ ", text, NULL);
      gtk_label_set_text (self->next_label, label);
      fob_code_text_spell (code, text);
      /* Translators: read by a screen reader: the code that comes after the one on screen */
      spoken = g_strdup_printf (C_ ("screen reader", "Next code %s"), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->next_label),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      fob_wipe (code, sizeof code);
      fob_wipe (text, sizeof text);
    }
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->reveal_animation), self->reveal);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->reveal_animation), shown ? 1 : 0);
  adw_animation_play (self->reveal_animation);
}

static void
fob_account_row_update_time_based (FobAccountRow *self, FobOtp *otp)
{
  const gint64 now_us = fob_clock_get_time_us (self->clock);
  const gint64 now = now_us / G_USEC_PER_SEC;
  const gint64 period = (gint64) fob_otp_get_period (otp);
  const gint64 period_us = period * G_USEC_PER_SEC;
  const gint64 left_us = period_us - now_us % period_us;
  const gint64 step = now / period;
  gboolean ending;

  if (step != self->shown_step)
    {
      fob_account_row_set_next_shown (self, otp, now, FALSE);
      fob_account_row_show_otp_code (self, otp, now);
      self->shown_step = step;
    }

  fob_countdown_ring_set_time (self->countdown_ring, left_us, period_us);
  ending = left_us <= (gint64) fob_settings_get_next_code_seconds () * G_USEC_PER_SEC;
  fob_account_row_set_next_shown (self, otp, now, ending && !fob_account_row_is_hidden (self));
  ending = left_us <= FOB_COUNTDOWN_RING_WARNING_SECONDS * (gint64) G_USEC_PER_SEC;
  if (ending)
    gtk_widget_add_css_class (GTK_WIDGET (self->code_label), "ending");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->code_label), "ending");
}

/* Rows that a list keeps around for scrolling are mapped but outside of what is seen. */
static gboolean
fob_account_row_is_seen (FobAccountRow *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_BASE);
  graphene_rect_t bounds;

  if (list == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (self), list, &bounds))
    return TRUE;

  return bounds.origin.y < (float) gtk_widget_get_height (list) &&
         bounds.origin.y + bounds.size.height > 0;
}

static void
fob_account_row_update (FobAccountRow *self)
{
  FobOtp *otp;

  if (self->account == NULL)
    return;

  otp = fob_account_get_otp (self->account);
  if (fob_otp_is_time_based (otp))
    fob_account_row_update_time_based (self, otp);
  else
    fob_account_row_show_otp_code (
      self, fob_counter_codes_lookup (self->counter_codes, fob_account_get_id (self->account)), 0);
}

/* Callbacks */

static void
fob_account_row_tick_cb (FobAccountRow *self)
{
  if (self->account != NULL && fob_otp_is_time_based (fob_account_get_otp (self->account)) &&
      fob_account_row_is_seen (self))
    fob_account_row_update (self);
}

static void
fob_account_row_counter_changed_cb (FobAccountRow *self, const char *account_id)
{
  if (self->account != NULL && g_str_equal (fob_account_get_id (self->account), account_id))
    fob_account_row_update (self);
}

static void
fob_account_row_reveal_cb (double value, gpointer user_data)
{
  FobAccountRow *self = user_data;

  self->reveal = value;
  gtk_widget_set_opacity (GTK_WIDGET (self->next_label), value);
  if (value <= 0)
    gtk_label_set_text (self->next_label, "");
  fob_row_layout_set_reveal (self->layout, value);
}

static gboolean
fob_account_row_unparent_menu_cb (gpointer user_data)
{
  gtk_widget_unparent (GTK_WIDGET (user_data));

  return G_SOURCE_REMOVE;
}

static void
fob_account_row_menu_closed_cb (FobAccountRow *self, GtkWidget *popover)
{
  if (self->menu_popover != popover)
    return;

  self->menu_popover = NULL;
  /* The item that was chosen is activated after this, through the popover's place in the tree. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fob_account_row_unparent_menu_cb,
                   g_object_ref (popover), g_object_unref);
}

static void
fob_account_row_open_menu (FobAccountRow *self, const GdkRectangle *at)
{
  if (self->account == NULL || self->menu_popover != NULL)
    return;

  self->menu_popover = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_widget_set_parent (self->menu_popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu_popover), at);
  gtk_popover_set_position (GTK_POPOVER (self->menu_popover), GTK_POS_BOTTOM);
  g_signal_connect_object (self->menu_popover, "closed",
                           G_CALLBACK (fob_account_row_menu_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->menu_popover));
}

static void
fob_account_row_right_click_cb (FobAccountRow *self, int n_press, double x, double y)
{
  fob_account_row_open_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
fob_account_row_long_press_cb (FobAccountRow *self, double x, double y)
{
  fob_account_row_open_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
fob_account_row_menu_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  fob_account_row_popup_menu (FOB_ACCOUNT_ROW (widget));
}

/* row.copy → win.copy with the account's id, and so on. */
static void
fob_account_row_forward_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FobAccountRow *self = FOB_ACCOUNT_ROW (widget);
  g_autofree char *window_action = NULL;

  if (self->account == NULL)
    return;

  window_action = g_strconcat ("win.", action_name + strlen ("row."), NULL);
  gtk_widget_activate_action (widget, window_action, "s", fob_account_get_id (self->account));
}

/* Hiding */

static void
fob_account_row_show_again (FobAccountRow *self)
{
  /* So that all of it is shown anew. */
  self->shown_step = -1;
  fob_account_row_update (self);
}

static void
fob_account_row_stop_reveal (FobAccountRow *self)
{
  g_clear_handle_id (&self->reveal_source, g_source_remove);
}

static gboolean
fob_account_row_hide_cb (gpointer user_data)
{
  FobAccountRow *self = user_data;

  self->reveal_source = 0;
  fob_account_row_show_again (self);

  return G_SOURCE_REMOVE;
}

void
fob_account_row_reveal (FobAccountRow *self)
{
  g_return_if_fail (FOB_IS_ACCOUNT_ROW (self));

  if (!fob_settings_get_hide_codes ())
    return;
  fob_account_row_stop_reveal (self);
  self->reveal_source = g_timeout_add_seconds (REVEALED_SECONDS, fob_account_row_hide_cb, self);
  fob_account_row_show_again (self);
}

/* Widget */

static void
fob_account_row_map (GtkWidget *widget)
{
  FobAccountRow *self = FOB_ACCOUNT_ROW (widget);

  GTK_WIDGET_CLASS (fob_account_row_parent_class)->map (widget);

  fob_clock_hold (self->clock);
  self->clock_handler =
    g_signal_connect_swapped (self->clock, "tick", G_CALLBACK (fob_account_row_tick_cb), self);
  fob_account_row_update (self);
}

static void
fob_account_row_unmap (GtkWidget *widget)
{
  FobAccountRow *self = FOB_ACCOUNT_ROW (widget);

  g_clear_signal_handler (&self->clock_handler, self->clock);
  fob_clock_release (self->clock);

  GTK_WIDGET_CLASS (fob_account_row_parent_class)->unmap (widget);
}

static void
fob_account_row_dispose (GObject *object)
{
  FobAccountRow *self = FOB_ACCOUNT_ROW (object);
  GtkWidget *child;

  if (self->reveal_animation != NULL)
    adw_animation_reset (self->reveal_animation);
  g_clear_object (&self->reveal_animation);
  self->menu_popover = NULL;
  fob_account_row_stop_reveal (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);
  g_clear_object (&self->counter_codes);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fob_account_row_parent_class)->dispose (object);
}

static void
fob_account_row_class_init (FobAccountRowClass *klass)
{
  static const char *const forwarded[] = {
    "row.copy",   "row.copy-next",    "row.edit",    "row.pin",           "row.unpin",
    "row.delete", "row.next-counter", "row.show-qr", "row.select-account"
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fob_account_row_dispose;

  widget_class->map = fob_account_row_map;
  widget_class->unmap = fob_account_row_unmap;

  g_type_ensure (FOB_TYPE_ACCOUNT_BADGE);
  g_type_ensure (FOB_TYPE_ACCOUNT_NAMES);
  g_type_ensure (FOB_TYPE_COUNTDOWN_RING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-row.ui");
  gtk_widget_class_set_css_name (widget_class, "accountrow");
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, badge);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, names);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, code_label);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, next_label);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, trailing_box);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, countdown_ring);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, counter_button);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FobAccountRow, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_row_right_click_cb);
  gtk_widget_class_bind_template_callback (widget_class, fob_account_row_long_press_cb);

  gtk_widget_class_install_action (widget_class, "row.menu", NULL, fob_account_row_menu_action);
  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_install_action (widget_class, forwarded[i], NULL,
                                     fob_account_row_forward_action);
}

/* The button takes the next code of a counter, or asks for the challenge that a code answers. */
static void
fob_account_row_update_button (FobAccountRow *self, FobOtp *otp)
{
  const gboolean asks = fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA;
  const char *label = asks ? _ ("Answer a Challenge…") : _ ("Next Code");

  gtk_widget_set_visible (self->counter_button, !fob_otp_is_time_based (otp));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->counter_button),
                                  asks ? "row.copy" : "row.next-counter");
  gtk_button_set_icon_name (GTK_BUTTON (self->counter_button),
                            asks ? "dialog-password-symbolic" : "view-refresh-symbolic");
  gtk_widget_set_tooltip_text (self->counter_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->counter_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
fob_account_row_init (FobAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->shown_step = -1;
  self->layout = fob_row_layout_new ();
  fob_row_layout_set_children (self->layout, GTK_WIDGET (self->badge), GTK_WIDGET (self->names),
                               GTK_WIDGET (self->code_label), GTK_WIDGET (self->next_label),
                               self->trailing_box);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), GTK_LAYOUT_MANAGER (self->layout));
  /* Groups of digits keep their order among text that runs from right to left. */
  gtk_widget_set_direction (GTK_WIDGET (self->code_label), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->next_label), GTK_TEXT_DIR_LTR);
  self->reveal_animation = adw_timed_animation_new (
    GTK_WIDGET (self), 0, 1, REVEAL_DURATION_MS,
    adw_callback_animation_target_new (fob_account_row_reveal_cb, self, NULL));
}

GtkWidget *
fob_account_row_new (FobClock *clock,
                     FobCounterCodes *counter_codes,
                     FobSelection *selection,
                     FobListSearch *search)
{
  FobAccountRow *self = g_object_new (FOB_TYPE_ACCOUNT_ROW, NULL);

  self->clock = g_object_ref (clock);
  self->counter_codes = g_object_ref (counter_codes);
  fob_account_badge_set_selection (self->badge, selection);
  fob_account_names_set_search (self->names, search);
  fob_settings_connect ("hide-codes", G_CALLBACK (fob_account_row_show_again), self);
  fob_settings_connect ("group-codes", G_CALLBACK (fob_account_row_show_again), self);
  g_signal_connect_object (counter_codes, "changed",
                           G_CALLBACK (fob_account_row_counter_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
fob_account_row_set_account (FobAccountRow *self, FobAccount *account)
{
  FobOtp *otp;
  gboolean time_based;
  gboolean pinned;

  g_return_if_fail (FOB_IS_ACCOUNT_ROW (self));

  if (account == NULL || self->account == NULL ||
      !g_str_equal (fob_account_get_id (account), fob_account_get_id (self->account)))
    fob_account_row_stop_reveal (self);
  g_set_object (&self->account, account);
  self->shown_step = -1;
  self->next_shown = FALSE;
  adw_animation_reset (self->reveal_animation);
  fob_account_row_reveal_cb (0, self);
  if (account == NULL)
    {
      gtk_label_set_text (self->code_label, "");
      return;
    }

  otp = fob_account_get_otp (account);
  time_based = fob_otp_is_time_based (otp);
  pinned = fob_account_get_pinned (account);
  fob_account_names_set_account (self->names, account);
  fob_account_badge_set_account (self->badge, account, fob_account_names_get_title (self->names));
  gtk_widget_set_visible (GTK_WIDGET (self->countdown_ring), time_based);
  fob_account_row_update_button (self, otp);
  gtk_widget_remove_css_class (GTK_WIDGET (self->code_label), "ending");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.copy-next", time_based);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.next-counter",
                                 fob_otp_get_kind (otp) == FOB_OTP_KIND_HOTP);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.pin", !pinned);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.unpin", pinned);
  fob_account_row_update (self);
}

FobAccount *
fob_account_row_get_account (FobAccountRow *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_ROW (self), NULL);

  return self->account;
}

void
fob_account_row_set_hint (FobAccountRow *self, guint number)
{
  g_return_if_fail (FOB_IS_ACCOUNT_ROW (self));

  fob_account_badge_set_hint (self->badge, number);
}

void
fob_account_row_popup_menu (FobAccountRow *self)
{
  graphene_rect_t bounds;

  g_return_if_fail (FOB_IS_ACCOUNT_ROW (self));

  if (gtk_widget_compute_bounds (self->menu_button, GTK_WIDGET (self), &bounds))
    fob_account_row_open_menu (self, &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                      (int) bounds.size.width,
                                                      (int) bounds.size.height });
}
