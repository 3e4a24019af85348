select c in a b c; do echo "got $c $REPLY"; break; done <<< 2
select c in a b; do echo "<$c>"; [ "$c" ] && break; done <<< $'9\nx\n1'
select c in one; do echo "[$c]"; done <<< $'\n1\n'; echo $?
set -- p q r
PS3='choose: '
select c; do echo $c; case $c in q) break ;; esac; done <<< $'1\n2'
select c in {1..30}; do echo $c; break; done <<< 30
select c in alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu; do echo $c; break; done <<< 12
select c in; do :; done; echo $?
f() { select x in a b; do return 7; done <<< 1; }; f; echo $?
select x in a b; do continue; done <<< $'1\n2'; echo "$x"
