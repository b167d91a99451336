/* shadow_root.h - declarative shadow roots (HTML Standard, 4.12.3) put in place, so that the tree is what is shown: the
 * flat tree of CSS Scoping (section 3.4).
 *
 *     <my-sheet>                                        <my-sheet>
 *       <template shadowrootmode="open">                  <h2>可用性</h2>
 *         <h2><slot name="title">…</slot></h2>      ──►   <table>…</table>
 *         <slot></slot>                                 </my-sheet>
 *       </template>
 *       <span slot="title">可用性</span> <table>…</table>
 *     </my-sheet>
 *
 * What is in no slot is not shown. The styles within count for the whole page, and those of the page within.
 */
#pragma once

#include <glib.h>
#include <gumbo.h>

/* How memory that lives as long as the tree is got; it never returns NULL. */
typedef void *(*TreeAllocator) (void *tree, size_t size);

/* Changes the tree below ROOT. */
void shadow_roots_flatten (GumboNode *root, TreeAllocator allocate, void *tree);
