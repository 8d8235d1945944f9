import base64
import hashlib
import hmac
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

SECRET = os.environ["SECRET"]
CALLBACKS = os.environ["CALLBACKS"]
PORT = int(os.environ.get("PORT", "4000"))
FOLDER = Path(os.environ.get("FOLDER", "partner-data"))
FIVE_MINUTES = 300

for name in ["letters", "to-say", "said", "refused"]:
    (FOLDER / name).mkdir(parents=True, exist_ok=True)


def signature(message_id: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def is_genuine(headers, body: bytes) -> bool:
    """Whether a body, as it came, was signed with the secret within the last five minutes."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > FIVE_MINUTES:
        return False
    expected = signature(message_id, timestamp, body).encode()
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, each) for each in given)


def file_of(folder: str, message_id: str) -> Path:
    return FOLDER / folder / (urllib.parse.quote(message_id, safe="") + ".json")


def keep(folder: str, message_id: str, text: bytes) -> None:
    """Keeps a text under its id, whole or not at all."""
    draft = file_of(".", f"draft-{message_id}")
    with open(draft, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(file_of(folder, message_id))


def cancelled(hand_over: dict, line: str) -> int:
    """Units of a line that letters have cancelled, the letters that came before their order included."""
    letters = [json.loads(path.read_bytes()) for path in (FOLDER / "letters").iterdir()]
    return sum(
        units["quantity"]
        for letter in letters
        if letter["type"] == "cancellation"
        and letter["order"] == hand_over["order"]
        and letter["handOver"] == hand_over["handOver"]
        for units in letter["lines"]
        if units["id"] == line
    )


def answers_to(letter: dict) -> list:
    """What is to be said of an order. Your warehouse comes here: this one sends everything at once."""
    about = {"order": letter["order"], "at": datetime.now(timezone.utc).isoformat()}
    left = {line["id"]: line["quantity"] - cancelled(letter, line["id"]) for line in letter["lines"]}
    lines = [{"id": line, "quantity": units} for line, units in left.items() if units > 0]
    tracking = {"carrier": "Royal Mail", "number": f"RM-{letter['id']}"}
    accepted = {"id": f"accepted-{letter['id']}", "type": "accepted", **about}
    shipped = {"id": f"shipped-{letter['id']}", "type": "shipped", **about}
    return [accepted, {**shipped, "lines": lines, "tracking": tracking}] if lines else []


def take(letter: dict, body: bytes) -> None:
    """What is to be said is kept before the letter: after a crash in between, the letter comes again."""
    if file_of("letters", letter["id"]).exists():
        return
    for said in answers_to(letter) if letter["type"] == "order" else []:
        keep("to-say", said["id"], json.dumps(said).encode())
    keep("letters", letter["id"], body)


class Letters(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        genuine = is_genuine(self.headers, body)
        if genuine:
            take(json.loads(body), body)
        self.send_response(204 if genuine else 401)
        self.end_headers()

    def log_message(self, *_) -> None:
        pass


def say(path: Path) -> bool:
    """Says one thing; False where it is to be said again later."""
    body = path.read_bytes()
    message_id = json.loads(body)["id"]
    timestamp = str(int(time.time()))
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(message_id, timestamp, body),
    }
    request = urllib.request.Request(CALLBACKS, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=15):
            path.replace(FOLDER / "said" / path.name)
    except urllib.error.HTTPError as error:
        # These two are about the message itself. All else passes, or somebody mends it.
        if error.code not in (413, 422):
            return False
        path.replace(FOLDER / "refused" / path.name)
    except OSError:
        return False
    return True


def say_all() -> None:
    """Says what is kept, and waits longer each time that it cannot be said, up to a minute."""
    wait = 1
    while True:
        said = [say(path) for path in sorted((FOLDER / "to-say").iterdir())]
        wait = 1 if all(said) else min(wait * 2, 60)
        time.sleep(wait)


threading.Thread(target=say_all, daemon=True).start()
print(f"Letters are taken on port {PORT}.", flush=True)
HTTPServer(("", PORT), Letters).serve_forever()
