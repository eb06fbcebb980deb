"""Reads a stream of measurements as Python programs do. Arguments: "urllib" or "http.client", and the URL; the key is in KEY. Prints each
line when it is read, and END behind the last one, where the gzip member and the response are whole."""

import http.client
import os
import sys
import urllib.parse
import urllib.request
import zlib

library, url = sys.argv[1:]
headers = {"Authorization": "Bearer " + os.environ["KEY"], "Accept-Encoding": "gzip"}
if library == "urllib":
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answer = opener.open(urllib.request.Request(url, headers=headers))
else:
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", parts.path + "?" + parts.query, headers=headers)
    answer = connection.getresponse()

inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
while data := answer.read1(65536):
    sys.stdout.write(inflate.decompress(data).decode())
    sys.stdout.flush()
assert inflate.eof and inflate.unused_data == b"", "not one whole gzip member"
print("END", flush=True)
