"""Follows an organization's measurements and misses none: not when the connection is cut, nor when the server or this program starts anew.

    KEY=ak_live_... python3 measurements.py https://portal.example.com ORGANIZATION DIRECTORY

Measurements are appended to DIRECTORY/measurements.ndjson, some of them twice: sensorId and timestamp tell. DIRECTORY/offset says up to
where all of them are there. RETRY_SECONDS (60): how long to wait where the server refuses. Needs Python 3.9 or later, and nothing else.
"""

import http.client
import json
import os
import sys
import threading
import time
import urllib.parse
import zlib

SILENCE_SECONDS = 30  # A server that does not even send a heartbeat (every 10 s) for so long is not there any more.
AGAIN_AFTER_SECONDS = 1
# An organization that is not covered now may be again later; a limit that names no time is over after a minute.
REFUSED_FOR_SECONDS = float(os.environ.get("RETRY_SECONDS", "60"))

url, organization, directory = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2], sys.argv[3]
offset_file = os.path.join(directory, "offset")
lock = threading.Lock()


class Refused(Exception):
    """Not now: try again after so many seconds."""

    def __init__(self, seconds):
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


def stored_offset():
    """Up to where all is stored; None: nothing is yet, and the record begins with what comes now."""
    if not os.path.exists(offset_file):
        return None
    with open(offset_file, encoding="ascii") as file:
        return file.read().strip()


def keep(lines, offset):
    """Stores measurements, and then the offset where one is given."""
    with lock:
        with open(os.path.join(directory, "measurements.ndjson"), "ab") as file:
            file.write(b"".join(line + b"\n" for line in lines))
        if offset is not None:
            with open(offset_file + ".new", "w", encoding="ascii") as file:
                file.write(offset)
            os.replace(offset_file + ".new", offset_file)


def last_offset(lines):
    for line in reversed(lines):
        if b'"offset"' in line and "offset" in (measurement := json.loads(line)):
            return measurement["offset"]
    return None


def ask(path):
    """The answer to a request for a stream."""
    connect = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = connect(url.hostname, url.port, timeout=SILENCE_SECONDS)
    headers = {"Authorization": "Bearer " + os.environ["KEY"], "Accept-Encoding": "gzip"}
    connection.request("GET", f"{url.path}/rest/v1/organizations/{organization}/measurements/{path}", headers=headers)
    answer = connection.getresponse()
    if answer.status == 401:
        print(answer.read().decode(), file=sys.stderr)
        os._exit(1)
    if answer.status not in (200, 400):
        print(answer.status, answer.read().decode(), file=sys.stderr)
        seconds = REFUSED_FOR_SECONDS if answer.status in (403, 429) else AGAIN_AFTER_SECONDS
        raise Refused(float(answer.headers.get("Retry-After", seconds)))
    return answer


def lines_of(answer):
    """The lines of a stream, as many as came at once; heartbeats are left out. Raises where the stream is cut off or silent."""
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    rest = b""
    while data := answer.read1(65536):
        # What has no end of line yet is no line yet: of a stream that is cut off it is left.
        *lines, rest = (rest + inflate.decompress(data)).split(b"\n")
        yield [line for line in lines if line]


def replay(to):
    """Replays from the stored offset up to `to`, and stores the offsets on the way. True when nothing is missing any more."""
    answer = ask(f"replay?fromOffset={stored_offset()}&toOffset={to}")
    if answer.status == 400:
        # It has expired, or the customer has withdrawn and consented again: what was missed cannot be had.
        print("cannot be replayed:", answer.read().decode(), file=sys.stderr)
        return True
    for lines in lines_of(answer):
        measurements = [line for line in lines if b'"sensorId"' in line]
        keep(measurements, last_offset(measurements))
        message = json.loads(lines[-1]).get("replaySystemMessageType") if lines else None
        if message == "RateLimitReachedReplaySystemMessage":
            print(lines[-1].decode(), file=sys.stderr)
            raise Refused(REFUSED_FOR_SECONDS)
        if message == "CompletedReplaySystemMessage":
            return True
    return False


class Replaying(threading.Thread):
    """Replays up to an offset while the live stream goes on."""

    def __init__(self, to):
        super().__init__(daemon=True)
        self.to = to
        self.complete = False
        self.over = threading.Event()

    def run(self):
        while not self.over.is_set() and not self.complete:
            pause = AGAIN_AFTER_SECONDS
            try:
                self.complete = replay(self.to)
            except Refused as refused:
                pause = refused.seconds
            except (OSError, http.client.HTTPException, zlib.error):
                pass  # Cut off: the next one begins where this has come to.
            if not self.complete:
                self.over.wait(pause)


def follow_one_stream():
    """Reads one live stream to its end, and replays what was missed before it."""
    answer = ask("live")
    begins = stored_offset() is None
    replaying = None
    try:
        for lines in lines_of(answer):
            complete = begins or (replaying is not None and replaying.complete)
            # While something before is missing, the stored offset stays: it says that all up to it is there.
            keep(lines, last_offset(lines) if complete else None)
            if not complete and replaying is None and (offset := last_offset(lines)) is not None:
                replaying = Replaying(offset)
                replaying.start()
    finally:
        if replaying is not None:
            replaying.over.set()
            replaying.join()


os.makedirs(directory, exist_ok=True)
while True:
    pause = AGAIN_AFTER_SECONDS
    try:
        follow_one_stream()
    except Refused as refused:
        pause = refused.seconds
    except (OSError, http.client.HTTPException, zlib.error):
        pass  # The connection was cut, or there was none: both happen, and the replay makes up for it.
    time.sleep(pause)
