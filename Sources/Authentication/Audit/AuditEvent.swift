/// What the audit knows of. Raw values are stored: they never change.
enum AuditEvent: String, Sendable {
    case register
    case login
    case refresh
    case logout
    case sessionEnd = "session_end"
    case passwordChange = "password_change"
    case passwordReset = "password_reset"
    case accountAdd = "account_add"
    case accountDelete = "account_delete"
    case accountDisable = "account_disable"
    case accountEnable = "account_enable"
    case accountUnlock = "account_unlock"
    case accountImport = "account_import"
    case accountExport = "account_export"
    case rolesChange = "roles_change"
    case tokenRevoke = "token_revoke"
    case introspect
    case keyRotate = "key_rotate"
    case keyImport = "key_import"
    case keyExport = "key_export"
    case keyRetire = "key_retire"
    case keyDrop = "key_drop"
    case invite
    case serviceAdd = "service_add"
    case serviceRemove = "service_remove"
}
