echo before
echo "unterminated
echo more
