/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobSeverity:
 * @FOB_SEVERITY_OK: nothing to do
 * @FOB_SEVERITY_WARNING: works, and could be better
 * @FOB_SEVERITY_PROBLEM: does not work, or something may get lost
 * @FOB_SEVERITY_UNKNOWN: could not be found out
 */
typedef enum
{
  FOB_SEVERITY_OK,
  FOB_SEVERITY_WARNING,
  FOB_SEVERITY_PROBLEM,
  FOB_SEVERITY_UNKNOWN,
} FobSeverity;

/**
 * FobFinding:
 * @id: static; stays the same in later versions
 * @sentence: what was found, for a person; translated, without anything secret
 * @advice: (nullable): what to do about it; translated
 *
 * What one of the doctor's checks has to say.
 */
typedef struct
{
  const char *id;
  FobSeverity severity;
  char *sentence;
  char *advice;
} FobFinding;

/* Returns: (transfer full): @sentence is taken, @advice copied. */
FobFinding *fob_finding_new (const char *id,
                             FobSeverity severity,
                             char *sentence,
                             const char *advice);
void fob_finding_free (FobFinding *self);

/* Returns: (transfer none): "ok", "warning", "problem", "unknown". */
const char *fob_severity_to_string (FobSeverity severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobFinding, fob_finding_free)

G_END_DECLS
