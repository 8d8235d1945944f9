<?php

// One file, run twice:
//   php -S localhost:4000 partner.php    takes letters (or put it behind your web server)
//   php partner.php                      says what is kept, for as long as it runs

declare(strict_types=1);

define('SECRET', (string) getenv('SECRET'));
define('CALLBACKS', (string) getenv('CALLBACKS'));
define('FOLDER', getenv('FOLDER') ?: 'partner-data');
const FIVE_MINUTES = 300;

foreach (['letters', 'to-say', 'said', 'refused'] as $name) {
    @mkdir(FOLDER . "/$name", recursive: true);
}

function signature(string $id, string $timestamp, string $body): string
{
    $key = base64_decode(substr(SECRET, strlen('whsec_')));
    return 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, binary: true));
}

/** Whether a body, as it came, was signed with the secret within the last five minutes. */
function isGenuine(string $body): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > FIVE_MINUTES) {
        return false;
    }
    $expected = signature($id, $timestamp, $body);
    $isRight = false;
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $given) {
        $isRight = hash_equals($expected, $given) || $isRight;
    }
    return $isRight;
}

function fileOf(string $folder, string $id): string
{
    return FOLDER . "/$folder/" . rawurlencode($id) . '.json';
}

/** Keeps a text under its id, whole or not at all. */
function keep(string $folder, string $id, string $text): void
{
    $draft = tempnam(FOLDER, 'draft');
    file_put_contents($draft, $text);
    rename($draft, fileOf($folder, $id));
}

/** Units of a line that letters have cancelled, the letters that came before their order included. */
function cancelled(array $handOver, string $line): int
{
    $units = 0;
    foreach (glob(FOLDER . '/letters/*.json') as $path) {
        $letter = json_decode(file_get_contents($path), associative: true);
        $isAbout = $letter['type'] === 'cancellation' && $letter['order'] === $handOver['order']
            && $letter['handOver'] === $handOver['handOver'];
        foreach ($isAbout ? $letter['lines'] : [] as ['id' => $id, 'quantity' => $quantity]) {
            $units += $id === $line ? $quantity : 0;
        }
    }
    return $units;
}

/** What is to be said of an order. Your warehouse comes here: this one sends everything at once. */
function answersTo(array $letter): array
{
    $about = ['order' => $letter['order'], 'at' => date(DATE_ATOM)];
    $lines = [];
    foreach ($letter['lines'] as ['id' => $id, 'quantity' => $quantity]) {
        $left = $quantity - cancelled($letter, $id);
        if ($left > 0) {
            $lines[] = ['id' => $id, 'quantity' => $left];
        }
    }
    $tracking = ['carrier' => 'Royal Mail', 'number' => "RM-$letter[id]"];
    $accepted = ['id' => "accepted-$letter[id]", 'type' => 'accepted'] + $about;
    $shipped = ['id' => "shipped-$letter[id]", 'type' => 'shipped'] + $about;
    return $lines ? [$accepted, $shipped + ['lines' => $lines, 'tracking' => $tracking]] : [];
}

/** What is to be said is kept before the letter: after a crash in between, the letter comes again. */
function take(array $letter, string $body): void
{
    if (file_exists(fileOf('letters', $letter['id']))) {
        return;
    }
    foreach ($letter['type'] === 'order' ? answersTo($letter) : [] as $said) {
        keep('to-say', $said['id'], json_encode($said, JSON_THROW_ON_ERROR));
    }
    keep('letters', $letter['id'], $body);
}

/** Says one thing; false where it is to be said again later. */
function say(string $path): bool
{
    $body = file_get_contents($path);
    $id = json_decode($body, associative: true)['id'];
    $timestamp = (string) time();
    $headers = [
        'Content-Type: application/json',
        "webhook-id: $id",
        "webhook-timestamp: $timestamp",
        'webhook-signature: ' . signature($id, $timestamp, $body),
    ];
    $request = ['method' => 'POST', 'header' => $headers, 'content' => $body, 'timeout' => 15];
    $context = stream_context_create(['http' => $request + ['ignore_errors' => true]]);
    $answer = @fopen(CALLBACKS, 'r', context: $context);
    if ($answer === false) {
        return false;
    }
    $status = (int) explode(' ', stream_get_meta_data($answer)['wrapper_data'][0])[1];
    $isTaken = $status >= 200 && $status < 300;
    // These two are about the message itself. All else passes, or somebody mends it.
    if (!$isTaken && $status !== 413 && $status !== 422) {
        return false;
    }
    return rename($path, FOLDER . ($isTaken ? '/said/' : '/refused/') . basename($path));
}

if (PHP_SAPI !== 'cli') {
    $body = file_get_contents('php://input');
    $isGenuine = isGenuine($body);
    if ($isGenuine) {
        take(json_decode($body, associative: true, flags: JSON_THROW_ON_ERROR), $body);
    }
    http_response_code($isGenuine ? 204 : 401);
    exit;
}

// Says what is kept, and waits longer each time that it cannot be said, up to a minute.
for ($wait = 1; ; sleep($wait)) {
    $said = array_map(say(...), glob(FOLDER . '/to-say/*.json'));
    $wait = in_array(false, $said) ? min($wait * 2, 60) : 1;
}
