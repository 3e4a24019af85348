printf '\xff\xfe\x80a\n' | cat > f; wc -c < f; x=$(cat f); printf '%s' "$x" | wc -c
printf 'a\0b' | wc -c
