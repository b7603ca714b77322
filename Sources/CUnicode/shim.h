#pragma once
#include <utf8proc.h>

// Swift imports C enumerations as types of their own, which do not combine with `|`.
// UAX #15: NFC.
static const utf8proc_option_t gatelodge_nfc = (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
// The Unicode Standard §3.13, toNFKC_Casefold: what utf8proc_NFKC_Casefold passes on.
static const utf8proc_option_t gatelodge_nfkc_casefold = (utf8proc_option_t)(
    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
