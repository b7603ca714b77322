<?php
// Verifies access tokens that a Gatelodge elsewhere has signed, with PHP's openssl extension alone.
//
// Reads tokens, one a line, and says of each whose it is, or why it is refused. PHP forgets everything after each request,
// so the keys are kept in a file, in a folder that only this application can write to.
//
// Usage: php verify.php JWKS-URL ISSUER CACHE-FILE
declare(strict_types=1);

// What `jwt.algorithm` of that Gatelodge says. Never what a token says.
const ALGORITHM = 'ES256';

final class Refused extends Exception {}

/** The issuer's public keys: kept for five minutes, and asked for again at most every five seconds. */
final class KeySet
{
    public function __construct(private string $url, private string $file) {}

    /** A key in PEM, or null. */
    public function find(string $id): ?string
    {
        clearstatcache();
        $age = is_file($this->file) ? time() - filemtime($this->file) : PHP_INT_MAX;
        $keys = $age < 300 ? $this->read() : [];
        // A key that is not known may be a new one, or made up by whoever wants us to ask all the time.
        if ($age >= 300 || (!isset($keys[$id]) && $age > 5)) {
            $context = stream_context_create(['http' => ['timeout' => 5]]);
            $text = file_get_contents($this->url, false, $context, 0, 65_536);
            if ($text === false) {
                throw new RuntimeException('the keys cannot be had');
            }
            // Nobody reads half a file.
            file_put_contents("$this->file.new", $text);
            rename("$this->file.new", $this->file);
            $keys = $this->read();
        }
        return isset($keys[$id]) ? self::pem($keys[$id]) : null;
    }

    private function read(): array
    {
        $set = json_decode(file_get_contents($this->file), true, 8, JSON_THROW_ON_ERROR);
        $keys = array_filter($set['keys'], fn($key) => ($key['alg'] ?? '') === ALGORITHM && $key['crv'] === 'P-256');
        return array_column($keys, null, 'kid');
    }

    /** The point of P-256 behind what says that it is one (RFC 5480 §2). */
    private static function pem(array $key): string
    {
        $der = hex2bin('3059301306072a8648ce3d020106082a8648ce3d03010703420004') . decode($key['x']) . decode($key['y']);
        return "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END PUBLIC KEY-----\n";
    }
}

/** The claims of a good token. */
function verify(string $token, KeySet $keys, string $issuer): array
{
    $parts = explode('.', $token);
    if (count($parts) !== 3 || strlen($token) > 4096) {
        throw new Refused('this is no token');
    }
    $header = json_decode(decode($parts[0]), true, 8) ?? [];
    // Other kinds of tokens may be signed with the same key, and `crit` names what a verifier must understand.
    if (strtolower((string) ($header['typ'] ?? '')) !== 'at+jwt' || isset($header['crit'])) {
        throw new Refused('this is no access token');
    }
    if (($header['alg'] ?? '') !== ALGORITHM) {
        throw new Refused('the algorithm is not ' . ALGORITHM);
    }
    $key = $keys->find((string) ($header['kid'] ?? ''));
    if ($key === null) {
        throw new Refused('the key is not known');
    }
    $signature = decode($parts[2]);
    if (strlen($signature) !== 64
        || openssl_verify("$parts[0].$parts[1]", der($signature), $key, OPENSSL_ALGO_SHA256) !== 1) {
        throw new Refused('the signature is wrong');
    }
    $claims = json_decode(decode($parts[1]), true, 8) ?? [];
    if (!is_int($claims['exp'] ?? null) || $claims['exp'] <= time()) {
        throw new Refused('the token has expired');
    }
    if (($claims['iss'] ?? '') !== $issuer || !in_array($issuer, (array) ($claims['aud'] ?? []), true)) {
        throw new Refused('the token is of another issuer, or for somebody else');
    }
    return $claims;
}

/** Base64url (RFC 4648 §5) without padding, in the one spelling that the bytes have. */
function decode(string $text): string
{
    $bytes = base64_decode(strtr($text, '-_', '+/'), true);
    if ($bytes === false || rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=') !== $text) {
        throw new Refused('this is no base64url');
    }
    return $bytes;
}

/** The two numbers of an ECDSA signature as openssl wants them. */
function der(string $signature): string
{
    $numbers = '';
    foreach (str_split($signature, 32) as $number) {
        $number = ltrim($number, "\0");
        // A first bit would be a sign.
        $number = $number === '' || ord($number[0]) > 127 ? "\0$number" : $number;
        $numbers .= "\x02" . chr(strlen($number)) . $number;
    }
    return "\x30" . chr(strlen($numbers)) . $numbers;
}

[, $url, $issuer, $file] = $argv;
$keys = new KeySet($url, $file);
while (($line = fgets(STDIN)) !== false) {
    try {
        $claims = verify(trim($line), $keys, $issuer);
        echo "{$claims['username']} {$claims['sub']}\n";
    } catch (Refused $reason) {
        echo "refused: {$reason->getMessage()}\n";
    }
}
