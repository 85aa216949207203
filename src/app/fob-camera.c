/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-camera.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <unistd.h>

#include "fob-qr-reader.h"
#include "fob-wipe.h"

/* No more than an eye can follow and a code needs. */
#define PIPELINE                                                                                   \
  "%s ! videorate drop-only=true max-rate=15 ! videoconvert ! videoscale ! "                       \
  "video/x-raw,format=RGBA,width=[1,1280],height=[1,1280],pixel-aspect-ratio=1/1 ! "               \
  "appsink name=sink max-buffers=1 drop=true sync=true"
#define PIPEWIRE "pipewiresrc fd=%d"

#define PIXEL_SIZE 4

struct _FobCamera
{
  GObject parent_instance;

  int fd;
  GstElement *pipeline;
  guint bus_watch;
  GCancellable *cancellable;
  GdkTexture *texture;
  gboolean decoding; /* a worker looks for codes */
  int frame_posted;  /* atomic: the main loop has one to take */
};

/* A picture on its way. */
typedef struct
{
  GWeakRef camera;
  GBytes *pixels; /* wiped */
  guint width;
  guint height;
} Frame;

enum
{
  PROP_0,
  PROP_TEXTURE,
  N_PROPS,
};

enum
{
  SIGNAL_TEXT,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];
static char *source_elements;

G_DEFINE_FINAL_TYPE (FobCamera, fob_camera, G_TYPE_OBJECT)

static Frame *
frame_new (FobCamera *camera, GBytes *pixels, guint width, guint height)
{
  Frame *frame = g_new0 (Frame, 1);

  g_weak_ref_init (&frame->camera, camera);
  frame->pixels = pixels;
  frame->width = width;
  frame->height = height;

  return frame;
}

static void
frame_free (Frame *frame)
{
  g_weak_ref_clear (&frame->camera);
  g_clear_pointer (&frame->pixels, g_bytes_unref);
  g_free (frame);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Frame, frame_free)

static void
fob_camera_fail (FobCamera *self, const char *message, const GError *cause)
{
  g_debug ("The camera stops: %s", cause != NULL ? cause->message : "no reason given");
  fob_camera_stop (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

/* Codes */

static void
decode_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Frame *frame = task_data;
  const gsize n = (gsize) frame->width * frame->height;
  const guint8 *pixel = g_bytes_get_data (frame->pixels, NULL);
  guint8 *grey = g_malloc (n);
  GPtrArray *texts;

  for (gsize i = 0; i < n; i++, pixel += PIXEL_SIZE)
    grey[i] = (guint8) ((pixel[0] * 77u + pixel[1] * 150u + pixel[2] * 29u) >> 8);
  texts = fob_qr_reader_read_pixels (grey, frame->width, frame->height, cancellable, NULL);
  fob_wipe (grey, n);
  g_free (grey);
  /* Most pictures have none. */
  g_task_return_pointer (task, texts != NULL ? texts : g_ptr_array_new (),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
fob_camera_decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobCamera *self = FOB_CAMERA (source);
  g_autoptr (GPtrArray) texts = g_task_propagate_pointer (G_TASK (result), NULL);

  self->decoding = FALSE;
  for (guint i = 0; texts != NULL && i < texts->len && self->pipeline != NULL; i++)
    g_signal_emit (self, signals[SIGNAL_TEXT], 0, texts->pdata[i]);
}

/* @frame: (transfer full) */
static void
fob_camera_decode (FobCamera *self, Frame *frame)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, fob_camera_decoded_cb, NULL);

  self->decoding = TRUE;
  g_task_set_source_tag (task, fob_camera_decode);
  g_task_set_task_data (task, frame, (GDestroyNotify) frame_free);
  g_task_run_in_thread (task, decode_in_thread);
}

/* Pictures */

static gboolean
take_frame_cb (gpointer user_data)
{
  g_autoptr (Frame) frame = user_data;
  g_autoptr (FobCamera) self = g_weak_ref_get (&frame->camera);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_atomic_int_set (&self->frame_posted, FALSE);
  if (self->pipeline == NULL)
    return G_SOURCE_REMOVE;

  g_clear_object (&self->texture);
  self->texture =
    gdk_memory_texture_new ((int) frame->width, (int) frame->height, GDK_MEMORY_R8G8B8A8,
                            frame->pixels, (gsize) frame->width * PIXEL_SIZE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXTURE]);
  if (!self->decoding)
    fob_camera_decode (self, g_steal_pointer (&frame));

  return G_SOURCE_REMOVE;
}

/* Returns: (transfer full) (nullable) */
static Frame *
copy_frame (FobCamera *self, GstSample *sample)
{
  const gsize limit = G_MAXUINT16;
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstVideoInfo info;
  GstVideoFrame mapped;
  guint8 *pixels;
  gsize row;
  guint height;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      (gsize) info.width > limit || (gsize) info.height > limit ||
      !gst_video_frame_map (&mapped, &info, buffer, GST_MAP_READ))
    return NULL;

  row = (gsize) info.width * PIXEL_SIZE;
  height = (guint) info.height;
  pixels = g_malloc (row * height);
  for (guint y = 0; y < height; y++)
    memcpy (pixels + y * row,
            (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&mapped, 0) +
              (gsize) y * (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, 0),
            row);
  gst_video_frame_unmap (&mapped);

  return frame_new (self, fob_wipe_bytes_new_take (pixels, row * height), (guint) info.width,
                    height);
}

/* In a thread of GStreamer's. */
static GstFlowReturn
new_sample_cb (GstAppSink *sink, gpointer user_data)
{
  g_autoptr (FobCamera) self = g_weak_ref_get (user_data);
  GstSample *sample = gst_app_sink_pull_sample (sink);
  Frame *frame;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (self != NULL && g_atomic_int_compare_and_exchange (&self->frame_posted, FALSE, TRUE))
    {
      frame = copy_frame (self, sample);
      if (frame != NULL)
        g_idle_add (take_frame_cb, frame);
      else
        g_atomic_int_set (&self->frame_posted, FALSE);
    }
  gst_sample_unref (sample);

  return GST_FLOW_OK;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Starting and stopping */

static gboolean
fob_camera_bus_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  FobCamera *self = user_data;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;

  gst_message_parse_error (message, &error, NULL);
  self->bus_watch = 0;
  fob_camera_fail (self, _ ("The camera stopped. Plug it in again, or take a picture of the code."),
                   error);

  return G_SOURCE_REMOVE;
}

/* The first time GStreamer looks at all of its plugins, which takes a while. */
static void
create_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = NULL;

  if (gst_init_check (NULL, NULL, &error))
    pipeline = gst_parse_launch_full (task_data, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (pipeline != NULL)
    g_task_return_pointer (task, gst_object_ref_sink (pipeline), gst_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fob_camera_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobCamera *self = FOB_CAMERA (source);
  GstAppSinkCallbacks callbacks = { .new_sample = new_sample_cb };
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = g_task_propagate_pointer (G_TASK (result), &error);
  GWeakRef *weak_self;
  GstElement *sink;
  GstBus *bus;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (pipeline == NULL)
    {
      fob_camera_fail (self,
                       _ ("A part of GStreamer is missing. Install its plug-ins for PipeWire and "
                          "its good plug-ins."),
                       error);
      return;
    }

  self->pipeline = pipeline;
  weak_self = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak_self, self);
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, weak_self, weak_ref_free);
  gst_object_unref (sink);
  bus = gst_element_get_bus (pipeline);
  self->bus_watch = gst_bus_add_watch (bus, fob_camera_bus_cb, self);
  gst_object_unref (bus);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
}

void
fob_camera_start (FobCamera *self, int fd)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *pipewire = g_strdup_printf (PIPEWIRE, fd);

  g_return_if_fail (FOB_IS_CAMERA (self));
  g_return_if_fail (self->fd < 0);

  self->fd = fd;
  task = g_task_new (self, self->cancellable, fob_camera_created_cb, NULL);
  g_task_set_source_tag (task, fob_camera_start);
  g_task_set_task_data (
    task, g_strdup_printf (PIPELINE, source_elements != NULL ? source_elements : pipewire), g_free);
  g_task_run_in_thread (task, create_in_thread);
}

/* A camera takes a while to let go; the main loop does not wait for it. */
static void
stop_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  gst_element_set_state (task_data, GST_STATE_NULL);
}

void
fob_camera_stop (FobCamera *self)
{
  g_return_if_fail (FOB_IS_CAMERA (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  if (self->pipeline != NULL)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_source_tag (task, fob_camera_stop);
      g_task_set_task_data (task, g_steal_pointer (&self->pipeline), gst_object_unref);
      g_task_run_in_thread (task, stop_in_thread);
    }
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
fob_camera_set_source (const char *elements)
{
  g_free (source_elements);
  source_elements = g_strdup (elements);
}

/* Object */

static void
fob_camera_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FobCamera *self = FOB_CAMERA (object);

  switch (prop_id)
    {
    case PROP_TEXTURE:
      g_value_set_object (value, self->texture);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_camera_dispose (GObject *object)
{
  FobCamera *self = FOB_CAMERA (object);

  fob_camera_stop (self);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (fob_camera_parent_class)->dispose (object);
}

static void
fob_camera_finalize (GObject *object)
{
  FobCamera *self = FOB_CAMERA (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (fob_camera_parent_class)->finalize (object);
}

static void
fob_camera_class_init (FobCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_camera_get_property;
  object_class->dispose = fob_camera_dispose;
  object_class->finalize = fob_camera_finalize;

  properties[PROP_TEXTURE] = g_param_spec_object ("texture", NULL, NULL, GDK_TYPE_TEXTURE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_TEXT] =
    g_signal_new ("text", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
fob_camera_init (FobCamera *self)
{
  self->fd = -1;
  self->cancellable = g_cancellable_new ();
}

FobCamera *
fob_camera_new (void)
{
  return g_object_new (FOB_TYPE_CAMERA, NULL);
}
