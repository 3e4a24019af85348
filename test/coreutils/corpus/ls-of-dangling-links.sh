ln -s nowhere d; echo x > f; ln -s f g; mkdir s; ln -s s t
echo '== ls -L d'; ls -L d; echo "rc=$?"
echo '== ls -L'; ls -L; echo "rc=$?"
echo '== ls -H d'; ls -H d; echo "rc=$?"
echo '== ls d'; ls d; echo "rc=$?"
echo '== ls -lH d > /dev/null'; ls -lH d > /dev/null; echo "rc=$?"
echo '== ls -L d f'; ls -L d f; echo "rc=$?"
echo '== ls -Ld t d'; ls -Ld t d; echo "rc=$?"
echo '== ls -H t'; ls -H t; echo "rc=$?"
echo '== ls -FL f g'; ls -FL f g; echo "rc=$?"
echo '== ls -L s'; ls -L s; echo "rc=$?"
echo '== ls -RL s'; ls -RL s; echo "rc=$?"
echo '== inodes'; [ "$(stat -c %i f)" = "$(stat -Lc %i g)" ]; echo $?; ln f h; [ "$(stat -c %i f)" = "$(stat -c %i h)" ] && echo same; cp f c; [ "$(stat -c %i f)" = "$(stat -c %i c)" ] || echo other; mv f m; [ "$(stat -c %i m)" = "$(stat -c %i h)" ] && echo same
