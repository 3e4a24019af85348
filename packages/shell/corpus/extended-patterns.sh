for f in qa.log qb.log qcore qa.txt q1 q22 qx3; do echo > $f; done
x=foo.txt
[[ $x == *.@(txt|md) ]] && echo ext; [[ 12ab == +([0-9])* ]] && echo digits; [[ ab == !(a*) ]] || echo no; [[ "" == ?(x) ]] && echo empty
[[ "a(b" == "a("* ]] && echo quoted; [[ 'a+(b)' == 'a+(b)' ]] && echo literal
shopt -s extglob
echo q!(*.log|core); echo q*.@(log|txt); echo q+([0-9]); echo q?(x)[0-9]*; echo q!(x|y|*.*)
v="  lead and trail  "; v=${v##*( )}; v=${v%%*( )}; echo "[$v]"
p=00012300; echo ${p##+(0)} ${p%%+(0)} ${p//+(0)/_} ${p/#+(0)/x} ${p/%+(0)/y}
case sdb12 in sd+([a-z])+([0-9])) echo part ;; *) echo disk ;; esac
case 8:16 in +([0-9]):+([0-9])) echo devno ;; esac
pat='@(yes|no)'; [[ no == $pat ]] && echo var; [[ no == "$pat" ]] || echo quotedvar
for f in q!(a*); do printf '%s,' $f; done; echo
shopt extglob; [[ abcabc == @(a|ab)@(c|bcabc) ]] && echo backtrack; [[ aXbXc == a!(b)c ]] && echo neg
echo @(nosuch|none); [[ foobar == *(foo|bar) ]] && echo star; [[ "x y" == @(x\ y|z) ]] && echo esc
shopt -u extglob; echo "@(a)" ; [[ a == @(a|b) ]] && echo still
f='a(b'; shopt -s nullglob; echo $f '@(x)' end; g='@(x)'; echo $g end
