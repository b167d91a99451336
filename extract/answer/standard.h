/* standard.h - names of standards, schemes and ciphers in one spelling: ISO27001 and ISO/IEC 27001, AES_128_GCM and
 * AES-128-GCM.
 */
#pragma once

#include "patterns/pattern.h"

/* The standard that MATCH, of one of the rules of standards.pattern, names; as it stands there for rules that this file
 * does not know. Never NULL; the caller frees. */
char *standard_from_match (const PatternMatch *match, const char *text);
