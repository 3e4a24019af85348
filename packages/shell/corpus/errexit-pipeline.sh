set -e
false | true; echo 1
set -o pipefail
(false | true) || echo 2
false | true
echo no
