/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-icon-store.h"

#include "fob-document.h"
#include "fob-file-read.h"
#include "fob-icon-folder.h"
#include "fob-icon-image.h"
#include "fob-search.h"

/* Pictures that are kept: 64 KiB each. */
#define N_CACHED_MAX 256

struct _FobIconStore
{
  GObject parent_instance;

  char *path;
  GPtrArray *packs; /* of FobIconPack */
  gboolean load_begun;
  guint generation;      /* grows when what is known holds no more */
  GHashTable *by_icon;   /* of GBytes to GdkTexture */
  GHashTable *by_issuer; /* of folded text to GdkTexture; to NULL where there is none */
};

/* What a worker makes a picture of, or adds. */
typedef struct
{
  char *key;    /* the folded issuer that a picture is for */
  GFile *file;  /* a pack to add */
  GBytes *icon; /* an account's own, or a pack to add */
  FobIconPack *pack;
  guint index;
  guint generation;
} Work;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobIconStore, fob_icon_store, G_TYPE_OBJECT)

static void
work_free (Work *work)
{
  g_clear_pointer (&work->key, g_free);
  g_clear_object (&work->file);
  g_clear_pointer (&work->icon, g_bytes_unref);
  g_clear_pointer (&work->pack, fob_icon_pack_unref);
  g_free (work);
}

static void
texture_unref (gpointer texture)
{
  if (texture != NULL)
    g_object_unref (texture);
}

static void
fob_icon_store_changed (FobIconStore *self)
{
  fob_icon_store_forget (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Packs */

static int
compare_packs (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (fob_icon_pack_get_name (*(FobIconPack *const *) a),
                         fob_icon_pack_get_name (*(FobIconPack *const *) b));
}

static gboolean
fob_icon_store_drop (FobIconStore *self, FobIconPack *pack)
{
  for (guint i = 0; i < self->packs->len; i++)
    {
      if (g_str_equal (fob_icon_pack_get_id (self->packs->pdata[i]), fob_icon_pack_get_id (pack)))
        {
          g_ptr_array_remove_index (self->packs, i);
          return TRUE;
        }
    }

  return FALSE;
}

static void
fob_icon_store_put (FobIconStore *self, FobIconPack *pack)
{
  fob_icon_store_drop (self, pack);
  g_ptr_array_add (self->packs, fob_icon_pack_ref (pack));
  g_ptr_array_sort (self->packs, compare_packs);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, fob_icon_folder_load (task_data),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
fob_icon_store_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FobIconStore *self = FOB_ICON_STORE (source);
  g_autoptr (GPtrArray) packs = g_task_propagate_pointer (G_TASK (result), NULL);

  if (packs == NULL || packs->len == 0)
    return;
  /* One that was added meanwhile is newer. */
  for (guint i = 0; i < self->packs->len; i++)
    g_ptr_array_add (packs, fob_icon_pack_ref (self->packs->pdata[i]));
  for (guint i = 0; i < packs->len; i++)
    fob_icon_store_put (self, packs->pdata[i]);
  fob_icon_store_changed (self);
}

static void
fob_icon_store_begin_load (FobIconStore *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->load_begun)
    return;

  self->load_begun = TRUE;
  task = g_task_new (self, NULL, fob_icon_store_loaded_cb, NULL);
  g_task_set_source_tag (task, fob_icon_store_begin_load);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

GPtrArray *
fob_icon_store_get_packs (FobIconStore *self)
{
  g_assert (FOB_IS_ICON_STORE (self));

  fob_icon_store_begin_load (self);

  return self->packs;
}

static void
add_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FobIconStore *self = source;
  Work *work = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobIconPack) pack = NULL;

  if (work->file != NULL)
    work->icon = fob_file_read (work->file, FOB_DOCUMENT_SIZE_MAX, cancellable, &error);
  if (work->icon != NULL)
    pack = fob_icon_pack_new (work->icon, &error);
  if (pack != NULL && fob_icon_folder_write (self->path, pack, &error))
    g_task_return_pointer (task, g_steal_pointer (&pack), (GDestroyNotify) fob_icon_pack_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fob_icon_store_add_async (FobIconStore *self,
                          GBytes *zip,
                          GFile *file,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->icon = zip != NULL ? g_bytes_ref (zip) : NULL;
  g_set_object (&work->file, file);
  g_task_set_source_tag (task, fob_icon_store_add_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, add_in_thread);
}

FobIconPack *
fob_icon_store_add_finish (FobIconStore *self, GAsyncResult *result, GError **error)
{
  FobIconPack *pack = g_task_propagate_pointer (G_TASK (result), error);

  if (pack != NULL)
    {
      fob_icon_store_put (self, pack);
      fob_icon_store_changed (self);
    }

  return pack;
}

static void
remove_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FobIconStore *self = source;
  g_autoptr (GError) error = NULL;

  if (fob_icon_folder_remove (self->path, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fob_icon_store_remove_async (FobIconStore *self,
                             FobIconPack *pack,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fob_icon_store_remove_async);
  g_task_set_task_data (task, fob_icon_pack_ref (pack), (GDestroyNotify) fob_icon_pack_unref);
  g_task_run_in_thread (task, remove_in_thread);
}

gboolean
fob_icon_store_remove_finish (FobIconStore *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (fob_icon_store_drop (self, g_task_get_task_data (G_TASK (result))))
    fob_icon_store_changed (self);

  return TRUE;
}

/* Pictures */

static FobIconPack *
fob_icon_store_find (FobIconStore *self, const char *issuer, guint *index)
{
  for (guint i = 0; *issuer != '\0' && i < self->packs->len; i++)
    {
      if (fob_icon_pack_find (self->packs->pdata[i], issuer, index))
        return self->packs->pdata[i];
    }

  return NULL;
}

/* @key: (transfer full) */
static void
fob_icon_store_keep (GHashTable *table, gpointer key, GdkTexture *texture)
{
  if (g_hash_table_size (table) >= N_CACHED_MAX)
    g_hash_table_remove_all (table);
  g_hash_table_insert (table, key, texture != NULL ? g_object_ref (texture) : NULL);
}

gboolean
fob_icon_store_lookup (FobIconStore *self, const char *issuer, GBytes *icon, GdkTexture **texture)
{
  g_autofree char *key = NULL;
  guint index;

  g_return_val_if_fail (FOB_IS_ICON_STORE (self), FALSE);

  *texture = NULL;
  if (icon != NULL)
    return g_hash_table_lookup_extended (self->by_icon, icon, NULL, (gpointer *) texture);

  fob_icon_store_begin_load (self);
  if (self->packs->len == 0)
    return TRUE;
  key = fob_search_fold (issuer);
  if (g_hash_table_lookup_extended (self->by_issuer, key, NULL, (gpointer *) texture))
    return TRUE;
  if (fob_icon_store_find (self, issuer, &index) != NULL)
    return FALSE;
  fob_icon_store_keep (self->by_issuer, g_steal_pointer (&key), NULL);

  return TRUE;
}

static void
make_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (GBytes) image = work->icon != NULL ? g_bytes_ref (work->icon) : NULL;
  const char *type;

  if (image == NULL && work->pack != NULL)
    image = fob_icon_pack_extract (work->pack, work->index, &type, NULL);
  g_task_return_pointer (task, image != NULL ? fob_icon_image_decode (image, NULL) : NULL,
                         texture_unref);
}

void
fob_icon_store_load_async (FobIconStore *self,
                           const char *issuer,
                           GBytes *icon,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->generation = self->generation;
  if (icon != NULL)
    work->icon = g_bytes_ref (icon);
  else
    {
      FobIconPack *pack = fob_icon_store_find (self, issuer, &work->index);

      work->key = fob_search_fold (issuer);
      work->pack = pack != NULL ? fob_icon_pack_ref (pack) : NULL;
    }
  g_task_set_source_tag (task, fob_icon_store_load_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, make_in_thread);
}

void
fob_icon_store_load_icon_async (FobIconStore *self,
                                FobIconPack *pack,
                                guint icon,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->pack = fob_icon_pack_ref (pack);
  work->index = icon;
  g_task_set_source_tag (task, fob_icon_store_load_icon_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, make_in_thread);
}

GdkTexture *
fob_icon_store_load_finish (FobIconStore *self, GAsyncResult *result)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) ||
      work->generation != self->generation)
    return texture;
  if (work->icon != NULL)
    fob_icon_store_keep (self->by_icon, g_bytes_ref (work->icon), texture);
  else if (work->key != NULL)
    fob_icon_store_keep (self->by_issuer, g_strdup (work->key), texture);

  return texture;
}

void
fob_icon_store_forget (FobIconStore *self)
{
  g_return_if_fail (FOB_IS_ICON_STORE (self));

  self->generation++;
  g_hash_table_remove_all (self->by_icon);
  g_hash_table_remove_all (self->by_issuer);
}

/* Object */

static void
fob_icon_store_finalize (GObject *object)
{
  FobIconStore *self = FOB_ICON_STORE (object);

  g_clear_pointer (&self->by_icon, g_hash_table_unref);
  g_clear_pointer (&self->by_issuer, g_hash_table_unref);
  g_clear_pointer (&self->packs, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (fob_icon_store_parent_class)->finalize (object);
}

static void
fob_icon_store_class_init (FobIconStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fob_icon_store_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_icon_store_init (FobIconStore *self)
{
  self->path = g_build_filename (g_get_user_data_dir (), "keyfob", "icons", NULL);
  self->packs = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_icon_pack_unref);
  self->by_icon = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                         (GDestroyNotify) g_bytes_unref, texture_unref);
  self->by_issuer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, texture_unref);
}

FobIconStore *
fob_icon_store_get_default (void)
{
  static FobIconStore *store;

  if (store == NULL)
    store = g_object_new (FOB_TYPE_ICON_STORE, NULL);

  return store;
}
