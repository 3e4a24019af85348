set -o | cat > /dev/null
[[ -o pipefail ]] || echo off; set -o pipefail; [[ -o pipefail ]] && echo on
echo $-; set -eu; echo $-; set +eu
shopt -q nullglob || echo unset; shopt -s nullglob; shopt nullglob; shopt -u nullglob
