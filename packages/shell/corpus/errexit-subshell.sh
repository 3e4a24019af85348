set -e
(echo a; false; echo b) && echo c
echo d
(false; echo e)
echo f
