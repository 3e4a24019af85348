# Ranges of sed that another command keeps from seeing their first or last line, and ranges of several files.
p() { printf 'a\nb\nc\nd\nb\nd\ne\n'; }
for range in 1,2 1,4 '1,$' 1,/b/ 0,/b/ 1,+1 1,~2 2,4 2,/d/ 2,+1 3,2 /b/,/d/ /b/,2; do
  for before in '1d;' '2d;' '1,3d;' 'n;' '$!N;'; do
    echo "== $before$range"; p | sed -n "$before${range}p" | tr '\n' ' '; echo
  done
done
printf 'a\nb\nc\n' > f1; printf 'd\ne\nf\n' > f2
for script in '2,/x/p' '0,/b/p' '1d;1,2p' '2,3p'; do
  echo "== -s $script"; sed -n -s "$script" f1 f2 | tr '\n' ' '; echo; sed -n "$script" f1 f2 | tr '\n' ' '; echo
done
echo '== -i'; sed -i '1,2d' f1 f2; cat f1 f2; rm f1 f2
