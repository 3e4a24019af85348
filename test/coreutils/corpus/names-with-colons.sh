echo '== many programs'; for p in cat head tail wc sort uniq cut tac nl od md5sum cksum base64 paste fold expand split shuf; do $p a:b; echo "rc=$?"; done
echo '== what takes two'; comm a:b c; join a:b c; cp a:b c; mv a:b c; cmp a:b c; diff a:b c; tee a:b/c < /dev/null
echo '== paths'; ls a:b; touch a:b/c; mkdir a:b/c; rmdir a:b; chmod 600 a:b; du a:b; readlink -v a:b; realpath a:b/c; truncate -s 1 a:b/c
echo '== no error'; echo x > a:b; ls -Q; wc a:b; md5sum a:b; grep -H x a:b; head -n 1 a:b a:b; stat -c %N a:b; find . -name 'a:*'
echo '== other characters'; cat 'a b:c' 'a b' 'a\b' 'a=b' a, a%b a@b .: a: :
echo '== titles'; mkdir 'd e' d:e; ls 'd e' d:e; ls -R
