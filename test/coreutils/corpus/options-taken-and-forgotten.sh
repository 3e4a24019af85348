# Options that were taken, and had no effect: names that cannot be printed in ls, lines of checksums that are none.
mkdir v; cd v; printf 'x\n' > a; printf 'y\n' > $'b\tc'; touch 'q"q' 'back\slash' $'new\nline'
echo; echo '== ls'; ls | od -c | head -3
echo; echo '== ls -q'; ls -q; ls --hide-control-chars; ls -q --show-control-chars; ls --show-control-chars -q
echo; echo '== ls -Q'; ls -Q; ls -Qq; ls -QN; ls -NQ; ls -Q --zero | tr '\0' '|'; echo; ls --zero -Q | tr '\0' '|'; echo
echo; echo '== ls --color'; ls --color=auto a; ls --color=never a; ls --color=none a
cd ..; printf 'x\n' > f; md5sum f > good; { cat good; echo bad; echo '# a remark'; echo 'd41d8cd98f00b204e9800998ecf8427e'; } > mixed; echo bad > none
for o in '' --strict -w '--strict -w' '--status -w' '--quiet --strict' '--status --strict'; do
  for list in good mixed none; do echo; echo "== md5sum -c $o $list"; md5sum -c $o $list; echo "rc=$?"; done
done
echo; echo '== standard input'; md5sum -cw < mixed; echo "rc=$?"; sha256sum f | sha256sum -c --warn --strict -; echo "rc=$?"
echo; echo '== sort -S'; sort -S 1M -T /tmp f; sort --buffer-size=10% f; echo "rc=$?"
