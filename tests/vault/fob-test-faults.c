/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define _GNU_SOURCE /* RTLD_NEXT */

#include "fob-test-faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static __thread gboolean armed;
static __thread FobTestFault armed_fault;
static __thread int armed_error;
static __thread guint armed_nth;
static __thread guint n_calls;
static gint flock_error;

void
fob_test_faults_arm (FobTestFault fault, int error_number, guint nth)
{
  armed_fault = fault;
  armed_error = error_number;
  armed_nth = nth;
  n_calls = 0;
  armed = TRUE;
}

guint
fob_test_faults_disarm (void)
{
  armed = FALSE;

  return n_calls;
}

void
fob_test_faults_set_flock (int error_number)
{
  g_atomic_int_set (&flock_error, error_number);
}

/* Returns: whether it is this call's turn. */
static gboolean
is_due (void)
{
  if (!armed || ++n_calls != armed_nth)
    return FALSE;
  if (armed_fault == FOB_TEST_FAULT_EXIT)
    _exit (9);

  return TRUE;
}

/* @interruptible: whether signals interrupt the call. Returns: whether it fails, with errno. */
static gboolean
fails (gboolean interruptible)
{
  if (!is_due () || armed_fault != FOB_TEST_FAULT_ERROR || (armed_error == EINTR && !interruptible))
    return FALSE;
  errno = armed_error;

  return TRUE;
}

/* @size: (inout): that is left of it. Returns: whether the call fails. */
static gboolean
fails_or_shortens (size_t *size)
{
  if (!is_due ())
    return FALSE;
  if (armed_fault == FOB_TEST_FAULT_SHORT && *size > 1)
    *size /= 2;
  if (armed_fault != FOB_TEST_FAULT_ERROR)
    return FALSE;
  errno = armed_error;

  return TRUE;
}

#define REAL(function) ((__typeof__ (&(function))) dlsym (RTLD_NEXT, #function))

int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;

  if ((flags & O_CREAT) != 0)
    {
      va_list arguments;

      va_start (arguments, flags);
      mode = va_arg (arguments, mode_t);
      va_end (arguments);
    }

  return fails (TRUE) ? -1 : REAL (open) (path, flags, mode);
}

ssize_t
read (int fd, void *data, size_t size)
{
  return fails_or_shortens (&size) ? -1 : REAL (read) (fd, data, size);
}

ssize_t
write (int fd, const void *data, size_t size)
{
  return fails_or_shortens (&size) ? -1 : REAL (write) (fd, data, size);
}

int
fsync (int fd)
{
  return fails (TRUE) ? -1 : REAL (fsync) (fd);
}

/* Linux closes the descriptor also when it says that it failed. */
int
close (int fd)
{
  const gboolean failing = fails (TRUE);
  const int error_number = errno;
  const int result = REAL (close) (fd);

  if (!failing)
    return result;
  errno = error_number;

  return -1;
}

int
rename (const char *from, const char *to)
{
  return fails (FALSE) ? -1 : REAL (rename) (from, to);
}

int
link (const char *from, const char *to)
{
  return fails (FALSE) ? -1 : REAL (link) (from, to);
}

int
unlink (const char *path)
{
  return fails (FALSE) ? -1 : REAL (unlink) (path);
}

int
fstat (int fd, struct stat *status)
{
  return fails (FALSE) ? -1 : REAL (fstat) (fd, status);
}

int
flock (int fd, int operation)
{
  errno = g_atomic_int_get (&flock_error);

  return errno != 0 || fails (TRUE) ? -1 : REAL (flock) (fd, operation);
}
