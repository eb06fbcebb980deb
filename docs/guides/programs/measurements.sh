#!/bin/sh
# Follows an organization's measurements and misses none: not when the connection is cut, nor when the server or this program starts anew.
#
#   KEY=ak_live_… sh measurements.sh https://portal.example.com ORGANIZATION DIRECTORY
#
# Measurements are appended to DIRECTORY/measurements.ndjson, some of them twice: sensorId and timestamp tell. DIRECTORY/offset says up to
# where all of them are there. RETRY_SECONDS (60): how long to wait where the server refuses and
# does not say for how long. Needs curl, 7.84 or later to be told that. For some hundred measurements a second;
# for more, take one of the other programs.
set -u
retry=${RETRY_SECONDS:-60}
measurements="$1/rest/v1/organizations/$2/measurements"
mkdir -p "$3" && cd "$3" || exit 1

# The lines of a stream as they come, then "#", with which a line that was cut off can be told, and lines with the answer's Retry-After and its
# status. The key is not among the arguments, which others can see.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$KEY" |
    curl --config - --silent --no-buffer --compressed --keepalive-time 10 --write-out '#\nafter %header{retry-after}\nstatus %{http_code}\n' "$measurements/$1"
}

# Stores a line, and sets $offset to the one that it carries, or to nothing.
store() {
  printf '%s\n' "$1" >>measurements.ndjson
  case $1 in
    *'"offset":"'*) offset=${1##*'"offset":"'} offset=${offset%%'"'*} ;;
    *) offset= ;;
  esac
}

# Waits as long as the server said, or else the usual time.
pause() {
  case $1 in
    '' | *[!0-9]*) sleep "$retry" ;;
    *) sleep "$1" ;;
  esac
}

# Says on the standard error what the server said in place of measurements.
say() {
  printf '%s\n' "${1%#}" >&2
}

store_offset() {
  printf '%s\n' "$1" >offset.new && mv offset.new offset
}

# Replays from the stored offset up to $1, and stores the offsets on the way, until nothing is missing or there is no right to it.
replay() {
  while :; do
    ask "replay?fromOffset=$(cat offset)&toOffset=$1" | (
      outcome=again after=
      while IFS= read -r line; do
        case $line in
          '{"sensorId"'*'}') store "$line" && { [ -z "$offset" ] || store_offset "$offset"; } ;;
          *'"CompletedReplaySystemMessage"'*) outcome=complete ;;
          *'"RateLimitReachedReplaySystemMessage"'*) outcome=later && say "$line" ;;
          # It has expired, or the customer has withdrawn and consented again: what was missed cannot be had.
          'status 400') outcome=complete ;;
          'status 401' | 'status 403') outcome=refused ;;
          'status 429') outcome=later ;;
          'after '*) after=${line#after } ;;
          '' | '#' | 'status '* | '{"sensorId"'*'#') ;;
          # An error's text.
          *) say "$line" ;;
        esac
      done
      case $outcome in
        complete) : >complete ;;
        refused) exit 0 ;;
        later) pause "$after" && exit 1 ;;
        *) exit 1 ;;
      esac
    ) && return
    sleep 1
  done
}

# Reads a live stream to its end, and replays what was missed before it; where it is refused (403, 429), waits. Its status is that of the answer,
# less 300 where it was an error.
follow() {
  rm -f complete
  [ -f offset ] || : >complete
  ask live | (
    replaying= status=0 after=
    while IFS= read -r line; do
      case $line in
        '' | '#' | '{"sensorId"'*'#') continue ;;
        'after '*) after=${line#after } && continue ;;
        'status 200' | 'status 000') break ;;
        'status '*) status=$((${line#status } - 300)) && break ;;
        '{"sensorId"'*'}') store "$line" ;;
        # An error's text.
        *) say "$line" && continue ;;
      esac
      [ -n "$offset" ] || continue
      # While something before is missing, the stored offset stays: it says that all up to it is there.
      if [ -f complete ]; then
        store_offset "$offset"
      elif [ -z "$replaying" ]; then
        replay "$offset" &
        replaying=$!
      fi
    done
    [ -z "$replaying" ] || wait "$replaying"
    case $status in
      103 | 129) pause "$after" ;;
    esac
    exit "$status"
  )
}

while :; do
  follow
  case $? in
    101) exit 1 ;; # 401: the key is refused.
  esac
  sleep 1
done
