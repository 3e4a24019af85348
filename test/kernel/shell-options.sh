# set -e, -u, -x, pipefail, and where errexit does not apply.
bash -c 'set -e; false || true; if false; then :; fi; ! true; echo reached; false; echo never'; echo "rc=$?"
bash -c 'set -e; f() { false; echo "in f"; }; f && echo ok; f; echo never'; echo "rc=$?"
bash -c 'set -e; x=$(false); echo never'; echo "rc=$?"
bash -c 'set -e; local_() { local x=$(false); echo "local hides it"; }; local_'; echo "rc=$?"
bash -c 'set -e; (exit 4); echo never'; echo "rc=$?"
bash -c 'set -e; false | true; echo "pipe ok"; set -o pipefail; false | true; echo never'; echo "rc=$?"
bash -c 'set -e; trap "echo bye" EXIT; false'; echo "rc=$?"
bash -c 'set -u; echo "${x:-d}"; echo "$x"; echo never' sh 2>&1; echo "rc=$?"
bash -c 'set -o pipefail; exit 3 | exit 5 | true; echo "${PIPESTATUS[*]}"; exit 3 | exit 5 | true; echo $?'
set -x; a=1; echo "two words" $a; [ $a = 1 ] && b="x y"; for i in 1 2; do :; done; ( echo sub ); c=$(echo in); set +x
echo "$-" | grep -c x
set -euo pipefail; echo still; set +euo pipefail; false; echo "rc=$?"
