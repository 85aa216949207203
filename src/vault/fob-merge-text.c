/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-merge-text.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"

typedef struct
{
  guint field;
  const char *plan;
  const char *history;
} FieldText;

static const FieldText field_texts[] = {
  { FOB_MERGE_FIELD_ISSUER, N_ ("The name of the service will change"),
    N_ ("The name of the service was changed since") },
  { FOB_MERGE_FIELD_NAME, N_ ("The account name will change"),
    N_ ("The account name was changed since") },
  { FOB_MERGE_FIELD_TOKEN, N_ ("The secret or its settings will change"),
    N_ ("The secret or its settings were changed since") },
  { FOB_MERGE_FIELD_COUNTER, N_ ("The counter will move on"), N_ ("The counter moved on since") },
  { FOB_MERGE_FIELD_NOTE, N_ ("The note will change"), N_ ("The note was changed since") },
  { FOB_MERGE_FIELD_PIN, N_ ("Whether it is pinned will change"),
    N_ ("Whether it is pinned was changed since") },
  { FOB_MERGE_FIELD_TAGS, N_ ("The tags will change"), N_ ("The tags were changed since") },
  { FOB_MERGE_FIELD_ICON, N_ ("The icon will change"), N_ ("The icon was changed since") },
  { FOB_MERGE_FIELD_RECOVERY, N_ ("The recovery codes will change"),
    N_ ("The recovery codes were changed since") },
};

static const char *
describe_change (guint fields, gboolean plan)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_texts); i++)
    {
      if (fields == field_texts[i].field)
        return plan ? _ (field_texts[i].plan) : _ (field_texts[i].history);
    }
  if ((fields & FOB_MERGE_FIELD_TOKEN) != 0)
    return plan ? _ ("The secret and other things will change")
                : _ ("The secret and other things were changed since");

  return plan ? _ ("Several things will change") : _ ("Several things were changed since");
}

const char *
fob_merge_text_describe (const FobMergeItem *item, FobMergeTense tense)
{
  const gboolean plan = tense == FOB_MERGE_TENSE_PLAN;

  switch (item->status)
    {
    case FOB_MERGE_NEW:
      return plan ? _ ("Will be added") : _ ("Was there then, and is not now");
    case FOB_MERGE_CHANGED:
      return describe_change (item->fields, plan);
    case FOB_MERGE_REMOVED:
      return plan ? _ ("Will go to the trash") : _ ("Was added since");
    case FOB_MERGE_KEPT:
      if (!plan)
        return describe_change (item->fields, FALSE);
      return item->ours != NULL ? _ ("Stays as it is here, where it was changed later")
                                : _ ("Stays deleted");

    case FOB_MERGE_IDENTICAL:
    case FOB_MERGE_N_STATUSES:
    default:
      return _ ("Is the same");
    }
}

/* @text: (transfer full) */
static void
add_line (GString *lines, guint n, char *text)
{
  if (n > 0)
    {
      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, text);
    }
  g_free (text);
}

static void
summarise_plan (FobMerge *merge, GString *lines)
{
  const guint n_new = fob_merge_count (merge, FOB_MERGE_NEW);
  const guint n_changed = fob_merge_count (merge, FOB_MERGE_CHANGED);
  const guint n_removed = fob_merge_count (merge, FOB_MERGE_REMOVED);
  const guint n_kept = fob_merge_count (merge, FOB_MERGE_KEPT);
  const guint n_same = fob_merge_count (merge, FOB_MERGE_IDENTICAL);

  add_line (lines, n_new,
            g_strdup_printf (
              ngettext ("%u account will be added.", "%u accounts will be added.", n_new), n_new));
  add_line (
    lines, n_changed,
    g_strdup_printf (ngettext ("%u account will change.", "%u accounts will change.", n_changed),
                     n_changed));
  add_line (lines, n_removed,
            g_strdup_printf (ngettext ("%u account will go to the trash.",
                                       "%u accounts will go to the trash.", n_removed),
                             n_removed));
  add_line (lines, n_kept,
            g_strdup_printf (ngettext ("%u account differs and stays as it is here.",
                                       "%u accounts differ and stay as they are here.", n_kept),
                             n_kept));
  add_line (lines, n_same,
            g_strdup_printf (
              ngettext ("%u account is the same.", "%u accounts are the same.", n_same), n_same));
}

static void
summarise_history (FobMerge *merge, GString *lines)
{
  const guint n_new = fob_merge_count (merge, FOB_MERGE_NEW);
  const guint n_changed =
    fob_merge_count (merge, FOB_MERGE_CHANGED) + fob_merge_count (merge, FOB_MERGE_KEPT);
  const guint n_removed = fob_merge_count (merge, FOB_MERGE_REMOVED);
  const guint n_same = fob_merge_count (merge, FOB_MERGE_IDENTICAL);

  add_line (lines, n_new,
            g_strdup_printf (
              ngettext ("%u account is gone since.", "%u accounts are gone since.", n_new), n_new));
  add_line (lines, n_changed,
            g_strdup_printf (ngettext ("%u account was changed since.",
                                       "%u accounts were changed since.", n_changed),
                             n_changed));
  add_line (lines, n_removed,
            g_strdup_printf (ngettext ("%u account was added since.",
                                       "%u accounts were added since.", n_removed),
                             n_removed));
  add_line (lines, n_same,
            g_strdup_printf (
              ngettext ("%u account is the same.", "%u accounts are the same.", n_same), n_same));
}

char *
fob_merge_text_summarise (FobMerge *merge, FobMergeTense tense)
{
  const guint n_unreadable = fob_merge_get_n_unreadable (merge);
  GString *lines = g_string_new (NULL);

  if (tense == FOB_MERGE_TENSE_PLAN)
    summarise_plan (merge, lines);
  else
    summarise_history (merge, lines);
  add_line (lines, n_unreadable,
            g_strdup_printf (ngettext ("%u entry could not be read and does not come along.",
                                       "%u entries could not be read and do not come along.",
                                       n_unreadable),
                             n_unreadable));
  if (lines->len == 0)
    g_string_append (lines, _ ("There is no account in it."));

  return g_string_free (lines, FALSE);
}

char *
fob_merge_text_dup_title (FobAccount *account)
{
  g_autofree char *issuer = fob_display_text (fob_account_get_issuer (account));
  g_autofree char *name = fob_display_text (fob_account_get_name (account));

  if (*issuer == '\0' && *name == '\0')
    return g_strdup (_ ("Unnamed account"));
  if (*issuer == '\0' || *name == '\0')
    return g_strdup (*issuer != '\0' ? issuer : name);

  /* Translators: the name of a service, and of the account there */
  return g_strdup_printf (C_ ("account", "%s · %s"), issuer, name);
}
