/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-import-report.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"

static void
append_skip (GString *report, const FobImportSkip *skip)
{
  g_autofree char *name = fob_display_text (skip->name);

  if (*name != '\0')
    /* Translators: in a report: place of an entry in its file, its name, why it was skipped */
    g_string_append_printf (report, _ ("Entry %u (%s): %s"), skip->index + 1, name, skip->reason);
  else
    /* Translators: in a report: place of an entry in its file, why it was skipped */
    g_string_append_printf (report, _ ("Entry %u: %s"), skip->index + 1, skip->reason);
  g_string_append_c (report, '\n');
}

void
fob_import_report_append (GString *report,
                          const char *source,
                          const FobFormat *format,
                          FobImport *import)
{
  const guint n_read = fob_import_get_n_accounts (import);
  const guint n_skipped = fob_import_get_n_skipped (import);
  g_autofree char *name = fob_display_text (source);

  /* Translators: in a report: name of a file, name of its format */
  g_string_append_printf (report, _ ("%s (%s)"), name, _ (format->label));
  g_string_append_c (report, '\n');
  g_string_append_printf (
    report, ngettext ("%u account was read.", "%u accounts were read.", n_read), n_read);
  g_string_append_c (report, '\n');
  g_string_append_printf (
    report, ngettext ("%u entry was skipped.", "%u entries were skipped.", n_skipped), n_skipped);
  g_string_append_c (report, '\n');
  for (guint i = 0; i < n_skipped; i++)
    append_skip (report, fob_import_get_skipped (import, i));
  g_string_append_c (report, '\n');
}
