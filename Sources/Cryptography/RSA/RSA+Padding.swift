internal import COpenSSL

extension RSA {
    /// How a digest fills the length of the modulus. A key has one of them for all its life.
    package enum Padding: Sendable, Equatable {
        /// RSASSA-PSS with MGF1-SHA-256 and a salt of exactly 32 bytes (RFC 8017 §8.1, RFC 7518 §3.5).
        case pss
        /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2, RFC 7518 §3.3).
        case pkcs1

        /// Prepares a context for one signature; `false` where OpenSSL refuses.
        func apply(to context: OpaquePointer) -> Bool {
            guard unsafe EVP_PKEY_CTX_set_rsa_padding(context, number) == 1,
                unsafe EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1
            else { return false }
            guard self == .pss else { return true }
            // Left alone, OpenSSL signs with the longest salt that fits and verifies with any.
            return unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, 32) == 1
        }

        private var number: Int32 {
            switch self {
            case .pss: RSA_PKCS1_PSS_PADDING
            case .pkcs1: RSA_PKCS1_PADDING
            }
        }
    }
}
