set -e
echo $(false; echo x)
local_test() { local v=$(false); echo after-local; }
local_test
y=$(echo ok; false; echo more)
echo "$y"
x=$(false)
echo no
