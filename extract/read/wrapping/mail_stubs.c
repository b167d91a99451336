/* mail_stubs.c - what MODULE_MAIL is called for (modules/module.h): mails and pages saved in one file. */
#include "modules/module.h"
#include "read/wrapping/wrapping.h"

GPtrArray *
members_from_mail (const Source *source, GError **error)
{
  __typeof__ (&members_from_mail) function = MODULE_FUNCTION (MODULE_MAIL, members_from_mail, error);
  return function ? function (source, error) : NULL;
}
