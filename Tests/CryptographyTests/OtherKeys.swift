import Cryptography
import Testing

/// Keys that are not unencrypted PKCS#8 on the named curve P-256.
///
/// Made with OpenSSL 3.0: `openssl genpkey` (for the explicit parameters with `-pkeyopt ec_param_enc:explicit`), then
/// `openssl pkcs8 -topk8 -nocrypt -outform DER`; the last three with `openssl ec`, `openssl pkey -pubout`, and without `-nocrypt`.
struct OtherKeys: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let error: CryptographyError
    let der: String

    static let all = [
        OtherKeys(
            testDescription: "A P-384 key", error: .wrongKeyType,
            der:
                "3081b6020100301006072a8648ce3d020106052b8104002204819e30819b0201010430516b7c00aac8e50f531622bdbf8540"
                + "59cf87ded20e67f07467f3a12ee6c5cd251ecca0d10c6d75c2f8593ad9964cf3e0a16403620004fda78b39052a4decc5bcf9"
                + "1bc8c1e01ef422c95c8d9c4bc3d0cf65482beb789cc938d6ae9d272973e1db230726badb7aa990ebb99586f899e69d4e7f1f"
                + "ab4e42fb5701263516337dc0e68afe6f3adeec71c77b874f48368441325d0e09567db5"),
        OtherKeys(
            testDescription: "A secp256k1 key", error: .wrongKeyType,
            der:
                "308184020100301006072a8648ce3d020106052b8104000a046d306b020101042061ca455eb8d0e9f5cb22714acf2c08f8eb"
                + "753b0bf725a935b13043f31593ecf5a14403420004be93cf493c5e4e13fa7dd654ffffdc0ee8b9cc2ac743a2f3a7d7eb2988"
                + "9d197f688718b3c9a149a8d517e373151a1f2a1032f4139f4a59eb603d89f874602e56"),
        OtherKeys(
            testDescription: "An Ed25519 key", error: .wrongKeyType,
            der:
                "302e020100300506032b6570042204204187e8802c6877794ecccdbba5acc9970ee9a2b8a5f24e36e21977f44b7b05c7"),
        OtherKeys(
            testDescription: "P-256 by explicit parameters (CVE-2020-0601)", error: .wrongKeyType,
            der:
                "308201790201003082010306072a8648ce3d02013081f7020101302c06072a8648ce3d0101022100ffffffff000000010000"
                + "00000000000000000000ffffffffffffffffffffffff305b0420ffffffff00000001000000000000000000000000ffffffff"
                + "fffffffffffffffc04205ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b031500c49d360886"
                + "e704936a6678e1139d26b7819f7e900441046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5022100ffffffff00000000ffffffffffffff"
                + "ffbce6faada7179e84f3b9cac2fc632551020101046d306b020101042017895da710cc4ba0964142e7e131ecf5a66251d591"
                + "c78992fa09c6a7b38c0befa144034200049214abf50167d993704bddc1ee80399107a92007f600ed290ec33968812e4a91ef"
                + "48c3be9703d0e75eed919211bc0e825be68c218e43fe9f93050dc64a1ad411"),
        OtherKeys(
            testDescription: "SEC 1 instead of PKCS#8", error: .malformedKey,
            der:
                "307702010104200b28bb3e48a1d3bd216a02154f16adaf303756141ef617bc09703102fd3a3954a00a06082a8648ce3d0301"
                + "07a1440342000487745d62fa0c275a9416698fc0cc314aab141a7240e25d04a3b95056b60bbacb5ee6c355030577ccf4958f"
                + "54af862d4cc527e60e3e9e8bb2ff39e0db0cd2d59e"),
        OtherKeys(
            testDescription: "A public key", error: .malformedKey,
            der:
                "3059301306072a8648ce3d020106082a8648ce3d0301070342000487745d62fa0c275a9416698fc0cc314aab141a7240e25d"
                + "04a3b95056b60bbacb5ee6c355030577ccf4958f54af862d4cc527e60e3e9e8bb2ff39e0db0cd2d59e"),
        OtherKeys(
            testDescription: "An encrypted key", error: .malformedKey,
            der:
                "3081ec305706092a864886f70d01050d304a302906092a864886f70d01050c301c04086edc00b21a3ab73e02020800300c06"
                + "082a864886f70d02090500301d060960864801650304012a04102836b9a489f8077dd02d4fc86f75fffe048190896acfd5ad"
                + "7351ca977c8bb51dbebeb03de016b7e4573abc990492f45946ae06479ebf2ef0abf7e77ea2a708cc8d3b714e3ca140acc3c5"
                + "b341f40cbc73b04884b9b2d691c17d5524408eb85a9f74fbba28001b131f1597eca99a9f390d61367e60e31375ee174c9dd1"
                + "1b657ce5c3a94ba5403e6de210e455cff699f68a3353e02b0fd082c479536ab0d326acf1277571"),
    ]
}
