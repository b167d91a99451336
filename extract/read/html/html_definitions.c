/* html_definitions.c - see html.h */
#include "read/html/html.h"

/* What makes a dd more than a cell's text. */
static const GumboTag parts[] = {GUMBO_TAG_TABLE, GUMBO_TAG_DL, GUMBO_TAG_H1, GUMBO_TAG_H2,
                                 GUMBO_TAG_H3,    GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};

typedef struct {
  GString *term, *definition;
  gboolean defined; /* a dd came: the next dt begins another group */
  Place place;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;
  g_string_free (group->term, TRUE);
  g_string_free (group->definition, TRUE);
  g_free (group);
}

static Group *
last_group (GPtrArray *groups)
{
  return groups->len > 0 ? g_ptr_array_index (groups, groups->len - 1) : NULL;
}

static Group *
add_group (GPtrArray *groups, Place place)
{
  Group *group = g_new0 (Group, 1);
  *group = (Group){.term = g_string_new (NULL), .definition = g_string_new (NULL), .place = place};
  g_ptr_array_add (groups, group);
  return group;
}

static void
append_line (GString *text, const char *line)
{
  if (text->len > 0 && *line)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_entry (GPtrArray *groups, const GumboNode *node, const Panels *panels)
{
  gboolean term = node_tag (node) == GUMBO_TAG_DT;
  Group *group = last_group (groups);
  if (!group || (term && group->defined))
    group = add_group (groups, node_place (node));
  g_autofree char *text = text_of_node (node, panels);
  append_line (term ? group->term : group->definition, text);
  group->defined |= !term;
}

static gboolean
is_entry (const GumboNode *node)
{
  return node_tag (node) == GUMBO_TAG_DT || node_tag (node) == GUMBO_TAG_DD;
}

/* The groups, or NULL where an entry is no cell's text. A div may wrap each group. */
static GPtrArray *
groups_of_list (const GumboNode *list, const Panels *panels)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (group_free);
  const GumboNode *node = node_next (list, list, TRUE);
  while (node) {
    gboolean entry = is_entry (node), hidden = node_is_hidden (node, panels);
    if (entry && !hidden && node_holds (node, parts, G_N_ELEMENTS (parts)))
      return NULL;
    if (entry && !hidden)
      add_entry (groups, node, panels);
    node = node_next (node, list, !entry && !hidden);
  }
  return g_steal_pointer (&groups);
}

Grid *
grid_from_definitions (const GumboNode *list, const Panels *panels)
{
  g_autoptr (GPtrArray) groups = groups_of_list (list, panels);
  if (!groups || groups->len == 0)
    return NULL;
  Grid *grid = grid_new (groups->len, 2, node_place (list));
  for (guint i = 0; i < groups->len; i++) {
    const Group *group = g_ptr_array_index (groups, i);
    grid_add_cell (grid, i, 0, 1, 1, group->term->str, group->place);
    grid_add_cell (grid, i, 1, 1, 1, group->definition->str, group->place);
  }
  grid_complete (grid);
  return grid;
}
