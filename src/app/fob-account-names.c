/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-names.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"

#define LEFT_TO_RIGHT_ISOLATE   "\xe2\x81\xa6"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"

/* The blue of GNOME's accents, thin enough for text to be read on it in both styles. */
#define MARK_RED   0x3535
#define MARK_GREEN 0x8484
#define MARK_BLUE  0xe4e4
#define MARK_ALPHA 0x5000

struct _FobAccountNames
{
  GtkWidget parent_instance;

  GtkLabel *title_label;
  GtkWidget *pinned_image;
  GtkLabel *subtitle_label;

  FobListSearch *search;
  char *title; /* without what its direction may take on screen */
};

G_DEFINE_FINAL_TYPE (FobAccountNames, fob_account_names, GTK_TYPE_WIDGET)

static void
fob_account_names_mark (FobAccountNames *self, GtkLabel *label)
{
  FobSearch *search = fob_list_search_get (self->search);
  g_autoptr (GArray) ranges = NULL;
  PangoAttrList *attributes;

  if (fob_search_is_empty (search))
    {
      gtk_label_set_attributes (label, NULL);
      return;
    }

  ranges = fob_search_find (search, gtk_label_get_text (label));
  attributes = pango_attr_list_new ();
  for (guint i = 0; i < ranges->len; i++)
    {
      const FobSearchRange *range = &g_array_index (ranges, FobSearchRange, i);
      PangoAttribute *marks[] = { pango_attr_background_new (MARK_RED, MARK_GREEN, MARK_BLUE),
                                  pango_attr_background_alpha_new (MARK_ALPHA) };

      for (gsize j = 0; j < G_N_ELEMENTS (marks); j++)
        {
          marks[j]->start_index = range->start;
          marks[j]->end_index = range->end;
          pango_attr_list_insert (attributes, marks[j]);
        }
    }
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

static void
fob_account_names_update (FobAccountNames *self)
{
  fob_account_names_mark (self, self->title_label);
  fob_account_names_mark (self, self->subtitle_label);
}

/* Numbers alone have no direction of their own: among text that runs from right to left the parts
 * of an account number would change places. */
static void
fob_account_names_show (GtkLabel *label, const char *name)
{
  g_autofree char *isolated = NULL;
  const char *letter = name;

  while (*letter != '\0' && !g_unichar_isalpha (g_utf8_get_char (letter)))
    letter = g_utf8_next_char (letter);
  if (letter > name && *letter == '\0' &&
      gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL)
    isolated = g_strconcat (LEFT_TO_RIGHT_ISOLATE, name, POP_DIRECTIONAL_ISOLATE, NULL);
  gtk_label_set_text (label, isolated != NULL ? isolated : name);
}

static void
fob_account_names_dispose (GObject *object)
{
  FobAccountNames *self = FOB_ACCOUNT_NAMES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->search);

  G_OBJECT_CLASS (fob_account_names_parent_class)->dispose (object);
}

static void
fob_account_names_finalize (GObject *object)
{
  g_clear_pointer (&FOB_ACCOUNT_NAMES (object)->title, g_free);

  G_OBJECT_CLASS (fob_account_names_parent_class)->finalize (object);
}

static void
fob_account_names_class_init (FobAccountNamesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fob_account_names_dispose;
  G_OBJECT_CLASS (klass)->finalize = fob_account_names_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/keyfob/Keyfob/fob-account-names.ui");
  gtk_widget_class_bind_template_child (widget_class, FobAccountNames, title_label);
  gtk_widget_class_bind_template_child (widget_class, FobAccountNames, pinned_image);
  gtk_widget_class_bind_template_child (widget_class, FobAccountNames, subtitle_label);
}

static void
fob_account_names_init (FobAccountNames *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
fob_account_names_set_search (FobAccountNames *self, FobListSearch *search)
{
  g_return_if_fail (FOB_IS_ACCOUNT_NAMES (self));
  g_return_if_fail (self->search == NULL);

  self->search = g_object_ref (search);
  g_signal_connect_object (search, "changed", G_CALLBACK (fob_account_names_update), self,
                           G_CONNECT_SWAPPED);
}

void
fob_account_names_set_account (FobAccountNames *self, FobAccount *account)
{
  g_autofree char *issuer = fob_display_text (fob_account_get_issuer (account));
  g_autofree char *name = fob_display_text (fob_account_get_name (account));
  const gboolean has_issuer = *issuer != '\0';
  const char *title = has_issuer ? issuer : name;

  g_return_if_fail (FOB_IS_ACCOUNT_NAMES (self));

  if (*title == '\0')
    title = _ ("Unnamed account");
  g_free (self->title);
  self->title = g_strdup (title);
  fob_account_names_show (self->title_label, title);
  fob_account_names_show (self->subtitle_label, has_issuer ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), has_issuer && *name != '\0');
  gtk_widget_set_visible (self->pinned_image, fob_account_get_pinned (account));
  fob_account_names_update (self);
}

const char *
fob_account_names_get_title (FobAccountNames *self)
{
  g_assert (FOB_IS_ACCOUNT_NAMES (self));

  return self->title != NULL ? self->title : "";
}

const char *
fob_account_names_get_subtitle (FobAccountNames *self)
{
  g_assert (FOB_IS_ACCOUNT_NAMES (self));

  return gtk_label_get_text (self->subtitle_label);
}
