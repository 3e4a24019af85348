set -e
false &
wait || echo w
sleep 0 & wait $!
eval 'false || true'
eval 'echo e'
set +e; false; echo off; set -e
$(echo false) || echo or
eval false
echo no
