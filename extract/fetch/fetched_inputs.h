/* fetched_inputs.h - the inputs that are web addresses, fetched before they are read. */
#pragma once

#include "fetch/fetcher.h"
#include "run/inputs.h"

/* Fetches the documents at the addresses among INPUTS; each becomes a file to be read, or gets a fault. Does nothing
 * where there is no address. */
void inputs_fetch (GPtrArray *inputs, const FetchOptions *options);
