<?php
// An application that knows its user without having asked for a password. nginx sets these parameters after Gatelodge has
// let the request pass; no client can. Without them something is wrong with nginx's configuration.
$id = $_SERVER['AUTH_USER_ID'] ?? '';
if ($id === '') {
    http_response_code(500);
    exit("nginx names no user\n");
}
$name = rawurldecode($_SERVER['AUTH_USER']); // the name as registered, in UTF-8
$roles = $_SERVER['AUTH_ROLES'] === '' ? [] : explode(',', $_SERVER['AUTH_ROLES']);

header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: private, no-store');
?>
<!doctype html>
<title>Hello</title>
<p>Hello <?= htmlspecialchars($name) ?>.</p>
<p>Your rows are those of the id <?= htmlspecialchars($id) ?>: it never changes and is never given to anybody else.</p>
<?php if (in_array('editor', $roles, true)): ?>
<p>You may edit.</p>
<?php endif ?>
