# chmod: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
printf %b $'a\nb\nc\n' > f1
printf %b $'a\nx\nc\nd\n' > f2
printf %b $'no nl' > f3
printf %b $'aaaa bbbb cccc dddd eeee\nshort\n' > long
mkdir dd
printf %b x > exec
}
setup; echo; echo '== chmod 600 f1'; printf %b $'in put\nline two\n' | chmod 600 f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod u+x f1'; printf %b $'in put\nline two\n' | chmod u+x f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod'; printf %b $'in put\nline two\n' | chmod; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod x'; printf %b $'in put\nline two\n' | chmod x; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod 999 f1'; printf %b $'in put\nline two\n' | chmod 999 f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod nope f1'; printf %b $'in put\nline two\n' | chmod nope f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod 644 nope'; printf %b $'in put\nline two\n' | chmod 644 nope; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chmod -R 700 dd'; printf %b $'in put\nline two\n' | chmod -R 700 dd; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chown'; printf %b $'in put\nline two\n' | chown; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chown root'; printf %b $'in put\nline two\n' | chown root; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chown root f1'; printf %b $'in put\nline two\n' | chown root f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chown root:root f1'; printf %b $'in put\nline two\n' | chown root:root f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chown nobodyx f1'; printf %b $'in put\nline two\n' | chown nobodyx f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chgrp root f1'; printf %b $'in put\nline two\n' | chgrp root f1; echo "rc=$?"; stat -c "%a %U" f1 dd
setup; echo; echo '== chown 0:0 f1'; printf %b $'in put\nline two\n' | chown 0:0 f1; echo "rc=$?"; stat -c "%a %U" f1 dd
