mapfile -t -O 3 a <<< q; declare -p a
a=(1 2 3 4); mapfile -t -O 1 a <<< $'x\ny'; declare -p a
told() { echo "told <$1> <$2> ${#d[@]}"; }; mapfile -t -C told -c 1 d <<< $'a b\nc "d\ne '"'f"
told() { echo "told <$1> <$2>"; }; mapfile -C told -c 2 e <<< $'1\n2\n3\n4\n5'
mapfile -t -C 'echo x' -c 1 -O 5 -s 1 -n 2 f <<< $'1\n2\n3\n4\n5'; declare -p e f
mapfile -c 1 g < /dev/null; declare -p g; mapfile -O x g; echo $?; mapfile -c 0 g; echo $?; mapfile -c x g; echo $?
