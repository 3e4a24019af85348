trap 'echo "$LINENO $BASH_COMMAND"' DEBUG
for ((i = 0; i < 2; i++)); do
  : $i
done
for ((;;)); do break; done
trap - DEBUG
TIMEFORMAT=timed; set -e
(time false; echo not here) || echo tested; (time exit 3) || echo $?
time false
