trap 'echo debug; false' DEBUG; trap 'echo err; false' ERR
echo 1
false
trap - DEBUG; trap 'f' ERR; f() { echo in f; false; true; }
false
set -E
false
set +E; trap - ERR; set -T; g() { echo g; }
trap 'echo "return $BASH_COMMAND"; g' RETURN
g
trap 'echo "debug $BASH_COMMAND"; g' DEBUG
g
trap - RETURN DEBUG
trap 'echo "debug $BASH_COMMAND"' DEBUG
trap 'echo signal "$BASH_COMMAND"; false' USR1; kill -USR1 $$
trap 'echo bye "$BASH_COMMAND"' EXIT
