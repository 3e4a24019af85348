# Texts of a, i and c: their escapes, blanks and ends; c at the end of a range; escapes elsewhere.
printf '1\n2\n3\n' > f; e() { sed "$@" f 2>&1 | cat -A; }
echo '== text 1'; e '2a\  indented\ttab'
echo '== text 2'; e '2a\
  one\ttab
'
echo '== text 3'; e '2a\tx'
echo '== text 4'; e '2a  \tx'
echo '== text 5'; e '2a hello\tx\\y\z'
echo '== text 6'; e '2a\
one\
  two\\n\tx'
echo '== text 7'; e '2a\text'
echo '== text 8'; e '2i\\tx'
echo '== text 9'; e '2c\  a\
b'
echo '== text 10'; e '2a\'
echo '== text 11'; e '2a'
echo '== text 12'; e '$,$c last'
echo '== text 13'; e '2,$c last'
echo '== text 14'; e '$!{2,$c last
}'
echo '== text 15'; e '2,2c x'
echo '== text 16'; e '3,1c y'
echo '== text 17'; e '/2/,/2/c z'
echo '== text 18'; e '$c l'
echo '== text 19'; e '2a a\x41b\o101\d065\cA'
echo '== text 20'; e '2a\
\  lead'
echo '== text 21'; e '2a \  lead'
echo '== text 22'; e -e '2a\' -e '  x'
echo '== text 23'; e -e 'a hello' -e 'p'
echo '== text 24'; e '2{a foo
}'
echo '== text 25'; e '2a foo\
bar'
echo '== text 26'; e '2a \
foo'
echo '== text 27'; e '$!N;$!c z'
echo '== text 28'; e '2a   spaces  '
echo '== text 29'; e '2a\   \tx'
echo '== text 30'; e '2a\ttt\nyy'
echo '== text 31'; e '2i\  multiple\
   lines\
\tend'
echo '== text 32'; e '2i multiple\nlines'
echo '== text 33'; e '2c\'
echo '== text 34'; e '1,$c all'
echo '== text 35'; e '1~2c odd'
echo '== text 36'; e '0,/1/c zero'
echo '== text 37'; e '2,+1c plus'
echo '== text 38'; e '2,~2c m'
echo '== text 39'; e '/1/,/nomatch/c range'
echo '== text 40'; e '1!c not'
echo '== text 41'; e '1,2!c not2'
echo '== text 42'; e -n '2,3c n'
echo '== text 43'; e '2,3{c g
}'
echo '== text 44'; e '2a\\ttab'
echo '== text 45'; e '2a \\x'
echo '== text 46'; e '2a x\
\
y'
echo '== text 47'; e 'a\a'
echo '== text 48'; e 'i\
'
echo '== text 49'; e 's/2/a\tb\nc/'
echo '== text 50'; e 's/2/\x26/'
echo '== text 51'; e 'y/2/\t/'
echo '== text 52'; e 's/\t/x/'
echo '== text 53'; e 's/[\n]/x/'
echo '== text 54'; e 'N;s/\n/+/'
echo '== text 55'; e 's/2/\
/'
echo '== text 56'; e '/\x32/d'
echo '== text 57'; e 's/\d050/D/'
echo '== text 58'; e 's/\o062/O/'
echo '== text 59'; e 's/2/[&\&\\]/'
echo '== text 60'; e 's/.*/"&"/;2q'
echo '== text 61'; e '2{s/2/x/;t;s/$/no/}'
echo '== text 62'; e '2!{s/$/!/}'
echo '== text 63'; e '/1/{n;d}'
echo '== text 64'; e '$d'
echo '== text 65'; e '2r /dev/null'
echo '== text 66'; e '2w out'
