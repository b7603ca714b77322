<?php
// The usual backend in plain PHP: one script behind PHP-FPM, password_hash, PDO with SQLite, a JWT made by hand. The
// environment says where the database is and what the secret is.

declare(strict_types=1);

const LIFETIME = 3600;

function database(): PDO
{
    // Kept by the child from one request to the next.
    $database = new PDO('sqlite:' . getenv('DATABASE_PATH'), options: [PDO::ATTR_PERSISTENT => true]);
    $database->exec('PRAGMA synchronous = NORMAL');
    return $database;
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function decoded(string $text): mixed
{
    return json_decode((string) base64_decode(strtr($text, '-_', '+/')), true);
}

function signature(string $input): string
{
    return base64url(hash_hmac('sha256', $input, getenv('JWT_SECRET'), true));
}

function token(string $username): string
{
    $now = time();
    $input = base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT'])) . '.'
        . base64url(json_encode(['sub' => $username, 'iat' => $now, 'exp' => $now + LIFETIME]));
    return $input . '.' . signature($input);
}

/** The token's subject, or null where it is not valid. */
function subject(string $token): ?string
{
    $parts = explode('.', $token);
    if (count($parts) !== 3 || !hash_equals(signature($parts[0] . '.' . $parts[1]), $parts[2])) {
        return null;
    }
    [$header, $claims] = [decoded($parts[0]), decoded($parts[1])];
    return ($header['alg'] ?? '') === 'HS256' && ($claims['exp'] ?? 0) > time() ? $claims['sub'] : null;
}

function answer(int $status, array $reply): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($reply);
    exit;
}

/** @return array{string, string} */
function credentials(): array
{
    $body = json_decode((string) file_get_contents('php://input'), true);
    if (!is_string($body['username'] ?? null) || !is_string($body['password'] ?? null)) {
        answer(400, ['error' => 'username and password are required']);
    }
    return [$body['username'], $body['password']];
}

function register(): never
{
    [$username, $password] = credentials();
    database()->exec('PRAGMA journal_mode = WAL');
    database()->exec(
        'CREATE TABLE IF NOT EXISTS users (username TEXT PRIMARY KEY, password TEXT NOT NULL) WITHOUT ROWID',
    );
    $insert = database()->prepare('INSERT OR IGNORE INTO users (username, password) VALUES (?, ?)');
    $insert->execute([$username, password_hash($password, PASSWORD_BCRYPT, ['cost' => 10])]);
    if ($insert->rowCount() === 0) {
        answer(409, ['error' => 'username is taken']);
    }
    answer(200, ['message' => 'user registered successfully']);
}

function login(): never
{
    [$username, $password] = credentials();
    $find = database()->prepare('SELECT password FROM users WHERE username = ?');
    $find->execute([$username]);
    $stored = $find->fetchColumn();
    if ($stored === false || !password_verify($password, $stored)) {
        answer(401, ['error' => 'invalid credentials']);
    }
    answer(200, ['token' => token($username)]);
}

function posts(): never
{
    $authorization = $_SERVER['HTTP_AUTHORIZATION'] ?? '';
    if ($authorization === '') {
        answer(401, ['error' => 'missing token']);
    }
    $username = subject(preg_replace('/^Bearer /i', '', $authorization));
    if ($username === null) {
        answer(401, ['error' => 'invalid token']);
    }
    answer(200, ['message' => 'Welcome ' . $username]);
}

match ($_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['SCRIPT_NAME']) {
    'POST /register' => register(),
    'POST /login' => login(),
    'GET /api/posts' => posts(),
    default => answer(404, ['error' => 'not found']),
};
