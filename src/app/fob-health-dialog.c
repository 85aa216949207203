/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-health-dialog.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gi18n-lib.h>

#include "fob-health-check.h"

struct _FobHealthDialog
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwPreferencesPage *page;
  GtkWidget *well_group;
  AdwPreferencesGroup *todo_group;
  AdwPreferencesGroup *done_group;

  GCancellable *cancellable;
};

enum
{
  SIGNAL_BACKUPS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobHealthDialog, fob_health_dialog, ADW_TYPE_WINDOW)

/* What to do about it, here in the window; the doctor's own words are for the command line. */
static const char *
get_advice (const FobFinding *finding)
{
  static const struct
  {
    const char *id;
    const char *advice;
  } advices[] = {
    { "clock", N_ ("Services refuse codes that are made with a wrong clock. Switch automatic time "
                   "on in the system’s settings.") },
    { "backup", N_ ("With a backup in another place, your accounts survive this computer.") },
    { "duplicates", N_ ("If they were imported twice, delete one of each.") },
    { "weak-secrets", N_ ("The services chose them. Some give a longer one when two-step login is "
                          "set up anew.") },
    { "accounts", N_ ("A newer Keyfob may know what they are.") },
  };

  if (finding->severity == FOB_SEVERITY_OK)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (advices); i++)
    {
      if (g_str_equal (advices[i].id, finding->id))
        return _ (advices[i].advice);
    }

  return finding->advice;
}

static const char *
get_icon (FobSeverity severity)
{
  switch (severity)
    {
    case FOB_SEVERITY_OK:
      return "emblem-ok-symbolic";
    case FOB_SEVERITY_PROBLEM:
      return "dialog-error-symbolic";
    case FOB_SEVERITY_UNKNOWN:
      return "dialog-question-symbolic";
    case FOB_SEVERITY_WARNING:
    default:
      return "dialog-warning-symbolic";
    }
}

static const char *
get_label (FobSeverity severity)
{
  switch (severity)
    {
    case FOB_SEVERITY_OK:
      return C_ ("health", "In order");
    case FOB_SEVERITY_PROBLEM:
      return C_ ("health", "Problem");
    case FOB_SEVERITY_UNKNOWN:
      return C_ ("health", "Not known");
    case FOB_SEVERITY_WARNING:
    default:
      return C_ ("health", "Warning");
    }
}

/* Doing something about it */

static GDesktopAppInfo *
find_clock_settings (void)
{
  static const char *const ids[] = { "gnome-datetime-panel.desktop", "gnome-system-panel.desktop" };
  GDesktopAppInfo *info = NULL;

  for (gsize i = 0; info == NULL && i < G_N_ELEMENTS (ids); i++)
    info = g_desktop_app_info_new (ids[i]);

  return info;
}

static void
fob_health_dialog_clock_cb (FobHealthDialog *self)
{
  g_autoptr (GDesktopAppInfo) info = find_clock_settings ();
  g_autoptr (GdkAppLaunchContext) context =
    gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GError) error = NULL;

  if (info != NULL &&
      !g_app_info_launch (G_APP_INFO (info), NULL, G_APP_LAUNCH_CONTEXT (context), &error))
    g_debug ("The settings do not open: %s", error->message);
}

static void
fob_health_dialog_backups_cb (FobHealthDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_BACKUPS], 0);
}

/* Returns: (nullable) */
static GtkWidget *
fob_health_dialog_create_button (FobHealthDialog *self, const FobFinding *finding)
{
  g_autoptr (GDesktopAppInfo) settings = find_clock_settings ();
  GtkWidget *button = NULL;

  if (g_str_equal (finding->id, "backup"))
    {
      button = gtk_button_new_with_mnemonic (_ ("_Backups…"));
      g_signal_connect_object (button, "clicked", G_CALLBACK (fob_health_dialog_backups_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else if (g_str_equal (finding->id, "clock") && settings != NULL)
    {
      button = gtk_button_new_with_mnemonic (_ ("_Settings"));
      g_signal_connect_object (button, "clicked", G_CALLBACK (fob_health_dialog_clock_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (button != NULL)
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

/* Rows */

static void
fob_health_dialog_add_finding (FobHealthDialog *self, const FobFinding *finding)
{
  const gboolean ok = finding->severity == FOB_SEVERITY_OK;
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *icon = gtk_image_new_from_icon_name (get_icon (finding->severity));
  const char *advice = get_advice (finding);
  GtkWidget *button = ok ? NULL : fob_health_dialog_create_button (self, finding);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_label (finding->severity), -1);
  gtk_widget_add_css_class (icon, ok ? "success" : "warning");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), finding->sentence);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  if (advice != NULL)
    adw_action_row_set_subtitle (row, advice);
  adw_action_row_add_prefix (row, icon);
  if (button != NULL)
    adw_action_row_add_suffix (row, button);
  adw_preferences_group_add (ok ? self->done_group : self->todo_group, GTK_WIDGET (row));
}

static void
fob_health_dialog_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FobHealthDialog) self = user_data;
  g_autoptr (GPtrArray) findings = fob_health_check_finish (result, NULL);
  guint n_todo = 0;

  if (findings == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  for (guint i = 0; i < findings->len; i++)
    {
      const FobFinding *finding = findings->pdata[i];

      n_todo += finding->severity != FOB_SEVERITY_OK ? 1 : 0;
      fob_health_dialog_add_finding (self, finding);
    }
  gtk_widget_set_visible (self->well_group, n_todo == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->todo_group), n_todo > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->done_group), n_todo < findings->len);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->page));
}

/* Widget */

static void
fob_health_dialog_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (FOB_HEALTH_DIALOG (widget)->cancellable);

  GTK_WIDGET_CLASS (fob_health_dialog_parent_class)->unrealize (widget);
}

static void
fob_health_dialog_finalize (GObject *object)
{
  g_clear_object (&FOB_HEALTH_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (fob_health_dialog_parent_class)->finalize (object);
}

static void
fob_health_dialog_class_init (FobHealthDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fob_health_dialog_finalize;
  widget_class->unrealize = fob_health_dialog_unrealize;

  signals[SIGNAL_BACKUPS] = g_signal_new ("backups", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-health-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FobHealthDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FobHealthDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, FobHealthDialog, page);
  gtk_widget_class_bind_template_child (widget_class, FobHealthDialog, well_group);
  gtk_widget_class_bind_template_child (widget_class, FobHealthDialog, todo_group);
  gtk_widget_class_bind_template_child (widget_class, FobHealthDialog, done_group);
}

static void
fob_health_dialog_init (FobHealthDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

FobHealthDialog *
fob_health_dialog_new (FobVault *vault)
{
  FobHealthDialog *self = g_object_new (FOB_TYPE_HEALTH_DIALOG, NULL);

  fob_health_check_async (vault, self->cancellable, fob_health_dialog_checked_cb,
                          g_object_ref (self));

  return self;
}
