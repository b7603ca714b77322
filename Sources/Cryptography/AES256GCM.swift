internal import COpenSSL

/// Authenticated encryption with AES-256 in Galois ∕ Counter mode (NIST SP 800-38D), under nonces that are drawn at
/// random.
///
/// A sealed box is nonce ‖ ciphertext ‖ tag: 12 bytes, as many as were sealed, 16 bytes. One key seals at most 2³²
/// boxes (§8.3).
package enum AES256GCM {
    /// How long a key is, in bytes.
    package static let keyBytes = 32

    /// By how much a sealed box is longer than what it holds, in bytes.
    package static let overheadBytes = nonceBytes + tagBytes

    private static let nonceBytes = 12
    private static let tagBytes = 16

    /// Encrypts a message, and authenticates it together with data that must be the same when it is opened.
    /// - Precondition: the key has ``keyBytes``.
    package static func seal(
        _ message: borrowing Span<UInt8>, key: SecretBytes, authenticating data: borrowing Span<UInt8>
    ) -> [UInt8] {
        let nonce = randomBytes(nonceBytes)
        return seal(message, key: key, nonce: nonce.span, authenticating: data)
    }

    /// The message of a box; `nil` where the key or the data are others, or any bit of the box is. The caller wipes it.
    /// - Precondition: the key has ``keyBytes``.
    package static func open(
        _ box: borrowing Span<UInt8>, key: SecretBytes, authenticating data: borrowing Span<UInt8>
    ) -> [UInt8]? {
        guard box.count >= overheadBytes else { return nil }
        let context = Context(key: key, nonce: box.extracting(first: nonceBytes), encrypts: false)
        context.authenticate(data)
        let ciphertext = box.extracting(nonceBytes..<box.count - tagBytes)
        var message = [UInt8](repeating: 0, count: ciphertext.count)
        context.update(ciphertext, into: &message, at: 0)
        guard context.finish(expecting: box.extracting(last: tagBytes)) else {
            // What was decrypted without being genuine is nobody's business.
            wipe(&message)
            return nil
        }
        return message
    }

    /// For vectors alone: a nonce that is used twice gives the key away.
    package static func seal(
        _ message: borrowing Span<UInt8>, key: SecretBytes, nonce: borrowing Span<UInt8>,
        authenticating data: borrowing Span<UInt8>
    ) -> [UInt8] {
        precondition(nonce.count == nonceBytes, "a nonce has 12 bytes")
        let context = Context(key: key, nonce: nonce, encrypts: true)
        context.authenticate(data)
        var box = nonce.indices.map { nonce[$0] }
        box += [UInt8](repeating: 0, count: message.count)
        context.update(message, into: &box, at: nonceBytes)
        box += context.finish(tagBytes: tagBytes)
        return box
    }

    /// The owner of one `EVP_CIPHER_CTX`, which wipes the key.
    @safe private struct Context: ~Copyable {
        private let pointer: OpaquePointer

        init(key: SecretBytes, nonce: borrowing Span<UInt8>, encrypts: Bool) {
            precondition(key.count == AES256GCM.keyBytes, "a key has 32 bytes")
            guard let context = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("out of memory") }
            unsafe pointer = context
            // GCM's nonce has 12 bytes unless another length is asked for.
            let status = key.withSpan { key in
                unsafe key.withUnsafeBytes { key in
                    unsafe nonce.withUnsafeBytes { nonce in
                        unsafe EVP_CipherInit_ex(
                            context, EVP_aes_256_gcm(), nil, key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                            nonce.baseAddress?.assumingMemoryBound(to: UInt8.self), encrypts ? 1 : 0)
                    }
                }
            }
            precondition(status == 1, "the system's OpenSSL has no AES-256-GCM")
        }

        deinit { unsafe EVP_CIPHER_CTX_free(pointer) }

        func authenticate(_ data: borrowing Span<UInt8>) {
            // NULL and no bytes would end the data all the same, but it is not said so.
            guard data.count > 0 else { return }
            var length: Int32 = 0
            let status = unsafe data.withUnsafeBytes { data in
                unsafe EVP_CipherUpdate(
                    pointer, nil, &length, data.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(data.count))
            }
            precondition(status == 1, "AES-256-GCM failed")
        }

        func update(_ input: borrowing Span<UInt8>, into output: inout [UInt8], at offset: Int) {
            guard input.count > 0 else { return }
            var length: Int32 = 0
            let status = unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe input.withUnsafeBytes { input in
                    unsafe EVP_CipherUpdate(
                        pointer, output.baseAddress?.advanced(by: offset), &length,
                        input.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(input.count))
                }
            }
            precondition(status == 1 && length == input.count, "AES-256-GCM failed")
        }

        /// Ends encryption and gives the tag.
        func finish(tagBytes: Int) -> [UInt8] {
            var length: Int32 = 0
            var tag = [UInt8](repeating: 0, count: tagBytes)
            let status = unsafe tag.withUnsafeMutableBufferPointer { tag in
                // GCM writes nothing at its end; the pointer only must be one.
                let ended = unsafe EVP_CipherFinal_ex(pointer, tag.baseAddress, &length)
                return unsafe ended
                    & EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), tag.baseAddress)
            }
            precondition(status == 1 && length == 0, "AES-256-GCM failed")
            return tag
        }

        /// Ends decryption; whether all that came was genuine.
        func finish(expecting tag: borrowing Span<UInt8>) -> Bool {
            var expected = tag.indices.map { tag[$0] }
            var length: Int32 = 0
            let status = unsafe expected.withUnsafeMutableBufferPointer { tag in
                let set = unsafe EVP_CIPHER_CTX_ctrl(
                    pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), tag.baseAddress)
                precondition(set == 1, "AES-256-GCM failed")
                return unsafe EVP_CipherFinal_ex(pointer, tag.baseAddress, &length)
            }
            if status != 1 { ERR_clear_error() }
            return status == 1
        }
    }
}
