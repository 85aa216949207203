/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* System calls that fail on demand: a program that links these functions gets them in the place of
 * the C library's. They do what the real ones do until they are told otherwise, and only to the
 * thread that asked for it. */

typedef enum
{
  FOB_TEST_FAULT_ERROR, /* the call does not happen and fails */
  FOB_TEST_FAULT_SHORT, /* half of what was asked for is read or written */
  FOB_TEST_FAULT_EXIT,  /* the process ends there, as if it was killed */
} FobTestFault;

/* @nth: which call it happens to, counted from 1; to that one alone. @error_number: for _ERROR;
 * EINTR only to calls that signals interrupt. */
void fob_test_faults_arm (FobTestFault fault, int error_number, guint nth);

/* Returns: how many calls there were since. */
guint fob_test_faults_disarm (void);

/* From now on flock () fails with that; 0: no longer. In all threads. */
void fob_test_faults_set_flock (int error_number);

G_END_DECLS
