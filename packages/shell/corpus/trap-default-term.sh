trap 'echo exit-trap' EXIT
echo a
kill $$
echo b
